"""A person's own registrations, those to come and those that were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Venue
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


class OwnRegistration(NamedTuple):
    """One event a person is registered for; `place` is that in the queue, None for who has a seat."""

    registration_id: int
    event_id: int
    year: int
    number: int
    title: str
    family: str
    kind_vi: str
    kind_en: str
    event_state: EventState
    mode: EventMode
    starts_at: datetime
    ends_at: datetime
    venue: str
    state: RegistrationState
    ticket_code: str
    offer_ends_at: datetime | None
    place: int | None

    @property
    def code(self) -> str:
        """The event's number in addresses."""
        return f"{self.year}-{self.number}"

    @property
    def name_vi(self) -> str:
        """The kind in Vietnamese, for the filter `named`."""
        return self.kind_vi

    @property
    def name_en(self) -> str:
        """The kind in English."""
        return self.kind_en


@dataclass(frozen=True)
class OwnRegistrations:
    """What is to come, the next one first, and what was, the last one first; those taken back are in neither,
    those refused only while the event is to come."""

    upcoming: Sequence[OwnRegistration]
    past: Sequence[OwnRegistration]


def registrations_of(person_id: int, *, now: datetime) -> OwnRegistrations:
    """A person's registrations, drafts left out as nobody but who makes them knows of them: one statement. An event is past
    from its end on.
    """
    ahead = aliased(Registration)
    waiting = and_(
        ahead.event_id == Registration.event_id,
        ahead.state == RegistrationState.WAITING,
        ahead.queue_number <= Registration.queue_number,
    )
    place = select(func.count()).select_from(ahead).where(waiting).correlate(Registration).scalar_subquery()
    rows = db.session.execute(
        select(
            Registration.id, Event.id, Event.year, Event.number, Event.title,
            EventKind.family, EventKind.name_vi, EventKind.name_en, Event.state, Event.mode,
            Event.starts_at, Event.ends_at, func.coalesce(Venue.name, ""),
            Registration.state, Registration.ticket_code, Registration.offer_ends_at, func.nullif(place, 0),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .where(Registration.person_id == person_id, Registration.state != RegistrationState.CANCELLED)
        .where(Event.state != EventState.DRAFT)
        .order_by(Event.starts_at, Event.id)
    )  # fmt: skip
    own = [OwnRegistration._make(row) for row in rows]
    return OwnRegistrations(
        upcoming=[row for row in own if now < row.ends_at],
        past=[row for row in reversed(own) if row.ends_at <= now and row.state is not RegistrationState.REFUSED],
    )
