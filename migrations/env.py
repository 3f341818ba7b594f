"""Runs the migrations on the application's own engine, each in a transaction of its own."""

from alembic import context

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


def run() -> None:
    connection = db.engine.connect().execution_options(writing=True)
    with connection:
        context.configure(
            connection=connection,
            target_metadata=TARGET,
            render_as_batch=True,
            compare_type=True,
            include_object=schema.stands_here,
            render_item=render_item,
            transaction_per_migration=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: set DATABASE_URL or DATA_DIR.")
run()
