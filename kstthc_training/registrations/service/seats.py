"""Seats and places in the queue: taken, given back and numbered by atomic updates, under one lock per event.

Every verb that moves somebody holds the event's pools first. On PostgreSQL that is the row lock that puts the verbs of
one event in a line; on SQLite the unit of work holds the one write lock already. The conditions stand in the updates
and in the table besides, so that no way in can oversell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, exists, or_, select, true, update

from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event
from kstthc_training.events.queries import still_to_come
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import PoolKind, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.holders import Claim, claim_of, counted_by
from kstthc_training.registrations.queries.rules import rules_of


@dataclass(frozen=True)
class Pool:
    """A pool that is held by this unit of work."""

    id: int
    kind: PoolKind
    subject: str


@dataclass(frozen=True)
class HeldEvent:
    """An event as it is now, how it takes people in, and its pools, which nobody else changes while this unit of work
    lasts."""

    event: Event
    rules: Rules
    pools: tuple[Pool, ...]

    @property
    def whole(self) -> Pool:
        """The pool that counts everybody."""
        return next(pool for pool in self.pools if pool.kind is PoolKind.EVENT)


def open_pools(*, event_id: int, capacity: int | None) -> None:
    """Give an event its pool of seats, unlimited when `capacity` is None; a second time changes nothing."""
    db.session.execute(added_once(SeatPool, {"event_id": event_id, "kind": PoolKind.EVENT, "capacity": capacity}))


def hold_event(event_id: int) -> HeldEvent:
    """Wait for the others who move people at this event, keep them waiting until the unit of work ends, read anew."""
    pools = _lock_pools(event_id)
    newest = select(Event).where(Event.id == event_id).execution_options(populate_existing=True)
    event = db.session.scalar(newest)
    if event is None:
        raise Unknown(event_id=event_id)
    if not any(pool.kind is PoolKind.EVENT for pool in pools):
        open_pools(event_id=event_id, capacity=event.capacity)
        pools = _lock_pools(event_id)
    return HeldEvent(event, rules_of(event_id), pools)


def hold_every_coming(now: datetime) -> None:
    """Hold all events still to come, also those that know nothing yet of whom an act is about: at this very instant he may
    be registering. In the order of their ids, so that no two acts deadlock."""
    for event_id in db.session.scalars(select(Event.id).where(*still_to_come(now)).order_by(Event.id)).all():
        hold_event(event_id)


def pools_for(held: HeldEvent, claim: Claim) -> tuple[Pool, ...]:
    """The pools of which somebody takes one seat each, that of the whole event first.

    An organisation without a limit of its own gets the one for all, when there is such, at its first seat.
    """
    subjects = claim.subjects()
    applying = [pool for pool in held.pools if subjects.get(pool.kind) == pool.subject]
    own = PoolKind.ORGANISATION
    if own in subjects and all(pool.kind is not own for pool in applying) and _has_default(held):
        applying.append(_own_pool(held.event.id, subjects[own]))
    return tuple(sorted(applying, key=lambda pool: pool.kind is not PoolKind.EVENT))


def take_seats(pools: Sequence[Pool]) -> Pool | None:
    """One seat of every pool, or none at all and the pool that is full."""
    taken: list[Pool] = []
    for pool in pools:
        room = or_(SeatPool.capacity.is_(None), SeatPool.taken < SeatPool.capacity)
        if not _changed(update(SeatPool).where(SeatPool.id == pool.id, room).values(taken=SeatPool.taken + 1)):
            give_back_seats(taken)
            return pool
        taken.append(pool)
    return None


def take_all_seats(counts: Mapping[Pool, int]) -> bool:
    """So many seats of each pool at once, or none at all."""
    taken: list[tuple[Pool, int]] = []
    for pool, count in counts.items():
        room = or_(SeatPool.capacity.is_(None), SeatPool.taken + count <= SeatPool.capacity)
        if not _changed(update(SeatPool).where(SeatPool.id == pool.id, room).values(taken=SeatPool.taken + count)):
            for each, given in taken:
                give_back_seats([each], each=given)
            return False
        taken.append((pool, count))
    return True


def give_back_seats(pools: Iterable[Pool], *, each: int = 1) -> None:
    """One seat of every pool becomes free, or `each` of them."""
    for pool in pools:
        _changed(update(SeatPool).where(SeatPool.id == pool.id).values(taken=SeatPool.taken - each))


def free_seat(held: HeldEvent, registration: Registration) -> None:
    """The seat that a registration holds, if it holds one, becomes free; the registration itself must be moved then."""
    if registration.holds_seat:
        give_back_seats(pools_for(held, claim_of(registration)))


def resize(pool: Pool, capacity: int | None) -> bool:
    """Let a pool hold `capacity` seats; False when more are taken."""
    enough = true() if capacity is None else SeatPool.taken <= capacity
    return _changed(update(SeatPool).where(SeatPool.id == pool.id, enough).values(capacity=capacity))


def next_queue_number(event_id: int) -> int:
    """The next number of the event's queue; no number is given twice."""
    raised = (
        update(SeatPool)
        .where(SeatPool.event_id == event_id, SeatPool.kind == PoolKind.EVENT)
        .values(queue_last=SeatPool.queue_last + 1)
        .returning(SeatPool.queue_last)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(raised).scalar_one()


def somebody_waits(event_id: int) -> bool:
    """Whether the event's queue is not empty."""
    waiting = exists().where(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
    return bool(db.session.scalar(select(waiting)))


def _has_default(held: HeldEvent) -> bool:
    return any(pool.kind is PoolKind.ORGANISATION and not pool.subject for pool in held.pools)


def _own_pool(event_id: int, subject: str) -> Pool:
    """The pool of one organisation, opened when it is missing with the limit that is for all.

    It is looked for again first: while the event's pools were waited for, somebody else may have opened it.
    """
    if known := _found(event_id, subject):
        return known
    limit = select(SeatPool.capacity).where(
        SeatPool.event_id == event_id, SeatPool.kind == PoolKind.ORGANISATION, SeatPool.subject == ""
    )
    values = {
        "event_id": event_id, "kind": PoolKind.ORGANISATION, "subject": subject, "follows_default": True,
        "capacity": db.session.execute(limit).scalar_one(), "taken": counted_by(event_id, PoolKind.ORGANISATION, subject),
    }  # fmt: skip
    db.session.execute(added_once(SeatPool, values))
    opened = _found(event_id, subject)
    assert opened is not None  # noqa: S101 - it is there or was added
    return opened


def _found(event_id: int, subject: str) -> Pool | None:
    wanted = (PoolKind.ORGANISATION, subject)
    return next((pool for pool in _lock_pools(event_id) if (pool.kind, pool.subject) == wanted), None)


def _lock_pools(event_id: int) -> tuple[Pool, ...]:
    rows = db.session.execute(
        select(SeatPool.id, SeatPool.kind, SeatPool.subject)
        .where(SeatPool.event_id == event_id)
        .order_by(SeatPool.id)
        .with_for_update()
    )
    return tuple(Pool(*row) for row in rows)


def _changed(statement: Update) -> bool:
    changed = statement.returning(SeatPool.id).execution_options(synchronize_session=False)
    return db.session.scalar(changed) is not None
