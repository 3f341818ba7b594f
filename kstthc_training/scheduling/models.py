"""What calendars of people were told by mail, and who wants to be told so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Event, Session
from kstthc_training.people.models import Person
from kstthc_training.scheduling.enums import CalendarMail, Method, PartStat


class CalendarContent(Base):
    """What an entry said, whoever it was sent to: kept under its own hash, so that a later letter can tell what changed."""

    __tablename__ = "calendar_contents"

    digest: Mapped[str] = mapped_column(Line, primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class CalendarSending(Base):
    """One session in one person's calendar: whether it is `wanted` there, and what was sent of it last.

    `method` is None while nothing was sent. Of what was sent: the address and name asked at, the organizer's address, the
    SEQUENCE, the content's `digest` and the DTSTAMP, which later objects go by. `raised` is how far this person's SEQUENCE
    is above the session's, by removals and returns. The session is None once it was taken out of its event. What he
    answered last stands with the SEQUENCE and the DTSTAMP of his reply.
    """

    __tablename__ = "calendar_sendings"
    __table_args__ = (
        UniqueConstraint("person_id", "uid", name="uq_calendar_sendings_uid"),
        CheckConstraint("(method IS NULL) = (sequence IS NULL)", name="sent_with_a_sequence"),
        CheckConstraint("(method IS NULL) = (stamped_at IS NULL)", name="sent_with_a_stamp"),
        CheckConstraint("raised >= 0", name="raised_not_negative"),
        Index("ix_calendar_sendings_event", "event_id", "person_id"),
        Index("ix_calendar_sendings_address", "event_id", "email"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    session_id: Mapped[int | None] = mapped_column(ForeignKey(Session.id, ondelete="SET NULL"), index=True)
    uid: Mapped[UUID] = mapped_column(Uuid)
    wanted: Mapped[bool] = mapped_column(default=True)
    email: Mapped[str] = mapped_column(Line, default="")
    attendee_name: Mapped[str] = mapped_column(Line, default="")
    organizer: Mapped[str] = mapped_column(Line, default="")
    method: Mapped[Method | None] = mapped_column(choice(Method))
    sequence: Mapped[int | None] = mapped_column()
    raised: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(ForeignKey(CalendarContent.digest))
    stamped_at: Mapped[datetime | None] = mapped_column(Instant)
    partstat: Mapped[PartStat] = mapped_column(choice(PartStat, name="partstat"), default=PartStat.NEEDS_ACTION)
    reply_sequence: Mapped[int | None] = mapped_column()
    reply_stamped_at: Mapped[datetime | None] = mapped_column(Instant)


class CalendarChoice(Base):
    """How somebody wants his calendar to be told, and when a program last read a feed of his."""

    __tablename__ = "calendar_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, autoincrement=False)
    mail: Mapped[CalendarMail] = mapped_column(choice(CalendarMail), default=CalendarMail.AUTO)
    subscribed_at: Mapped[datetime | None] = mapped_column(Instant)
