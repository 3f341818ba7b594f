"""What a table to write is made of: typed columns, and cells as the program has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kstthc_training.clock import local

Cell: TypeAlias = str | int | float | Decimal | date | datetime | None


class Share(float):
    """A ratio that is shown in percent in whatever column it stands."""


class CellKind(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    INTEGER = "integer"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its kind, and its width in characters (None: fitted to what stands in it)."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: a name, columns, and rows of as many cells as there are columns."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def shown_date(day: date) -> str:
    """A date as people here write it: 05/03/2024."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def wall_clock(at: datetime) -> datetime:
    """What the province's clocks show at an instant, without zone as sheets know none; ValueError when `at` is naive."""
    if at.utcoffset() is None:
        raise ValueError("an instant without zone", at)
    return local(at).replace(tzinfo=None)
