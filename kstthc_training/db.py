"""The database: one session per request, one unit of work per act, the same code on SQLite and PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Index, Integer, MetaData, Select, String, event
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

from kstthc_training import text

# The versions in which a WAL database survives two connections writing and checkpointing at one instant
# (https://sqlite.org/wal.html#walresetbug).
_SOUND_FROM = (3, 51, 3)
_SOUND_LINES = {(3, 50): 7, (3, 44): 6}

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an acknowledged write survives a power cut
    "busy_timeout=10000",
    "foreign_keys=ON",
    "mmap_size=0",
    "cache_size=-16000",
    "temp_store=MEMORY",
)

# Big integers on PostgreSQL; on SQLite a plain INTEGER key, which alone numbers itself.
Key = BigInteger().with_variant(Integer(), "sqlite")


class AffectedLibrary(Exception):
    """The loaded SQLite can corrupt a WAL database."""


class Base(DeclarativeBase):
    """Tables whose constraints have names by rule, so that migrations and refusals can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": False})


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: instants carry their zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Line(TypeDecorator[str]):
    """Text on one line, as people's and places' names are: stored in NFC, without control characters."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else text.clean_line(value)


class Prose(TypeDecorator[str]):
    """Text of several lines: stored in NFC, without control characters."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else text.clean(value)


class SortKey(TypeDecorator[str]):
    """A key of `text.sort_key`, compared octet by octet whatever the database's own collation."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        wanted = String(collation="C") if dialect.name == "postgresql" else String()
        return dialect.type_descriptor(wanted)


def choice(kind: type[StrEnum], *, name: str = "") -> SqlEnum:
    """A column that holds one word of `kind`, checked by a constraint named after the kind, or `name`, on both engines."""
    name = name or "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")
    return SqlEnum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda e: [m.value for m in e],
    )


def held_for_search(name: str, *columns: str) -> Index:
    """An index of all that a search reads, so that whole rows are not read; PostgreSQL holds no long text in an index."""
    return Index(name, *columns, info={"dialect": "sqlite"}).ddl_if(dialect="sqlite")


def require_sound_sqlite(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Refuse a SQLite that can corrupt a WAL database: 3.7.0 to 3.51.2, but for 3.50.7 and 3.44.6 in their lines."""
    if version >= _SOUND_FROM or version[2] >= _SOUND_LINES.get((version[0], version[1]), 1 << 30):
        return
    shown = ".".join(map(str, version))
    raise AffectedLibrary(f"SQLite {shown} can corrupt the database (fixed in 3.51.3). Install pysqlite3 0.6.1 or later.")


def engine_options(url: str) -> dict[str, Any]:
    """What SQLAlchemy needs to open `url`: on SQLite the driver that bundles a sound library.

    Statements that fail are told without their values, which hold names and hashes.
    """
    if url.startswith("sqlite"):
        require_sound_sqlite()
        return {"module": sqlite, "pool_size": 16, "max_overflow": 16, "hide_parameters": True}
    return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True, "hide_parameters": True}


def tune(engine: Engine) -> None:
    """Set the pragmas and let the session, not the driver, begin transactions; PostgreSQL is left as it is."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchone()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One act, whole or not at all: the only place that commits.

    Ends the snapshot that reading began, so that what is read inside is what holds now; on SQLite takes the one
    write lock at once, on PostgreSQL an ordinary transaction. Load what you change inside the block.
    """
    session = db.session()
    if session.info.get("in_unit_of_work"):
        raise RuntimeError("a unit of work inside another would end it half-way")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("objects changed before the unit of work began")
    session.rollback()
    session.connection(execution_options={"writing": True})
    session.info["in_unit_of_work"] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["in_unit_of_work"]


def glance(statement: Any, values: dict[str, Any]) -> Sequence[Any]:
    """The plain rows of a statement that reads, in a short transaction of its own beside the session: what programs ask
    all day long costs half as much so."""
    with db.engine.connect() as connection:
        return connection.execute(statement, values).all()


def added_once(table: type[Base], values: dict[str, Any]) -> Any:
    """An INSERT that leaves a row alone whose unique key is taken; with `.returning(...)` it answers None then."""
    return _insert(table, values).on_conflict_do_nothing()


def written_over(table: type[Base], values: dict[str, Any]) -> Any:
    """An INSERT that gives a row with the same primary key the new values: no two writers meet the key."""
    keys = [column.name for column in table.__table__.primary_key]
    kept = {name: value for name, value in values.items() if name not in keys}
    return _insert(table, values).on_conflict_do_update(index_elements=keys, set_=kept)


def added_each_once(table: type[Base]) -> Any:
    """An INSERT to execute with any number of rows at once; it leaves those alone whose unique key is taken."""
    return _inserting(table.__table__).on_conflict_do_nothing()


def read_over(table: type[Base], columns: list[str], rows: Select[Any]) -> Any:
    """An INSERT of what a SELECT finds; a row whose `key` is taken stays as it is, and is answered by `.returning(...)`."""
    inserting = _inserting(table.__table__).from_select(columns, rows)
    return inserting.on_conflict_do_update(index_elements=["key"], set_={"key": inserting.excluded.key})


def _insert(table: type[Base], values: dict[str, Any]) -> Any:
    return _inserting(table).values(**values)


def _inserting(table: Any) -> Any:
    return (postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert)(table)
