"""Counting of a period's attendances, once for as long as nothing is closed, reopened or changed in it."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import ScalarSelect, func, literal, select
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
    counted = Counts(_by_event(period), _by_organisation(period), _persons(period))
    with _lock:
        kept[key] = counted
        while len(kept) > _MOST_KEPT:
            kept.popitem(last=False)
    return counted


def _kept_here() -> _Kept:
    with _lock:
        return _kept.setdefault(db.engine.pool, OrderedDict())


def _by_event(period: Period) -> dict[int, Tally]:
    """Counted inside each event, which reads the index as it lies: grouping over all of them sorts it first."""
    statement = select(Event.id, _with_answer(True), _with_answer(False)).where(held_in(period))
    rows = db.session.execute(statement)
    return {event_id: Tally(attended + absent, attended) for event_id, attended, absent in rows if attended + absent}


def _with_answer(attended: bool) -> ScalarSelect[int]:
    counted = select(func.count()).select_from(AttendanceResult).where(AttendanceResult.event_id == Event.id)
    return counted.where(AttendanceResult.attended == literal(attended)).correlate(Event).scalar_subquery()


def _by_organisation(period: Period) -> dict[int | None, Tally]:
    tally = tally_by(AttendanceResult.organisation_id, period)
    rows = db.session.execute(select(tally.c.key, tally.c.expected, tally.c.attended))
    return {organisation_id: Tally(int(expected), int(attended)) for organisation_id, expected, attended in rows}


def _persons(period: Period) -> int:
    statement = (
        select(func.count(AttendanceResult.person_id.distinct()))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(attended_in(period))
    )
    return db.session.execute(statement).scalar_one()
