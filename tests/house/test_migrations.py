"""The migrations make exactly the tables of the models, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from kstthc_training import schema
from kstthc_training.db import db


def test_migrations_and_models_agree(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, schema.METADATA) == []


def test_sqlite_is_opened_as_promised(app):
    if db.engine.dialect.name != "sqlite":
        assert db.session.execute(text("SHOW server_version_num")).scalar_one() >= "130000"
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000, "mmap_size": 0}
    found = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
    assert {name: found[name] or 0 for name in wanted} == wanted
