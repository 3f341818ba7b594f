"""Seats and places in the queue: taken, given back and numbered by atomic updates, under one lock per event.

Every verb that moves somebody holds the event's pools first. On PostgreSQL that is the row lock that puts the verbs of
one event in a line; on SQLite the unit of work holds the one write lock already. The conditions stand in the updates
and in the table besides, so that no way in can oversell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Update, exists, or_, select, true, update

from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import PoolKind, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool


@dataclass(frozen=True)
class Pool:
    """A pool that is held by this unit of work."""

    id: int
    kind: PoolKind
    subject: str


@dataclass(frozen=True)
class HeldEvent:
    """An event as it is now, and its pools, which nobody else changes while this unit of work lasts."""

    event: Event
    pools: tuple[Pool, ...]

    def applying(self) -> tuple[Pool, ...]:
        """The pools of which a person takes one seat each: at present the one that counts everybody."""
        return tuple(pool for pool in self.pools if pool.kind is PoolKind.EVENT)


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
    if not pools:
        open_pools(event_id=event_id, capacity=event.capacity)
        pools = _lock_pools(event_id)
    return HeldEvent(event, pools)


def take_seats(pools: Sequence[Pool]) -> bool:
    """One seat of every pool, or none at all and False when one is full."""
    taken: list[Pool] = []
    for pool in pools:
        room = or_(SeatPool.capacity.is_(None), SeatPool.taken < SeatPool.capacity)
        if not _changed(update(SeatPool).where(SeatPool.id == pool.id, room).values(taken=SeatPool.taken + 1)):
            give_back_seats(taken)
            return False
        taken.append(pool)
    return True


def give_back_seats(pools: Sequence[Pool]) -> None:
    """One seat of every pool becomes free."""
    for pool in pools:
        _changed(update(SeatPool).where(SeatPool.id == pool.id).values(taken=SeatPool.taken - 1))


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
