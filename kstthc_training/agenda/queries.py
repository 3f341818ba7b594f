"""What is on: sessions by day as plain rows, each with what its reader needs to act."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Session, Venue
from kstthc_training.events.queries import known_to
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.enums import GONE, PoolKind, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.registrations.queries import SeatCount, waiting_at

Rows: TypeAlias = Select[*tuple[Any, ...]]

PAGE_OF_ENTRIES = 30
_IN_TIME = (Session.starts_at, Event.year, Event.number, Session.id)
SOON = timedelta(days=14)


class Scope(StrEnum):
    """Which events, seen from the reader."""

    ALL = "tat-ca"
    MINE = "cua-toi"
    OWNED = "phu-trach"
    PRESS = "bao-chi"


@dataclass(frozen=True)
class Wanted:
    """The filters of the agenda, as its address holds them."""

    kinds: frozenset[str] = frozenset()
    scope: Scope = Scope.ALL
    venue_id: int | None = None
    host_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """One session on the agenda, with its event's facts and the reader's own registration."""

    event_id: int
    year: int
    number: int
    title: str
    state: EventState
    state_reason: str
    kind_code: str
    kind_vi: str
    kind_en: str
    family: str
    mode: EventMode
    audience: Audience
    audience_note: str
    venue: str | None
    owner_id: int
    host_id: int | None
    event_starts_at: datetime
    event_ends_at: datetime
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    capacity: int | None
    taken: int
    waiting: int
    mine: RegistrationState | None
    starts_at: datetime
    ends_at: datetime
    position: int
    name: str
    sessions: int

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"

    @property
    def seats(self) -> SeatCount:
        """The seats of the event."""
        return SeatCount(self.capacity, self.taken, self.waiting)

    @property
    def day(self) -> date:
        """The day in the province."""
        return clock.local_date(self.starts_at)

    @property
    def name_vi(self) -> str:
        """The kind in Vietnamese, so that an entry is named like a kind."""
        return self.kind_vi

    @property
    def name_en(self) -> str:
        """The kind in English."""
        return self.kind_en


@dataclass(frozen=True)
class Agenda:
    """Whole days of entries from a day on, and where the next page begins."""

    entries: Sequence[Entry]
    next_day: date | None


@dataclass
class Soon:
    """How many events of the coming days there are, by kind and by scope, as far as the reader may see."""

    by_kind: Counter[str] = field(default_factory=Counter)
    by_scope: Counter[Scope] = field(default_factory=Counter)


class Mark(NamedTuple):
    """That there is a session: enough to count it and to choose whether to show it."""

    session_id: int
    event_id: int
    day: date


def agenda_from(*, actor: Actor, wanted: Wanted, first: date) -> Agenda:
    """The entries of the days from `first` on, at most thirty but always whole days: two statements, three on a full day."""
    begins, _end = clock.day_bounds(first, first)
    # By these two columns alone, so that an index ends the reading after thirty however much is still to come.
    in_time = _marks(actor, wanted).where(Session.starts_at >= begins).order_by(Session.starts_at, Session.id)
    found = _read_marks(in_time.limit(PAGE_OF_ENTRIES + 1))
    next_day = None
    if len(found) > PAGE_OF_ENTRIES:
        last_day = found[-1].day
        whole = [mark for mark in found if mark.day != last_day]
        next_day = last_day if whole else last_day + timedelta(days=1)
        found = whole or marks_between(actor=actor, wanted=wanted, first=last_day, last=last_day)
    return Agenda(entries_of(actor=actor, session_ids=[mark.session_id for mark in found]), next_day)


def marks_between(*, actor: Actor, wanted: Wanted, first: date, last: date) -> list[Mark]:
    """Every session of the days `first` to `last`, in the order of entries: one statement."""
    begins, ends = clock.day_bounds(first, last)
    within = _marks(actor, wanted).where(Session.starts_at >= begins, Session.starts_at < ends)
    return _read_marks(within.order_by(*_IN_TIME))


def entries_of(*, actor: Actor, session_ids: Collection[int]) -> list[Entry]:
    """The entries of sessions in order of time, as far as the reader may see them: one statement."""
    statement = _entries(actor, Wanted()).where(Session.id.in_(session_ids))
    return [Entry(*row) for row in db.session.execute(statement)]


def days_with_events(*, actor: Actor, wanted: Wanted, first: date, last: date) -> Counter[date]:
    """How many sessions each day of a span has, for the dots of a calendar: one statement."""
    begins, ends = clock.day_bounds(first, last)
    statement = _narrowed(
        select(Session.starts_at).join(Event, Event.id == Session.event_id).join(EventKind, EventKind.id == Event.kind_id),
        actor,
        wanted,
    ).where(Session.starts_at >= begins, Session.starts_at < ends)
    return Counter(clock.local_date(at) for at in db.session.scalars(statement))


def soon(*, actor: Actor, now: datetime) -> Soon:
    """The counts beside the filters, over the next fourteen days: one statement."""
    begins, ends = clock.day_bounds(clock.local_date(now), clock.local_date(now + SOON))
    mine = func.max(case((Registration.id.is_not(None), 1), else_=0))
    statement = (
        _visible(
            select(EventKind.code, Event.audience, Event.owner_id, mine)
            .join(EventKind, EventKind.id == Event.kind_id)
            .join(Session, Session.event_id == Event.id)
            .outerjoin(Registration, _own_registration(actor)),
            actor,
        )
        .where(Session.starts_at >= begins, Session.starts_at < ends)
        .group_by(Event.id, EventKind.code, Event.audience, Event.owner_id)
    )
    counts = Soon()
    for code, audience, owner_id, is_mine in db.session.execute(statement):
        counts.by_kind[code] += 1
        counts.by_scope[Scope.ALL] += 1
        counts.by_scope[Scope.MINE] += is_mine
        counts.by_scope[Scope.OWNED] += owner_id == actor.person_id
        counts.by_scope[Scope.PRESS] += audience in (Audience.PRESS, Audience.BOTH)
    return counts


def held_in_month(*, actor: Actor, day: date, now: datetime) -> int:
    """How many events of the month of `day` are over."""
    first = day.replace(day=1)
    begins, ends = clock.day_bounds(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    statement = _visible(select(func.count(Event.id)), actor).where(
        Event.ends_at >= begins,
        Event.ends_at < min(ends, now),
        Event.state.in_((EventState.RELEASED, EventState.CLOSED)),
    )
    return db.session.execute(statement).scalar_one()


def _marks(actor: Actor, wanted: Wanted) -> Rows:
    statement = (
        select(Session.id, Session.event_id, Session.starts_at)
        .join(Event, Event.id == Session.event_id)
        .join(EventKind, EventKind.id == Event.kind_id)
    )
    return _narrowed(statement, actor, wanted)


def _read_marks(statement: Rows) -> list[Mark]:
    return [Mark(number, event_id, clock.local_date(at)) for number, event_id, at in db.session.execute(statement)]


def _entries(actor: Actor, wanted: Wanted) -> Rows:
    sessions = select(func.count()).select_from(Session).where(Session.event_id == Event.id)
    count = sessions.correlate(Event).scalar_subquery()
    statement = (
        select(
            Event.id, Event.year, Event.number, Event.title, Event.state, Event.state_reason,
            EventKind.code, EventKind.name_vi, EventKind.name_en, EventKind.family,
            Event.mode, Event.audience, Event.audience_note, Venue.name, Event.owner_id, Event.host_id,
            Event.starts_at, Event.ends_at, Event.registration_opens_at, Event.registration_closes_at,
            SeatPool.capacity, func.coalesce(SeatPool.taken, 0), waiting_at(Event.id), Registration.state,
            Session.starts_at, Session.ends_at, Session.position, Session.name, count,
        )
        .select_from(Session)
        .join(Event, Event.id == Session.event_id)
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(SeatPool, and_(SeatPool.event_id == Event.id, SeatPool.kind == PoolKind.EVENT))
        .outerjoin(Registration, _own_registration(actor))
        .order_by(*_IN_TIME)
    )  # fmt: skip
    return _narrowed(statement, actor, wanted)


def _own_registration(actor: Actor) -> ColumnElement[bool]:
    return and_(
        Registration.event_id == Event.id,
        Registration.person_id == (actor.person_id or 0),
        Registration.state.not_in(GONE),
    )


def _narrowed(statement: Rows, actor: Actor, wanted: Wanted) -> Rows:
    statement = _visible(statement, actor)
    if wanted.kinds:
        statement = statement.where(EventKind.code.in_(wanted.kinds))
    if wanted.venue_id is not None:
        statement = statement.where(Event.venue_id == wanted.venue_id)
    if wanted.host_id is not None:
        statement = statement.where(Event.host_id == wanted.host_id)
    if wanted.scope is Scope.OWNED:
        statement = statement.where(Event.owner_id == actor.person_id)
    if wanted.scope is Scope.PRESS:
        statement = statement.where(Event.audience.in_((Audience.PRESS, Audience.BOTH)))
    if wanted.scope is Scope.MINE:
        own = select(Registration.id).where(_own_registration(actor)).correlate(Event).exists()
        statement = statement.where(or_(own, Event.owner_id == actor.person_id))
    return statement


def _visible(statement: Rows, actor: Actor) -> Rows:
    return statement.where(known_to(actor))
