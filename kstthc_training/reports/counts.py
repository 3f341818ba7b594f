"""Counting of a period's attendances, once for as long as nothing is closed, reopened or changed in it."""

from collections import OrderedDict
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.pool import Pool

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.reports.conditions import attended_in, held_in, tally_by
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import Counts, Tally

Validator = tuple[int, ...]
_Kept = OrderedDict[tuple[Period, Validator], Counts]

_MOST_KEPT = 24
_lock = Lock()
# By the pool of connections: figures of one database never answer for another.
_kept: WeakKeyDictionary[Pool, _Kept] = WeakKeyDictionary()


def validator(period: Period) -> Validator:
    """What changes whenever an attendance of the period does: one cheap statement over its held events.

    Closing and reopening raise an event's revision; the sum weighted by the number tells an event from another.
    """
    statement = select(
        func.count(),
        func.coalesce(func.sum(Event.id), 0),
        func.coalesce(func.sum(Event.revision), 0),
        func.coalesce(func.sum(Event.id * Event.revision), 0),
    ).where(held_in(period))
    return tuple(int(value) for value in db.session.execute(statement).one())


def counts_of(period: Period) -> Counts:
    """What the attendances of a period come to: one statement when they are known already, else four."""
    key, kept = (period, validator(period)), _kept_here()
    with _lock:
        known = kept.get(key)
        if known is not None:
            kept.move_to_end(key)
            return known
    counted = Counts(_tallies(AttendanceResult.event_id, period), _tallies(AttendanceResult.organisation_id, period),
                     _persons(period))  # fmt: skip
    with _lock:
        kept[key] = counted
        while len(kept) > _MOST_KEPT:
            kept.popitem(last=False)
    return counted


def _kept_here() -> _Kept:
    with _lock:
        return _kept.setdefault(db.engine.pool, OrderedDict())


def _tallies(key: Any, period: Period) -> dict[Any, Tally]:
    tally = tally_by(key, period)
    rows = db.session.execute(select(tally.c.key, tally.c.expected, tally.c.attended))
    return {group: Tally(int(expected), int(attended)) for group, expected, attended in rows}


def _persons(period: Period) -> int:
    statement = (
        select(func.count(AttendanceResult.person_id.distinct()))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(attended_in(period))
    )
    return db.session.execute(statement).scalar_one()
