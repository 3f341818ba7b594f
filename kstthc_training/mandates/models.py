"""Mandatory trainings: who must be trained in what by which day, and which events count as that training."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line
from kstthc_training.events.models import Event
from kstthc_training.people.models import Account, Person
from kstthc_training.plans.models import Topic


class Mandate(Base):
    """A training that listed people must attend until `due_on`, that day included, by order of a `document`.

    Whoever attended one of its events, by that event's own rule, has done it. A withdrawn one asks nothing of anybody.
    """

    __tablename__ = "mandates"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Line)
    document: Mapped[str] = mapped_column(Line, default="")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey(Topic.id), index=True)
    due_on: Mapped[date] = mapped_column(Date)
    search_text: Mapped[str] = mapped_column(Line, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    topic: Mapped[Topic | None] = relationship(lazy="raise")


class MandateEvent(Base):
    """An event that counts as a mandatory training; one event may count as several."""

    __tablename__ = "mandate_events"

    mandate_id: Mapped[int] = mapped_column(ForeignKey(Mandate.id), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True, index=True)


class MandatePerson(Base):
    """Somebody who must attend a mandatory training, unless a document exempts him."""

    __tablename__ = "mandate_people"
    __table_args__ = (CheckConstraint("(exempt_document = '') = (exempt_at IS NULL)", name="exempt_by_a_document"),)

    mandate_id: Mapped[int] = mapped_column(ForeignKey(Mandate.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    exempt_document: Mapped[str] = mapped_column(Line, default="")
    exempt_at: Mapped[datetime | None] = mapped_column(Instant)
    exempt_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
