"""Settings of one installation, from the environment and a file of `NAME=value` lines; the environment wins."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kstthc_training.text import whole_number

MINIMUM_SECRET_LENGTH = 32


class SettingsRefused(Exception):
    """The program does not start with these settings; the message says which and what to do."""


class MailSecurity(StrEnum):
    """How the line to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class AfterTaking(StrEnum):
    """What becomes of a letter in the mailbox on the server once it was taken in."""

    LEAVE = "leave"
    SEEN = "seen"
    MOVE = "move"


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything an operator sets; `settings.example.env` explains each line."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    production: bool
    debug: bool
    secret_key: str
    public_url: str
    web_workers: int
    web_threads: int
    trusted_proxy: str
    max_upload_mb: int
    feed_gzip: bool
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_security: MailSecurity
    mail_from: str
    mail_per_minute: int
    mail_per_host_minute: int
    imap_host: str
    imap_port: int
    imap_user: str
    imap_password: str
    imap_security: MailSecurity
    imap_folder: str
    imap_after: AfterTaking
    imap_done_folder: str
    mail_read_seconds: int
    mail_authserv_id: str
    log_level: str

    @property
    def key(self) -> bytes:
        """The key outside the database from which links, feeds and tickets are derived."""
        return self.secret_key.encode()

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach the product over TLS, so that cookies may bear the `__Host-` prefix."""
        return self.public_url.startswith("https://")

    @property
    def files_dir(self) -> Path:
        """Where the bytes lie that people gave us."""
        return self.data_dir / "files"

    @property
    def maildir(self) -> Path:
        """Where mail goes when no mail server is set."""
        return self.data_dir / "mail"

    @property
    def incoming_maildir(self) -> Path:
        """Where mail comes in when no mailbox on a server is set."""
        return self.data_dir / "mail-in"


def load(environ: Mapping[str, str] | None = None) -> Config:
    """The settings of this installation; weak ones in production raise `SettingsRefused`."""
    given = dict(os.environ if environ is None else environ)
    values = {**_read_file(Path(given.get("SETTINGS_FILE") or "settings.env")), **given}
    config = _from_values(values)
    if config.production:
        _refuse_weak(config)
    return config


def _read_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingsRefused(f"{path}, line {number}: expected NAME=value, found {line.strip()!r}.")
        values[name.strip()] = value.strip().strip("'\"")
    return values


def _from_values(values: Mapping[str, str]) -> Config:
    data_dir = Path(values.get("DATA_DIR") or "data").resolve()
    production = _choice(values, "ENVIRONMENT", ("development", "production")) == "production"
    host, port = values.get("HOST") or "127.0.0.1", _number(values, "PORT", 8000, top=65535)
    public_url = (values.get("PUBLIC_URL") or f"http://{_reachable(host)}:{port}").rstrip("/")
    return Config(
        host=host,
        port=port,
        data_dir=data_dir,
        database_url=values.get("DATABASE_URL") or f"sqlite:///{data_dir / 'kstthc.sqlite3'}",
        production=production,
        debug=_choice(values, "DEBUG", ("0", "1")) == "1",
        secret_key=values.get("SECRET_KEY") or ("" if production else _kept_secret(data_dir)),
        public_url=public_url,
        web_workers=_number(values, "WEB_WORKERS", 1, top=64),
        web_threads=_number(values, "WEB_THREADS", 4, top=64),
        trusted_proxy=values.get("TRUSTED_PROXY", ""),
        max_upload_mb=_number(values, "MAX_UPLOAD_MB", 50, top=2048),
        feed_gzip=_choice(values, "FEED_GZIP", ("1", "0")) == "1",
        smtp_host=values.get("SMTP_HOST", ""),
        smtp_port=_number(values, "SMTP_PORT", 25, top=65535),
        smtp_user=values.get("SMTP_USER", ""),
        smtp_password=values.get("SMTP_PASSWORD", ""),
        smtp_security=MailSecurity(_choice(values, "SMTP_SECURITY", tuple(MailSecurity))),
        mail_from=values.get("MAIL_FROM") or "lich-hop@localhost",
        mail_per_minute=_number(values, "MAIL_PER_MINUTE", 0, top=100_000, least=0),
        mail_per_host_minute=_number(values, "MAIL_PER_HOST_MINUTE", 0, top=100_000, least=0),
        **_mailbox(values),
        log_level=_choice(values, "LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
    )


def _mailbox(values: Mapping[str, str]) -> dict[str, Any]:
    """The mailbox in which answers come, and what is believed of them."""
    after = AfterTaking(_choice(values, "IMAP_AFTER", tuple(AfterTaking)))
    if after is AfterTaking.MOVE and not values.get("IMAP_DONE_FOLDER"):
        raise SettingsRefused("IMAP_AFTER=move needs IMAP_DONE_FOLDER: the folder that letters are moved to.")
    return {
        "imap_host": values.get("IMAP_HOST", ""),
        "imap_port": _number(values, "IMAP_PORT", 993, top=65535),
        "imap_user": values.get("IMAP_USER", ""),
        "imap_password": values.get("IMAP_PASSWORD", ""),
        "imap_security": MailSecurity(_choice(values, "IMAP_SECURITY", ("tls", "starttls", "none"))),
        "imap_folder": values.get("IMAP_FOLDER") or "INBOX",
        "imap_after": after,
        "imap_done_folder": values.get("IMAP_DONE_FOLDER", ""),
        "mail_read_seconds": _number(values, "MAIL_READ_SECONDS", 60, top=86400),
        "mail_authserv_id": values.get("MAIL_AUTHSERV_ID", ""),
    }


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only compared, to print an address that opens


def _number(values: Mapping[str, str], name: str, default: int, *, top: int, least: int = 1) -> int:
    text = values.get(name) or str(default)
    number = whole_number(text, most=top)
    if number is None or number < least:
        raise SettingsRefused(f"{name}={text!r}: expected a whole number from {least} to {top}.")
    return number


def _choice(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = values.get(name) or allowed[0]
    if text not in allowed:
        raise SettingsRefused(f"{name}={text!r}: expected one of {', '.join(allowed)}.")
    return text


def _kept_secret(data_dir: Path) -> str:
    """The key a developer's installation makes for itself once, readable by its owner alone."""
    path = data_dir / "secret.key"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _refuse_weak(config: Config) -> None:
    if len(config.secret_key) < MINIMUM_SECRET_LENGTH:
        raise SettingsRefused(
            "SECRET_KEY is missing or shorter than 32 characters. Make one with:\n"
            "  python3 -c 'import secrets; print(secrets.token_urlsafe(48))'\n"
            "and keep it outside the database and its backups."
        )
    if config.debug:
        raise SettingsRefused("DEBUG is on. Production shows no tracebacks: remove DEBUG from the settings.")
    if not config.public_url.startswith("https://"):
        raise SettingsRefused("PUBLIC_URL must be the https:// address that people type; links in mails are made from it.")
