"""What a feed holds, and whether it changed since a reader last looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock, ids
from kstthc_training.calendars.errors import NoSuchFeed
from kstthc_training.calendars.models import CalendarEntry, Feed
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration

FEED_PURPOSE = "feed:mine"
DAYS_BACK = timedelta(days=90)
DAYS_AHEAD = timedelta(days=365)
CANCELLED_STAY = timedelta(days=30)


@dataclass(frozen=True)
class Subscriber:
    """Whose feed an address opens: a person's own, with what its validator is made of."""

    person_id: int
    full_name: str
    calendar_revision: int
    generation: int
    used_at: datetime | None
    used_by: str


@dataclass(frozen=True)
class Kept:
    """A session of a feed: the entry last rendered, None when there is none of its event's present revision."""

    session_id: int
    event_id: int
    starts_at: datetime
    revision: int
    body: str | None


def feed_secret(key: bytes, *, person_id: int, generation: int) -> str:
    """The part of a feed's address that is secret: derived, shown again at will, dead once `generation` rises."""
    return ids.address_secret(key, purpose=FEED_PURPOSE, owner=person_id, generation=generation)


def get_subscriber(*, secret: str, key: bytes) -> Subscriber:
    """Whose feed lies at a secret address: one statement; `NoSuchFeed` for all that is wrong, alike."""
    owner = ids.owner_of(secret)
    subscriber = find_subscriber(owner) if owner is not None else None
    if subscriber is None:
        raise NoSuchFeed()
    right = feed_secret(key, person_id=subscriber.person_id, generation=subscriber.generation)
    if not ids.same_secret(right, secret):
        raise NoSuchFeed()
    return subscriber


def find_subscriber(person_id: int) -> Subscriber | None:
    """A person with an account that is not disabled, and the state of the feed; generation 1 until it is renewed."""
    row = db.session.execute(_SUBSCRIBER, {"person": person_id}).one_or_none()
    return Subscriber(*row) if row else None


def validator(subscriber: Subscriber, *, today: date) -> str:
    """What the feed's ETag and age follow from: revisions of the person and the events, and the window's day."""
    count, revisions = db.session.execute(_REVISIONS, _window(subscriber.person_id, today)).one()
    parts = (subscriber.person_id, subscriber.generation, subscriber.calendar_revision, count, revisions, today)
    return ids.secret_hash(repr(parts))[:32]


def kept_entries(subscriber: Subscriber, *, today: date, circle: str) -> list[Kept]:
    """Every session of the feed, the nearest to today first: one statement."""
    current = and_(
        CalendarEntry.session_id == Session.id,
        CalendarEntry.circle == circle,
        CalendarEntry.revision == Event.revision,
    )
    entries = select(Session.id, Session.event_id, Session.starts_at, Event.revision, CalendarEntry.body)
    statement = _in_feed(entries).outerjoin(CalendarEntry, current)
    rows = [Kept(*row) for row in db.session.execute(statement, _window(subscriber.person_id, today))]
    noon, _end = clock.day_bounds(today, today)
    return sorted(rows, key=lambda kept: (abs(kept.starts_at - noon), kept.session_id))


def events_with_sessions(event_ids: Sequence[int]) -> list[Event]:
    """Events with all that an entry shows of them: two statements."""
    statement = (
        select(Event)
        .where(Event.id.in_(event_ids))
        .options(joinedload(Event.kind), joinedload(Event.venue), joinedload(Event.host), selectinload(Event.sessions))
    )
    return list(db.session.scalars(statement))


def is_registered(*, event_id: int, person_id: int | None) -> bool:
    """Whether a person has a seat at an event, and so its online address."""
    statement = select(Registration.id).where(
        Registration.event_id == event_id,
        Registration.person_id == (person_id or 0),
        Registration.state == RegistrationState.CONFIRMED,
    )
    return db.session.scalar(statement) is not None


def _in_feed(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement about the sessions of one feed; `_window` gives its values."""
    called_off = Event.state.in_((EventState.CANCELLED, EventState.POSTPONED))
    return (
        statement.select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .join(Session, Session.event_id == Event.id)
        .where(Registration.person_id == bindparam("person"), Registration.state == RegistrationState.CONFIRMED)
        .where(Session.starts_at >= bindparam("begins"), Session.starts_at < bindparam("ends"))
        .where(Event.state != EventState.DRAFT, or_(~called_off, Event.changed_at >= bindparam("forgotten")))
    )


def _window(person_id: int, today: date) -> dict[str, Any]:
    begins, ends = clock.day_bounds(today - DAYS_BACK, today + DAYS_AHEAD)
    forgotten, _end = clock.day_bounds(today - CANCELLED_STAY, today)
    return {"person": person_id, "begins": begins, "ends": ends, "forgotten": forgotten}


# Built once: a polled feed asks these two and nothing else, and building a statement takes longer than asking it.
_SUBSCRIBER = (
    select(
        Person.id, Person.full_name, Person.calendar_revision,
        func.coalesce(Feed.generation, 1), Feed.used_at, func.coalesce(Feed.used_by, ""),
    )
    .join(Account, Account.person_id == Person.id)
    .outerjoin(Feed, Feed.person_id == Person.id)
    .where(Person.id == bindparam("person"), Account.disabled_at.is_(None))
)  # fmt: skip
_REVISIONS = _in_feed(select(func.count(), func.coalesce(func.sum(Event.revision), 0)))
