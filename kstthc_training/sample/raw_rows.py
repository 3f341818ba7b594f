"""Rows written many at a time, past the objects: by one prepared statement on SQLite, by COPY on PostgreSQL.

Whoever writes so gives every value that a verb would have given, in its stored form: clean text, and numbers of rows
that `next_id` began and `count_on` lets the database continue.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Enum, func, select, text

from kstthc_training.db import Base, Instant, Line, Prose, db

_REMEMBERED = 1 << 16

Row = Sequence[Any]
Convert = Callable[[Any], Any]


def insert_rows(table: type[Base], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows with the values of the columns `names`, in that order; other columns get their constant default."""
    columns = [table.__table__.c[name] for name in names]
    constants = _constants(table, names)
    connection = db.session.connection()
    stored = _stored(connection, [*columns, *(column for column, _ in constants)], rows, [v for _, v in constants])
    target = f"{table.__tablename__} ({', '.join([*names, *(column.name for column, _ in constants)])})"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * (len(columns) + len(constants)))
        _driver(connection).cursor().executemany(f"INSERT INTO {target} VALUES ({marks})", stored)  # noqa: S608 - own names
        return
    with _driver(connection).cursor().copy(f"COPY {target} FROM STDIN") as copy:
        for row in stored:
            copy.write_row(row)


def next_id(table: type[Base]) -> int:
    """The number that the next row of a table with the key `id` may have."""
    return int(db.session.execute(select(func.coalesce(func.max(table.__table__.c.id), 0))).scalar_one()) + 1


def count_on(*tables: type[Base]) -> None:
    """Let the database number on from the rows there are; on SQLite it does so by itself."""
    if db.session.connection().dialect.name == "sqlite":
        return
    for table in tables:
        name = table.__tablename__
        last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"  # noqa: S608
        db.session.execute(text(last))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _constants(table: type[Base], names: Sequence[str]) -> list[tuple[Any, Any]]:
    left = (column for column in table.__table__.columns if column.name not in names)
    return [(column, column.default.arg) for column in left if column.default is not None and column.default.is_scalar]


def _stored(connection: Connection, columns: list[Any], rows: Iterable[Row], tail: list[Any]) -> Iterator[Row]:
    converts = [_convert(connection, column) for column in columns]
    head = len(columns) - len(tail)
    busy = [(place, convert) for place, convert in enumerate(converts[:head]) if convert is not None]
    end = [value if convert is None else convert(value) for value, convert in zip(tail, converts[head:], strict=True)]
    for row in rows:
        values = [*row, *end]
        for place, convert in busy:
            values[place] = convert(values[place])
        yield values


def _convert(connection: Connection, column: Any) -> Convert | None:
    """How the driver wants a value of this column; None when it takes it as it is."""
    kind: Any = column.type
    if isinstance(kind, Line | Prose):
        return None
    convert = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if convert is None or not isinstance(kind, Enum | Instant):
        return convert
    return lru_cache(_REMEMBERED)(convert)
