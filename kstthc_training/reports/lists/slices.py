"""One page of the rows behind a figure."""

from collections.abc import Sequence
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


def sliced(statement: Rows, row: Any, page: int) -> Slice:
    """A page of what a statement finds, each row made a `row`, and how many it finds in all: two statements.

    Beyond the last page is the last page.
    """
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = db.session.execute(counted).scalar_one()
    start = min(page - 1, max(total - 1, 0) // ROWS_A_PAGE) * ROWS_A_PAGE
    rows = [row._make(each) for each in db.session.execute(statement.limit(ROWS_A_PAGE).offset(start))]
    return Slice(rows, start + 1 if rows else 0, start + len(rows), total)
