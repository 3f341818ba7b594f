"""How many seats an event has, and where somebody stands in its queue."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from kstthc_training.db import db
from kstthc_training.registrations.enums import PoolKind, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool


@dataclass(frozen=True)
class SeatCount:
    """Seats of an event, unlimited when `capacity` is None; `waiting` persons stand in its queue."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Seats that the next to register could take; None when unlimited, none while somebody waits."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        """Whether the next to register will wait."""
        return self.free == 0


NO_SEATS = SeatCount(None, 0, 0)


def seat_counts(event_ids: Collection[int]) -> dict[int, SeatCount]:
    """The seats of several events by event: one statement."""
    if not event_ids:
        return {}
    rows = db.session.execute(
        select(SeatPool.event_id, SeatPool.capacity, SeatPool.taken, waiting_at(SeatPool.event_id)).where(
            SeatPool.event_id.in_(event_ids), SeatPool.kind == PoolKind.EVENT
        )
    )
    return {event_id: SeatCount(capacity, taken, waiting) for event_id, capacity, taken, waiting in rows}


def waiting_at(event_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """How many wait at the event of a larger statement's row, whose column with the event's id is given."""
    waiting = aliased(Registration)
    counted = select(func.count()).select_from(waiting)
    wanted = counted.where(waiting.event_id == event_id, waiting.state == RegistrationState.WAITING)
    return wanted.correlate(event_id.class_).scalar_subquery()


def seat_count(event_id: int) -> SeatCount:
    """The seats of one event; one that was never given any is unlimited."""
    return seat_counts([event_id]).get(event_id, NO_SEATS)


def place_in_queue(registration: Registration) -> int | None:
    """How many stand before somebody in the queue, himself included; None when he does not wait."""
    if registration.queue_number is None:
        return None
    ahead = select(func.count()).where(
        Registration.event_id == registration.event_id,
        Registration.state == RegistrationState.WAITING,
        Registration.queue_number <= registration.queue_number,
    )
    return db.session.execute(ahead).scalar_one()


def seated_of(event_id: int, person_ids: Collection[int]) -> set[int]:
    """Those of some people who have a seat at an event: one statement."""
    seated = (Registration.event_id == event_id) & (Registration.state == RegistrationState.CONFIRMED)
    return set(db.session.scalars(select(Registration.person_id).where(seated, Registration.person_id.in_(person_ids))))
