"""The only wiring: configuration, extensions, features, jobs."""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import current_user
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from kstthc_training import clock, config
from kstthc_training.db import db, engine_options, tune
from kstthc_training.features import DAILY_JOBS, DESTINATIONS, HANDS, INBOX, JOBS, LINKS, mount_features, primary_action
from kstthc_training.messages.queries import unread_count
from kstthc_training.outbox.wiring import Wiring
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import me, mount_identity
from kstthc_training.settings.queries import Office, office_on
from kstthc_training.web import health
from kstthc_training.web.access import deny_by_default
from kstthc_training.web.addresses import mount_addresses
from kstthc_training.web.assets import keep_static_files, mount_static, static_url
from kstthc_training.web.errors import mount_errors
from kstthc_training.web.headers import mount_headers
from kstthc_training.web.limits import mount_limits
from kstthc_training.web.locale import chosen_locale, mount_locale
from kstthc_training.web.logs import mount_logs
from kstthc_training.web.migrations import LateMigrate
from kstthc_training.web.navigation import offered
from kstthc_training.web.notes import pending_notes

ROOT = Path(__file__).resolve().parent.parent
_MB_AROUND_A_FILE = 1  # the other fields of the form that a file comes in


def create_app(settings: config.Config | None = None) -> Flask:
    """The whole product as a Flask application; settings come from the environment unless given."""
    settings = settings or config.load()
    app = Flask(__name__, root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(_flask_settings(settings))
    _mount_database(app, settings)
    mount_logs(app)
    mount_limits(app)
    mount_identity(app)
    CSRFProtect(app)
    app.before_request(deny_by_default)
    mount_locale(app)
    mount_static(app)
    mount_errors(app)
    mount_headers(app)
    app.after_request(keep_static_files)
    mount_addresses(app)
    mount_features(app)
    app.register_blueprint(health.bp)
    app.extensions["outbox"] = Wiring(jobs=JOBS, daily=DAILY_JOBS, links=LINKS, sender_name=_sender_name, hands=HANDS)
    app.extensions["inbox"] = INBOX
    _mount_templates(app)
    if settings.trusted_proxy:
        app.wsgi_app = TrustedProxy(app.wsgi_app, settings.trusted_proxy)  # type: ignore[method-assign]
    return app


def _flask_settings(settings: config.Config) -> dict[str, Any]:
    secure = settings.secure_cookies
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": (settings.max_upload_mb + _MB_AROUND_A_FILE) * 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_NAME": "__Host-kstthc" if secure else "kstthc",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "SECURE_COOKIES": secure,
        "SIGN_IN_ENDPOINT": "sign_in.form",
        "DESTINATIONS": DESTINATIONS,
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "kstthc_training" / "translations"),
        "DEBUG": settings.debug,
    }


def _mount_database(app: Flask, settings: config.Config) -> None:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    LateMigrate(app, ROOT / "migrations")


def _sender_name(at: datetime) -> str:
    return office_on(clock.local_date(at)).short_name


def _mount_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(static_url=static_url, current_user=current_user)
    app.jinja_env.globals["ui"] = LateModule(app, "ui/kit.html")
    app.context_processor(_page_context)


class LateModule:
    """The macros of a template, loaded at first use, so that a fragment rendered alone has them too."""

    def __init__(self, app: Flask, name: str) -> None:
        self._app, self._name = app, name
        self._module: Any = None

    def __getattr__(self, macro: str) -> Any:
        if self._module is None:
            self._module = self._app.jinja_env.get_template(self._name).module
        return getattr(self._module, macro)


def _page_context() -> dict[str, Any]:
    actor = me()
    return {
        "actor": actor if actor.is_authenticated else None,
        "office": _office(),
        "locale": chosen_locale(),
        "theme": actor.theme,
        "navigation": lambda: offered(),
        "tabbar": lambda: offered(phone=True),
        "notes": pending_notes,
        "primary_action": primary_action(actor),
        "unread_notices": lambda: _unread(actor),
    }


def _unread(actor: Actor) -> int:
    """How many notices the reader has not read; none when the database does not answer, so that even that page shows."""
    try:
        return unread_count(actor.account_id)
    except SQLAlchemyError:
        db.session.rollback()
        return 0


def _office() -> Office:
    """The office of today; its neutral names when the database does not answer, so that even that page can say so."""
    try:
        return office_on(clock.local_date(clock.now()))
    except SQLAlchemyError:
        db.session.rollback()
        return Office()


class TrustedProxy:
    """Believe forwarded addresses from the configured proxy alone; from anyone else they are dropped."""

    def __init__(self, app: Any, proxy: str) -> None:
        self._direct, self._forwarded, self._proxy = app, ProxyFix(app, x_for=1, x_proto=1, x_host=1), proxy

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        trusted = environ.get("REMOTE_ADDR") == self._proxy
        return (self._forwarded if trusted else self._direct)(environ, start_response)
