"""When the people of an event are reminded, which reminders an organizer left out, and which were written to whom."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Line
from kstthc_training.events.models import Event
from kstthc_training.people.models import Account


class ReminderRules(Base):
    """How long before an event those with a seat are reminded, in minutes, and how many days before the deadline those who
    owe names; where the event does not do as the office usually does."""

    __tablename__ = "reminder_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True, autoincrement=False)
    minutes_before: Mapped[list[int]] = mapped_column(JSON)
    names_days: Mapped[list[int]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)


class ReminderSkip(Base):
    """A reminder that an organizer decided to leave out; `mark` names it with the instant that it reminds of, so that a
    moved event has others."""

    __tablename__ = "reminder_skips"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True)
    mark: Mapped[str] = mapped_column(Line, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))


class ReminderSending(Base):
    """A reminder was written to one recipient (`registration:57`, `invitation:7`): the key lets it be written once."""

    __tablename__ = "reminder_sendings"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True)
    mark: Mapped[str] = mapped_column(Line, primary_key=True)
    recipient: Mapped[str] = mapped_column(Line, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
