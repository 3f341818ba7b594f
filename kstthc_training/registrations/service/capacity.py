"""How many seats an event has: never fewer than are taken, and more of them go to those who wait."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import Vacancy
from kstthc_training.registrations.errors import BelowTaken, SeatsSettled
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.seats import seat_count
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, hold_event, resize
from kstthc_training.registrations.service.steps import raise_calendar_revisions


def set_capacity(*, actor: Actor, event: Event, capacity: int | None, now: datetime) -> list[Registration]:
    """Let an event have `capacity` seats (None: no limit); the answer is who moved up from the queue.

    Raises `NotAllowed`, `SeatsSettled` for an event that was cancelled or held, and `BelowTaken` with the seats that are
    taken. Nobody moves up once the event began.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event.id)
    held = hold_event(event.id)
    if not policy.may_resize(held.event):
        raise SeatsSettled(state=held.event.state)
    before = held.event.capacity
    if before != capacity:
        held.event.capacity = capacity
        held.event.version += 1
        held.event.revision += 1
        held.event.changed_at = now
        record(
            actor=actor, action="event.capacity_set", subject_type="event", subject_id=event.id, now=now,
            before=before, after=capacity,
        )  # fmt: skip
        db.session.flush()
    return fit_seats(actor=actor, held=held, now=now)


def fit_seats(*, actor: Actor, held: HeldEvent, now: datetime) -> list[Registration]:
    """Let the pool hold as many seats as its event says, and give new ones to those who wait."""
    if not resize(held.whole, held.event.capacity):
        raise BelowTaken(capacity=held.event.capacity, taken=seat_count(held.event.id).taken)
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.CAPACITY_RAISED, now=now)
    raise_calendar_revisions(registration.person_id for registration in promoted)
    return promoted
