"""What must be so before the first answer: tables as the program expects them; in development, some data to look at."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from flask import Flask
from sqlalchemy import exists, select, text
from sqlalchemy.exc import OperationalError

from kstthc_training import clock
from kstthc_training.application import create_app
from kstthc_training.config import Config
from kstthc_training.db import AffectedLibrary, db
from kstthc_training.people.models import Account
from kstthc_training.web.logs import set_up_logs
from kstthc_training.web.migrations import is_newest

SampleAccount = tuple[str, str, str]

_LOCK = 20190517  # any number of our own: an advisory lock of PostgreSQL


class NotPrepared(Exception):
    """The product must not start like this; the message says why and what to do."""


def prepared_application(settings: Config) -> tuple[Flask, list[SampleAccount]]:
    """The application on a database that is ready, and the sample accounts in it: role, login, password."""
    set_up_logs(settings.log_level)
    try:
        app = create_app(settings)
        with app.app_context(), _one_at_a_time(settings):
            _migrate(app)
            accounts = _without_sample() if settings.production else _with_sample()
    except AffectedLibrary as affected:
        raise NotPrepared(str(affected)) from affected
    except OperationalError as error:
        raise NotPrepared(f"Không mở được cơ sở dữ liệu: {error.orig}") from error
    return app, accounts


def _migrate(app: Flask) -> None:
    """Bring the tables to the newest form; each step is a transaction, so that one cut short is taken again."""
    newest = is_newest(app.extensions["migrate"].directory)
    db.session.rollback()
    if newest:
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.util import CommandError

    print("Đang đưa cơ sở dữ liệu lên bản mới nhất …", flush=True)
    try:
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
    except CommandError as error:
        raise NotPrepared(f"Cơ sở dữ liệu không hợp với bản chương trình này (có lẽ nó mới hơn): {error}") from error


def _without_sample() -> list[SampleAccount]:
    if _any_account(Account.is_sample):
        raise NotPrepared(
            "Cơ sở dữ liệu có tài khoản mẫu, mật khẩu của chúng ai cũng biết: không chạy với ENVIRONMENT=production.\n"
            "Dùng DATA_DIR hoặc DATABASE_URL khác cho hệ thống thật."
        )
    return []


def _with_sample() -> list[SampleAccount]:
    from kstthc_training.sample.commands import keep_in_house, load_sample, sample_accounts

    if not _any_account():
        print("Cơ sở dữ liệu còn trống: đang nạp dữ liệu mẫu …", flush=True)
        load_sample(clock.local_date(clock.now()))
    if not _any_account(Account.is_sample):
        return []
    keep_in_house()
    return sample_accounts()


def _any_account(*conditions: object) -> bool:
    found = db.session.scalar(select(exists(select(Account.id).where(*conditions))))  # type: ignore[arg-type]
    db.session.rollback()
    return bool(found)


@contextmanager
def _one_at_a_time(settings: Config) -> Iterator[None]:
    """Two that start at once on one database prepare it one after the other."""
    on_server = _advisory_lock() if db.engine.dialect.name == "postgresql" else nullcontext()
    with on_server, (settings.data_dir / "preparing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with db.engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _LOCK})
