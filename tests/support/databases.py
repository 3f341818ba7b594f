"""Fresh databases by copying one that the real migrations made: a file on SQLite, a template on PostgreSQL."""

import itertools
import os
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.calendars.pace import Paces
from kstthc_training.db import db
from tests.support import postgres

ENGINES = ("sqlite", "postgresql")
SECRET = "a key of the tests, long enough for production too"
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_products: dict[str, Flask] = {}
_as_made: dict[str, str] = {}
_KEPT = {"alembic_version", "event_kinds", "organisation_kinds", "organisation_levels"}  # what migrations fill
_numbers = itertools.count()


def settings_for(folder: Path, **more: str) -> config.Config:
    """Settings of an installation in `folder`."""
    values = {
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET,
        "SETTINGS_FILE": os.devnull,
        "PUBLIC_URL": "http://localhost",
    }
    return config.load({**values, **more})


def product_on(engine: str, folders: pytest.TempPathFactory) -> Flask:
    """The product of this test process on a fresh database of `engine`; the application is made once, the data anew."""
    if engine not in _products:
        _products[engine] = _first(engine, folders.mktemp(engine))
    product = _products[engine]
    with product.app_context():
        db.session.remove()
        db.engine.dispose()
    shutil.rmtree(product.config["SETTINGS"].files_dir, ignore_errors=True)
    product.extensions["feeds"] = Paces()  # what a process remembers of addresses goes with their rows
    if engine == "sqlite":
        _renew_file(Path(product.config["SETTINGS"].data_dir))
    else:
        _empty_or_renew(_own_database())
    return product


def fresh_address(engine: str, folder: Path, folders: pytest.TempPathFactory) -> str:
    """The address of a database of its own, for tests that start processes."""
    product = product_on(engine, folders)
    if engine == "sqlite":
        target = folder / "kstthc.sqlite3"
        shutil.copy(Path(product.config["SETTINGS"].data_dir) / "template.sqlite3", target)
        return f"sqlite:///{target}"
    name = f"{_own_database()}_{next(_numbers)}"
    _renew_database(name)
    return postgres.dsn(name)


def empty_address(engine: str, folder: Path) -> str:
    """The address of a database without a table, for tests that start the product itself."""
    if engine == "sqlite":
        return f"sqlite:///{folder / 'empty.sqlite3'}"
    name = f"{_own_database()}_empty_{next(_numbers)}"
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    return postgres.dsn(name)


def _own_database() -> str:
    return f"test_{_WORKER}"


def _template() -> str:
    return f"template_{_WORKER}"


def _first(engine: str, folder: Path) -> Flask:
    if engine == "sqlite":
        _migrated(settings_for(folder))
        shutil.move(folder / "kstthc.sqlite3", folder / "template.sqlite3")
        shutil.copy(folder / "template.sqlite3", folder / "kstthc.sqlite3")
        return create_app(settings_for(folder))
    _run(f'DROP DATABASE IF EXISTS "{_template()}"', f'CREATE DATABASE "{_template()}"')
    _migrated(settings_for(folder, DATABASE_URL=postgres.dsn(_template())))
    return create_app(settings_for(folder, DATABASE_URL=postgres.dsn(_own_database())))


def _migrated(settings: config.Config) -> None:
    product = create_app(settings)
    with product.app_context():
        upgrade()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def _renew_file(folder: Path) -> None:
    for leftover in folder.glob("kstthc.sqlite3*"):
        leftover.unlink()
    shutil.copy(folder / "template.sqlite3", folder / "kstthc.sqlite3")


def _empty_or_renew(name: str) -> None:
    """Empty the database of the test before, which is far cheaper than making one; make it anew when its tables or
    its kinds are no longer those of the template."""
    if name in _as_made:
        with _connected(name) as connection:
            if _empty(connection) == _as_made[name]:
                return
    _renew_database(name)
    with _connected(name) as connection:
        _as_made[name] = _empty(connection)


def _empty(connection: psycopg.Connection[Any]) -> str:
    """Delete the rows that tests made and count from one again; answers a print of the tables and of the rows left."""
    columns = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ).fetchall()
    tables = sorted({table for table, _column in columns} - _KEPT)
    if not {table for table, _column in columns} > _KEPT:
        return "no product's database"
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    connection.execute("SET session_replication_role = replica")  # rows that nothing may remove, and keys in any order
    for (table,) in connection.execute(filled).fetchall():
        connection.execute(f'DELETE FROM "{table}"')
    connection.execute(
        "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' AND relname <> ALL (%s)",
        [[f"{table}_id_seq" for table in _KEPT]],
    )
    kept = [connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in sorted(_KEPT)]
    return repr((columns, kept))


def _renew_database(name: str) -> None:
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{_template()}"')


def _run(*statements: str) -> None:
    with _connected("postgres") as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def _connected(database: str) -> psycopg.Connection[Any]:
    url = make_url(postgres.dsn(database))
    return psycopg.connect(dbname=url.database, user=url.username, host=str(url.query["host"]), autocommit=True)
