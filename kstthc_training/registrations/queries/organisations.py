"""What a focal point works with: events that wait for names, those already given, and the people of the organisation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Venue
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import GONE, PoolKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.registrations.policy import Belonging
from kstthc_training.registrations.queries.replaced import replaced_name
from kstthc_training.registrations.queries.seats import SeatCount, waiting_at

STILL_SHOWN = timedelta(days=30)
YEAR = timedelta(days=365)
_HELD = (EventState.RELEASED, EventState.CLOSED)


class OpenEvent(NamedTuple):
    """An event that waits for names: when, where, its window, and the seats that are left (`capacity` None: no limit)."""

    id: int
    year: int
    number: int
    title: str
    family: str
    name_vi: str
    name_en: str
    mode: EventMode
    starts_at: datetime
    ends_at: datetime
    venue: str
    opens_at: datetime | None
    closes_at: datetime | None
    capacity: int | None
    taken: int
    waiting: int

    @property
    def code(self) -> str:
        """The event's number in addresses."""
        return f"{self.year}-{self.number}"

    @property
    def seats(self) -> SeatCount:
        """The seats of the event."""
        return SeatCount(self.capacity, self.taken, self.waiting)


class Named(NamedTuple):
    """One person whom an organisation has at an event."""

    registration_id: int
    full_name: str
    state: RegistrationState


@dataclass(frozen=True)
class AnsweredEvent:
    """An event at which an organisation has people."""

    code: str
    title: str
    event_state: EventState
    starts_at: datetime
    closes_at: datetime | None
    people: Sequence[Named]

    @property
    def seated(self) -> int:
        """How many of them have a seat."""
        return sum(person.state is RegistrationState.CONFIRMED for person in self.people)


class NamedPerson(NamedTuple):
    """Somebody whom an organisation has at an event; `place` is that in the queue, None for who has a seat; `replaces`
    names the one whose place a substitute took."""

    registration_id: int
    person_id: int
    full_name: str
    title: str
    state: RegistrationState
    source: RegistrationSource
    ticket_code: str
    place: int | None
    replaces: str


@dataclass(frozen=True)
class YearFigures:
    """The last twelve months of an organisation: events it had people at, and how many people that were in all."""

    events: int
    people: int


def open_events(organisation_id: int, *, belonging: Belonging, now: datetime) -> list[OpenEvent]:
    """Events to come that are meant for an organisation, not closed for registration, where it has nobody yet."""
    has_people = exists().where(
        Registration.event_id == Event.id,
        Registration.organisation_id == organisation_id,
        Registration.state.not_in(GONE),
    )
    pool = and_(SeatPool.event_id == Event.id, SeatPool.kind == PoolKind.EVENT)
    rows = db.session.execute(
        select(
            Event.id, Event.year, Event.number, Event.title, EventKind.family, EventKind.name_vi, EventKind.name_en,
            Event.mode, Event.starts_at, Event.ends_at, func.coalesce(Venue.name, ""),
            Event.registration_opens_at, Event.registration_closes_at,
            SeatPool.capacity, func.coalesce(SeatPool.taken, 0), waiting_at(Event.id),
        )
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(SeatPool, pool)
        .where(Event.state == EventState.RELEASED, Event.starts_at > now, ~has_people)
        .where(or_(Event.registration_closes_at.is_(None), Event.registration_closes_at > now))
        .where(_inviting(belonging))
        .order_by(func.coalesce(Event.registration_closes_at, Event.starts_at), Event.id)
    )  # fmt: skip
    return [OpenEvent._make(row) for row in rows]


def answered_events(organisation_id: int, *, now: datetime) -> list[AnsweredEvent]:
    """Events at which an organisation has people: those to come and those of the last thirty days, in order of time."""
    rows = db.session.execute(
        select(
            Event.id, Event.year, Event.number, Event.title, Event.state, Event.starts_at, Event.registration_closes_at,
            Registration.id, Person.full_name, Registration.state,
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.organisation_id == organisation_id,
            Registration.state.not_in(GONE),
            Event.ends_at > now - STILL_SHOWN,
        )
        .order_by(Event.starts_at, Event.id, Person.sort_key, Registration.id)
    )  # fmt: skip
    grouped = groupby((tuple(row) for row in rows), key=lambda row: row[:7])
    return [
        AnsweredEvent(f"{year}-{number}", title, state, starts_at, closes_at, [Named._make(row[7:]) for row in people])
        for (_id, year, number, title, state, starts_at, closes_at), people in grouped
    ]


def year_figures(organisation_id: int, *, now: datetime) -> YearFigures:
    """How much an organisation took part from twelve months ago until now, by those who had a seat: one statement."""
    row = db.session.execute(
        select(func.count(Event.id.distinct()), func.count())
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.organisation_id == organisation_id,
            Registration.state == RegistrationState.CONFIRMED,
            Event.ends_at <= now,
            Event.ends_at > now - YEAR,
            Event.state.in_(_HELD),
        )
    ).one()
    return YearFigures(*row)


def _inviting(belonging: Belonging) -> ColumnElement[bool]:
    """`policy.is_invited` as a condition."""
    audience = Audience.PRESS if belonging.is_press else Audience.OFFICIALS
    internal = and_(Event.audience == Audience.INTERNAL, Event.host_id.in_(belonging.bodies))
    return or_(Event.audience.in_((audience, Audience.BOTH)), internal)


def organisations_of(organisation_ids: Collection[int]) -> list[Organisation]:
    """Organisations with their kind, in the order of their names."""
    statement = select(Organisation).where(Organisation.id.in_(organisation_ids)).options(joinedload(Organisation.kind))
    return list(db.session.scalars(statement.order_by(Organisation.sort_key, Organisation.id)))


def named_people(organisation_id: int, *, event_id: int) -> list[NamedPerson]:
    """The people of an organisation at one event, those with a seat first, those who wait by their place: one statement."""
    waiting = and_(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
    place = func.row_number().over(order_by=Registration.queue_number)
    places = select(Registration.id, place.label("place")).where(waiting).subquery()
    rows = db.session.execute(
        select(
            Registration.id, Registration.person_id, Person.full_name, Registration.title_then,
            Registration.state, Registration.source, Registration.ticket_code, places.c.place, replaced_name(),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(places, places.c.id == Registration.id)
        .where(
            Registration.event_id == event_id,
            Registration.organisation_id == organisation_id,
            Registration.state.not_in(GONE),
        )
        .order_by(places.c.place.is_not(None), places.c.place, Person.sort_key, Registration.id)
    )  # fmt: skip
    return [NamedPerson._make(row) for row in rows]


def get_named(organisation_id: int, *, event_id: int, registration_id: int | None) -> Registration:
    """The registration of an organisation's person at an event, in any state, with the person; else `Unknown`."""
    registration = db.session.scalar(
        select(Registration)
        .where(
            Registration.id == registration_id,
            Registration.event_id == event_id,
            Registration.organisation_id == organisation_id,
        )
        .options(joinedload(Registration.person))
    )
    if registration is None:
        raise Unknown(registration_id=registration_id)
    return registration
