"""Further limits than the seats of the whole event: for the press and for officials, in the room and online, and for each
organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select, union, update

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import Circle, Place, PoolKind, Vacancy
from kstthc_training.registrations.errors import LimitBelowTaken, SeatsSettled
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation
from kstthc_training.registrations.queries.holders import counted_by
from kstthc_training.registrations.queries.limits import Limits, limits_of
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions

_POOLS: Mapping[str, tuple[PoolKind, str]] = {
    "press": (PoolKind.AUDIENCE, Circle.PRESS),
    "officials": (PoolKind.AUDIENCE, Circle.OFFICIALS),
    "room": (PoolKind.MODE, Place.ROOM),
    "online": (PoolKind.MODE, Place.ONLINE),
}


def set_limits(*, actor: Actor, event_id: int, limits: Limits, now: datetime) -> list[Registration]:
    """Set the further limits of an event (None: no limit); seats that become free go to those who wait.

    Raises `NotAllowed`, `SeatsSettled`, and `LimitBelowTaken` for the first that is lower than what is taken.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    if not policy.may_resize(held.event):
        raise SeatsSettled(state=held.event.state)
    before = limits_of(event_id)
    if before == limits:
        return []
    for field in fields(Limits):
        if field.name in _POOLS:
            set_limit(held, *_POOLS[field.name], getattr(limits, field.name))
    _set_default(held, limits.each_organisation)
    record(
        actor=actor, action="event.limits_set", subject_type="event", subject_id=event_id, now=now,
        changes=before.changes(limits),
    )  # fmt: skip
    return _fill(actor, event_id, now)


def set_quota(*, actor: Actor, held: HeldEvent, organisation_id: int, places: int | None, now: datetime) -> None:
    """Give one organisation a limit of its own; None: the one that is for all. Raises `LimitBelowTaken`."""
    own = (PoolKind.ORGANISATION, str(organisation_id))
    default = limits_of(held.event.id).each_organisation
    set_limit(held, *own, places if places is not None else default, follows_default=places is None)
    promoted = _fill(actor, held.event.id, now)
    raise_calendar_revisions(r.person_id for r in promoted)


def set_limit(held: HeldEvent, kind: PoolKind, subject: str, capacity: int | None, *, follows_default: bool = False) -> None:
    """Let one pool hold `capacity` seats, counting those that are taken already; a pool without limit is not opened."""
    known = any((pool.kind, pool.subject) == (kind, subject) for pool in held.pools)
    if not known and capacity is None:
        return
    mine = (SeatPool.event_id == held.event.id, SeatPool.kind == kind, SeatPool.subject == subject)
    counted = db.session.execute(select(counted_by(held.event.id, kind, subject))).scalar_one() if not known else None
    taken = counted if counted is not None else db.session.execute(select(SeatPool.taken).where(*mine)).scalar_one()
    if capacity is not None and capacity < taken:
        raise LimitBelowTaken(kind=kind, subject=subject, capacity=capacity, taken=taken)
    values = {"event_id": held.event.id, "kind": kind, "subject": subject, "capacity": capacity, "taken": taken}
    db.session.execute(added_once(SeatPool, values))
    changed = update(SeatPool).where(*mine).values(capacity=capacity, follows_default=follows_default)
    db.session.execute(changed.execution_options(synchronize_session=False))


def _set_default(held: HeldEvent, capacity: int | None) -> None:
    """The limit for every organisation without one of its own; those with people or places here get a pool at once."""
    set_limit(held, PoolKind.ORGANISATION, "", capacity)
    own = {pool.subject for pool in held.pools if pool.kind is PoolKind.ORGANISATION}
    following = select(SeatPool.subject).where(SeatPool.event_id == held.event.id, SeatPool.follows_default)
    new = {str(number) for number in _present(held.event.id)} - own
    for subject in sorted(new | set(db.session.scalars(following))):
        set_limit(held, PoolKind.ORGANISATION, subject, capacity, follows_default=True)


def _present(event_id: int) -> Sequence[int]:
    """The organisations whose people hold seats, and those that hold places for names."""
    seated = select(Registration.seat_organisation_id).where(
        Registration.event_id == event_id, Registration.holds_seat, Registration.seat_organisation_id.is_not(None)
    )
    kept = select(SeatReservation.organisation_id).where(SeatReservation.event_id == event_id, SeatReservation.places > 0)
    return db.session.scalars(union(seated, kept)).all()


def _fill(actor: Actor, event_id: int, now: datetime) -> list[Registration]:
    db.session.flush()
    held = hold_event(event_id)
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.CAPACITY_RAISED, now=now)
    raise_calendar_revisions(r.person_id for r in promoted)
    return promoted
