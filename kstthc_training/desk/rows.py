"""The rows of the desk's list of events: filtered, counted and paged by the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Venue
from kstthc_training.events.queries import NOT_DISCARDED
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import PoolKind
from kstthc_training.registrations.models import SeatPool
from kstthc_training.registrations.queries import SeatCount, waiting_at
from kstthc_training.text import search_words

PAGE = 50


class Group(StrEnum):
    """The three heaps of events, by the word in addresses."""

    DRAFT = "du-thao"
    UPCOMING = "sap-toi"
    FINISHED = "da-ket-thuc"


@dataclass(frozen=True)
class DeskRow:
    """One event in the list, with its seats: `capacity` None is without limit."""

    year: int
    number: int
    title: str
    kind_vi: str
    kind_en: str
    family: str
    mode: EventMode
    state: EventState
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    audience: Audience
    host_id: int | None
    venue: str | None
    owner: str
    capacity: int | None
    taken: int
    waiting: int

    @property
    def code(self) -> str:
        """The event's number: `2026-118`."""
        return f"{self.year}-{self.number}"

    @property
    def seats(self) -> SeatCount:
        """The seats of the event."""
        return SeatCount(self.capacity, self.taken, self.waiting)


@dataclass(frozen=True)
class DeskPage:
    """A page of one heap, and how many events match in each heap."""

    rows: list[DeskRow]
    counts: dict[Group, int]
    number: int
    total: int


def desk_page(*, group: Group, words: str, number: int, now: datetime) -> DeskPage:
    """Page `number` (from 1) of a heap, narrowed to events whose folded text holds every word: two statements.

    Drafts and coming events begin with the soonest, finished ones with the latest.
    """
    matching = [Event.search_text.contains(word, autoescape=True) for word in search_words(words)]
    heaps = {heap: _belongs(heap, now) for heap in Group}
    counted = db.session.execute(
        select(*(func.count().filter(condition) for condition in heaps.values())).select_from(Event).where(*matching)
    ).one()
    counts = dict(zip(heaps, counted, strict=True))
    number = max(1, min(number, -(-counts[group] // PAGE)))
    order = Event.starts_at.desc() if group is Group.FINISHED else Event.starts_at.asc()
    listed = _listed().where(heaps[group], *matching).order_by(order, Event.id).limit(PAGE).offset((number - 1) * PAGE)
    return DeskPage([DeskRow(*row) for row in db.session.execute(listed)], counts, number, counts[group])


def _belongs(group: Group, now: datetime) -> ColumnElement[bool]:
    if group is Group.DRAFT:
        return and_(Event.state == EventState.DRAFT, NOT_DISCARDED)
    coming = or_(
        Event.state == EventState.POSTPONED, and_(Event.state == EventState.RELEASED, Event.ends_at > now)
    )  # fmt: skip
    return coming if group is Group.UPCOMING else and_(Event.state != EventState.DRAFT, ~coming)


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Event.year, Event.number, Event.title, EventKind.name_vi, EventKind.name_en, EventKind.family, Event.mode,
            Event.state, Event.starts_at, Event.ends_at, Event.registration_opens_at, Event.registration_closes_at,
            Event.audience, Event.host_id, Venue.name, Person.full_name, SeatPool.capacity,
            func.coalesce(SeatPool.taken, 0), waiting_at(Event.id),
        )
        .join(EventKind, EventKind.id == Event.kind_id)
        .join(Person, Person.id == Event.owner_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(SeatPool, and_(SeatPool.event_id == Event.id, SeatPool.kind == PoolKind.EVENT))
    )  # fmt: skip
