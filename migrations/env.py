"""Runs the migrations on the application's own engine, each in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from kstthc_training import schema
from kstthc_training.db import Instant, Line, Prose, SortKey, db

TARGET = schema.METADATA


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """Write the package's own column types as what they are in the database, so that migrations stand alone."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SortKey):
        return "sa.String().with_variant(sa.String(collation='C'), 'postgresql')"
    if kind == "type" and isinstance(item, Line | Prose):
        return "sa.String()"
    return False


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """On SQLite a table is changed by writing it anew, for which its manual asks to leave foreign keys off meanwhile."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _require_whole(*, ctx: MigrationContext, **_facts: object) -> None:
    """Nothing refers to a row that is not there, or the migration is taken back."""
    if ctx.dialect.name == "sqlite" and (broken := ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"a migration left a reference without its row: {broken}")


def run() -> None:
    with db.engine.connect().execution_options(writing=True) as connection, _foreign_keys_at_rest(connection):
        context.configure(
            connection=connection,
            target_metadata=TARGET,
            render_as_batch=True,
            compare_type=True,
            include_object=schema.stands_here,
            render_item=render_item,
            transaction_per_migration=True,
            transactional_ddl=True,
            on_version_apply=_require_whole,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: set DATABASE_URL or DATA_DIR.")
run()
