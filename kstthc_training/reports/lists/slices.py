"""One page of the rows behind a figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, func, select

from kstthc_training.db import db
from kstthc_training.reports.periods import Period

ROWS_A_PAGE = 100
Rows: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Narrowing:
    """Which part of a figure is asked for: one kind of event, one topic, one kind of organisation ('' for none stated)."""

    kind_code: str | None = None
    topic_id: int | None = None
    group_code: str | None = None


@dataclass(frozen=True)
class Scope:
    """What rows are asked for: a period, as seen at an instant, perhaps a part of it, and which page of them from 1."""

    period: Period
    now: datetime
    page: int = 1
    narrowing: Narrowing = field(default_factory=Narrowing)


@dataclass(frozen=True)
class Slice:
    """One page of rows: `first` and `last` count from 1; `total` is the figure itself."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int


def first_of(page: int, total: int) -> int:
    """The place from 0 at which a page of rows begins; beyond the last page is the last page."""
    return min(page - 1, max(total - 1, 0) // ROWS_A_PAGE) * ROWS_A_PAGE


def slice_of(rows: Sequence[Any], start: int, total: int) -> Slice:
    """Rows that stand from place `start`, from 0, among `total`."""
    return Slice(rows, start + 1 if rows else 0, start + len(rows), total)


def cut(rows: Sequence[Any], page: int) -> Slice:
    """A page of rows that are all at hand."""
    start = first_of(page, len(rows))
    return slice_of(rows[start : start + ROWS_A_PAGE], start, len(rows))


def sliced(statement: Rows, make: Callable[[Any], Any], page: int, *, total: int | None = None) -> Slice:
    """A page of what a statement finds, each row made into something, and how many it finds unless that is known."""
    if total is None:
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        total = db.session.execute(counted).scalar_one()
    start = first_of(page, total)
    rows = [make(each) for each in db.session.execute(statement.limit(ROWS_A_PAGE).offset(start))]
    return slice_of(rows, start, total)
