"""Flask-Login over server-side sign-ins: the cookie holds a secret, the database its hash."""

import hashlib
from dataclasses import replace
from typing import Any, cast

from flask import Flask, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user, logout_user

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import NOBODY, Actor
from kstthc_training.people.errors import AccountDisabled
from kstthc_training.people.queries import find_actor
from kstthc_training.people.service import sign_ins
from kstthc_training.web.access import asks_by_itself, declared_rule, impersonal


def me() -> Actor:
    """Whoever made this request; nobody when not signed in."""
    return cast(Actor, current_user._get_current_object())


def client_address() -> str:
    """The network address of the browser; forwarded ones are believed from the configured proxy only."""
    return request.remote_addr or ""


def nobody() -> Actor:
    """Whoever is not signed in, with the look that this browser chose."""
    return replace(NOBODY, address=client_address(), theme=session.get("theme", NOBODY.theme))


def load_actor(secret: str) -> Actor | None:
    """Flask-Login's user of a cookie, noting once a minute that it was seen."""
    now = clock.now()
    found = find_actor(secret=secret, now=now)
    if found is None:
        return None
    actor, seen_at = found
    if sign_ins.idle_too_long(actor=actor, seen_at=seen_at, now=now):
        return None
    attended = not asks_by_itself(current_app, request.endpoint)
    if attended and actor.sign_in_id and now - seen_at > sign_ins.SEEN_EVERY:
        with unit_of_work():
            sign_ins.note_seen(sign_in_id=actor.sign_in_id, now=now)
    return actor.at(client_address())


def begin_session(account_id: int, *, means: str) -> None:
    """Sign this browser in under a new id; what the old session held is gone. Call inside a unit of work.

    `means` tells the log how somebody got in. Raises `AccountDisabled`.
    """
    now = clock.now()
    if (former := me().sign_in_id) is not None:
        sign_ins.end_sign_in(sign_in_id=former)
    secret = sign_ins.open_sign_in(
        account_id=account_id, address=client_address(), browser=request.user_agent.string, now=now
    )
    found = find_actor(secret=secret, now=now)
    if found is None:
        raise AccountDisabled()
    actor = found[0].at(client_address())
    record(actor=actor, action="sign_in.begun", subject_type="account", subject_id=account_id, now=now, means=means)
    session.clear()
    login_user(actor)


def end_session() -> None:
    """Sign this browser out. Call inside a unit of work."""
    actor = me()
    if actor.sign_in_id is not None:
        sign_ins.end_sign_in(sign_in_id=actor.sign_in_id)
        record(actor=actor, action="sign_in.ended", subject_type="account", subject_id=actor.account_id, now=clock.now())
    logout_user()
    session.clear()


def know_actor() -> None:
    """Before each request: find out who asks now, since noting that they were seen is a unit of work of its own."""
    endpoint = request.endpoint
    if endpoint is not None and declared_rule(current_app, endpoint) is not impersonal:
        _ = me().is_authenticated


class SignedCookies(SecureCookieSessionInterface):
    """Flask's cookie, signed by HMAC-SHA-256 in place of its HMAC-SHA-1 (ASVS 5.0, 11.4.1)."""

    digest_method = staticmethod(hashlib.sha256)


def mount_identity(app: Flask) -> None:
    """Let every request know its actor."""
    app.session_interface = SignedCookies()
    manager = LoginManager()
    manager.session_protection = None  # the secret is random, revocable and bound to a row; addresses of phones change
    manager.anonymous_user = cast(Any, nobody)
    manager.user_loader(load_actor)
    # Not `init_app`: its remember-me cookie looks into the session after every answer, feeds and static files included.
    app.login_manager = manager  # type: ignore[attr-defined]
    app.before_request(know_actor)
