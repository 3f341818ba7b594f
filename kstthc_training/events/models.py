"""Cuộc họp: meetings, conferences, trainings and briefings, with their sessions, agenda and venues."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, Prose, choice, held_for_search
from kstthc_training.events.enums import AttendanceRule, Audience, EventMode, EventState
from kstthc_training.ids import random_uuid
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.plans.models import PlanItem, Topic
from kstthc_training.text import fold


class EventKind(Base):
    """A kind of event, as data in both languages; `family` (hb, h, hn, th) gives its colour."""

    __tablename__ = "event_kinds"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(Line, unique=True)
    name_vi: Mapped[str] = mapped_column(Line)
    name_en: Mapped[str] = mapped_column(Line)
    family: Mapped[str] = mapped_column(Line)
    position: Mapped[int] = mapped_column(default=0)


def _folded_name(context: Any) -> str:
    return fold(context.get_current_parameters()["name"])


class Venue(Base):
    """A room or hall, with the number of people it holds; no two names differ by accents, case or spaces alone."""

    __tablename__ = "venues"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        Index("uq_venues_folded_name", "folded_name", unique=True),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Line, unique=True)
    folded_name: Mapped[str] = mapped_column(Line, default=_folded_name)
    address: Mapped[str] = mapped_column(Line, default="")
    capacity: Mapped[int | None] = mapped_column()
    is_active: Mapped[bool] = mapped_column(default=True)


class EventNumber(Base):
    """The last number given out in a year; raised by an atomic update, so that no number is given twice or again."""

    __tablename__ = "event_numbers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int] = mapped_column(default=0)


class Event(Base):
    """A cuộc họp, numbered per year at its first save for ever (`2026-118`).

    `starts_at` and `ends_at` are those of the first and last session; `held_on`, set when every session is closed,
    is the local day of the last session and decides the reporting period. A draft that was `discarded_at` an instant
    keeps its number and its history, and is found nowhere else: every selection that takes in drafts leaves it out.
    `revision` rises with every change that a reader or a calendar could see; `version` refuses a stale edit.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("year", "number", name="uq_events_number"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("(state = 'closed') = (held_on IS NOT NULL)", name="held_when_closed"),
        Index("ix_events_agenda", "starts_at", "state"),
        Index("ix_events_end", "ends_at", "state"),
        held_for_search("ix_events_search", "search_text", "starts_at", "ends_at", "state", "discarded_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    year: Mapped[int] = mapped_column()
    number: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(Line)
    kind_id: Mapped[int] = mapped_column(ForeignKey(EventKind.id), index=True)
    mode: Mapped[EventMode] = mapped_column(choice(EventMode), default=EventMode.IN_PERSON)
    state: Mapped[EventState] = mapped_column(choice(EventState), default=EventState.DRAFT)
    state_reason: Mapped[str] = mapped_column(Line, default="")
    audience: Mapped[Audience] = mapped_column(choice(Audience), default=Audience.OFFICIALS)
    audience_note: Mapped[str] = mapped_column(Line, default="")
    description: Mapped[str] = mapped_column(Prose, default="")
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id), index=True)
    online_url: Mapped[str] = mapped_column(Line, default="")
    chair: Mapped[str] = mapped_column(Line, default="")
    host_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    contact_name: Mapped[str] = mapped_column(Line, default="")
    contact_phone: Mapped[str] = mapped_column(Line, default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    capacity: Mapped[int | None] = mapped_column()
    registration_opens_at: Mapped[datetime | None] = mapped_column(Instant)
    registration_closes_at: Mapped[datetime | None] = mapped_column(Instant)
    plan_item_id: Mapped[int | None] = mapped_column(ForeignKey(PlanItem.id), index=True)
    attendance_rule: Mapped[AttendanceRule] = mapped_column(choice(AttendanceRule), default=AttendanceRule.HALF)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    held_on: Mapped[date | None] = mapped_column(Date, index=True)
    search_text: Mapped[str] = mapped_column(Line, default="")
    revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    discarded_at: Mapped[datetime | None] = mapped_column(Instant)

    kind: Mapped[EventKind] = relationship(lazy="raise")
    venue: Mapped[Venue | None] = relationship(lazy="raise")
    host: Mapped[Organisation | None] = relationship(lazy="raise")
    owner: Mapped[Person] = relationship(lazy="raise")
    plan_item: Mapped[PlanItem | None] = relationship(lazy="raise")
    sessions: Mapped[list["Session"]] = relationship(
        lazy="raise", back_populates="event", order_by="Session.position", cascade="all, delete-orphan"
    )
    agenda_items: Mapped[list["AgendaItem"]] = relationship(
        lazy="raise", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    topics: Mapped[list[Topic]] = relationship(lazy="raise", secondary="event_topics", order_by=Topic.position)
    door_staff: Mapped[list["DoorStaff"]] = relationship(lazy="raise", viewonly=True)

    @property
    def code(self) -> str:
        """The number in addresses and papers: `2026-118`."""
        return f"{self.year}-{self.number}"


class Session(Base):
    """A buổi: the unit of attendance and of calendar entries.

    `uid` never changes; `sequence` rises by RFC 5546 2.1.4; `changed_at` is the entry's DTSTAMP and LAST-MODIFIED.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("event_id", "position", name="uq_sessions_position"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("sequence >= 0", name="sequence_not_negative"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    position: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Line, default="")
    starts_at: Mapped[datetime] = mapped_column(Instant, index=True)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=random_uuid)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)

    event: Mapped[Event] = relationship(lazy="raise", back_populates="sessions")


class AgendaItem(Base):
    """One line of the programme, in the session it belongs to: when, what, and who presents it."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("event_id", "position", name="uq_agenda_items_position"),
        CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="starts_before_it_ends"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    position: Mapped[int] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    title: Mapped[str] = mapped_column(Line)
    speakers: Mapped[str] = mapped_column(Line, default="")


class EventTopic(Base):
    """An event treats a topic of the plan."""

    __tablename__ = "event_topics"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey(Topic.id), primary_key=True, index=True)


class DoorStaff(Base):
    """A person who may take attendance at the door of one event, and nothing else of it."""

    __tablename__ = "door_staff"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)

    person: Mapped[Person] = relationship(lazy="raise")
