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
from kstthc_training.events.models import Event, EventKind, Session, Venue
from kstthc_training.ical import Language
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration

FEED_PURPOSE = "feed:mine"
DAYS_BACK = timedelta(days=90)
DAYS_AHEAD = timedelta(days=365)
CANCELLED_STAY = timedelta(days=30)
# Raised whenever the same event comes to other octets than before; a test holds the octets of each version.
RENDERING = 2


@dataclass(frozen=True)
class Subscriber:
    """Whose feed an address opens: a person's own, in which language, and what it last went out with."""

    person_id: int
    full_name: str
    calendar_revision: int
    language: Language
    generation: int
    used_at: datetime | None
    used_by: str
    tag: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Rendering:
    """How entries are written: for which circle of readers, in which language, with links to which site."""

    circle: str
    language: Language
    site: str

    @property
    def kept_as(self) -> str:
        """The circle of readers who are shown the same words."""
        return f"{self.circle}:{self.language}"

    def made_of(self, *names: str | None) -> str:
        """What stands for an entry's words besides those of its event: the way of rendering, and names of others."""
        return ids.secret_hash(repr((RENDERING, self.site, *names)))[:32]


@dataclass(frozen=True)
class Kept:
    """A session of a feed: the entry last rendered, None when there is none of its event's present revision and names."""

    session_id: int
    event_id: int
    starts_at: datetime
    made_of: str
    body: str | None


def feed_secret(key: bytes, *, person_id: int, generation: int) -> str:
    """The part of a feed's address that is secret: derived, shown again at will, dead once `generation` rises."""
    return ids.address_secret(key, purpose=FEED_PURPOSE, owner=person_id, generation=generation)


def get_subscriber(*, secret: str, key: bytes) -> Subscriber:
    """Whose feed lies at a secret address: one statement, unless the address is of a row that was united with another;
    `NoSuchFeed` for all that is wrong, alike."""
    owner = ids.owner_of(secret)
    subscriber = find_subscriber(owner) if owner is not None else None
    if subscriber is None:
        return _subscriber_led_to(owner, secret=secret, key=key)
    right = feed_secret(key, person_id=subscriber.person_id, generation=subscriber.generation)
    if not ids.same_secret(right, secret):
        raise NoSuchFeed()
    return subscriber


def _subscriber_led_to(owner: int | None, *, secret: str, key: bytes) -> Subscriber:
    """Whose feed lies at the address of a row that was united with another, and whose account went over to it."""
    led = (
        select(Person.merged_into_id, func.coalesce(Feed.generation, 1))
        .outerjoin(Feed, Feed.person_id == Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == owner, Account.id.is_(None))
    )
    to, generation = next(iter(db.session.execute(led)), (None, 0))
    right = feed_secret(key, person_id=owner or 0, generation=generation)
    while to is not None and ids.same_secret(right, secret):
        if subscriber := find_subscriber(to):
            return subscriber
        to = db.session.scalar(select(Person.merged_into_id).where(Person.id == to))
    raise NoSuchFeed()


def find_subscriber(person_id: int) -> Subscriber | None:
    """A person with an account that is not disabled, and the state of the feed; generation 1 until it is renewed."""
    row = db.session.execute(_SUBSCRIBER, {"person": person_id}).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    is_english = values.pop("locale") == Language.ENGLISH
    return Subscriber(language=Language.ENGLISH if is_english else Language.VIETNAMESE, **values)


def validator(subscriber: Subscriber, *, today: date, rendering: Rendering, told: Sequence[str]) -> str:
    """What the feed's ETag and age follow from: one statement over the person's events, their kinds and their rooms.

    The window's day is in it, as what leaves the window changes the feed without an edit; so are the names of others in
    its entries, the way of rendering, and `told`, what the feed says of itself. Sums weighted by number tell one event
    from another.
    """
    held = [tuple(row) for row in db.session.execute(_REVISIONS, _window(subscriber.person_id, today))]
    parts = (subscriber.person_id, subscriber.generation, subscriber.calendar_revision, today, *told)
    return ids.secret_hash(repr((parts, rendering.kept_as, rendering.made_of(), held)))[:32]


def kept_entries(subscriber: Subscriber, *, today: date, rendering: Rendering) -> list[Kept]:
    """Every session of the feed, the nearest to today first: one statement."""
    entry = CalendarEntry
    current = and_(
        entry.session_id == Session.id, entry.circle == rendering.kept_as, entry.revision == Event.revision
    )  # fmt: skip
    entries = select(Session.id, Session.event_id, Session.starts_at, *_NAMES, entry.made_of, entry.body)
    statement = (
        _in_feed(entries)
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(entry, current)
    )
    made_of: dict[tuple[str | None, ...], str] = {}
    kept = []
    for row in db.session.execute(statement, _window(subscriber.person_id, today)):
        names = tuple(row[3:7])
        wanted = made_of.get(names) or made_of.setdefault(names, rendering.made_of(*names))
        kept.append(Kept(row[0], row[1], row[2], wanted, row[8] if row[7] == wanted else None))
    noon, _end = clock.day_bounds(today, today)
    return sorted(kept, key=lambda one: (abs(one.starts_at - noon), one.session_id))


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


# Built once: a polled feed asks these two and the office's names, and building a statement takes longer than asking it.
_SUBSCRIBER = (
    select(
        Person.id.label("person_id"), Person.full_name, Person.calendar_revision, Account.locale,
        func.coalesce(Feed.generation, 1).label("generation"), Feed.used_at,
        func.coalesce(Feed.used_by, "").label("used_by"), func.coalesce(Feed.tag, "").label("tag"), Feed.changed_at,
    )
    .join(Account, Account.person_id == Person.id)
    .outerjoin(Feed, Feed.person_id == Person.id)
    .where(Person.id == bindparam("person"), Account.disabled_at.is_(None))
)  # fmt: skip
_NAMES = (EventKind.name_vi, EventKind.name_en, Venue.name, Venue.address)
_GROUPS = (
    _in_feed(
        select(
            Event.kind_id, Event.venue_id, func.count().label("sessions"), func.sum(Session.id).label("which"),
            func.sum(Event.revision).label("revisions"), func.sum(Event.id * Event.revision).label("weighted"),
        )
    )
    .group_by(Event.kind_id, Event.venue_id)
    .subquery()
)  # fmt: skip
_REVISIONS = (
    select(_GROUPS, *(func.coalesce(name, "") for name in _NAMES))
    .join(EventKind, EventKind.id == _GROUPS.c.kind_id)
    .outerjoin(Venue, Venue.id == _GROUPS.c.venue_id)
    .order_by(_GROUPS.c.kind_id, _GROUPS.c.venue_id)
)
