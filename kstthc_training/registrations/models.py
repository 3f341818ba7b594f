"""Who comes: registrations, the seats they take, and every step they made."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import PoolKind, RegistrationSource, RegistrationState


class SeatPool(Base):
    """Seats that are counted together; `taken` is raised and lowered by atomic updates only and never passes `capacity`.

    `queue_last` is the last number given out in this event's queue (pools of kind `event` only).
    """

    __tablename__ = "seat_pools"
    __table_args__ = (
        UniqueConstraint("event_id", "kind", "subject", name="uq_seat_pools_subject"),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="never_oversold"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    kind: Mapped[PoolKind] = mapped_column(choice(PoolKind), default=PoolKind.EVENT)
    subject: Mapped[str] = mapped_column(Line, default="")
    capacity: Mapped[int | None] = mapped_column()
    taken: Mapped[int] = mapped_column(default=0)
    queue_last: Mapped[int] = mapped_column(default=0)


class Registration(Base):
    """One person at one event, for ever one row; what was true at the time (title, organisation) is kept with it.

    A waiting one has its number in the queue. `ticket_generation` revokes an old QR, `ticket_code` is for the door.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", name="uq_registrations_person"),
        UniqueConstraint("event_id", "queue_number", name="uq_registrations_queue"),
        CheckConstraint("(state = 'waiting') = (queue_number IS NOT NULL)", name="waiting_has_a_number"),
        Index("ix_registrations_event_state", "event_id", "state", "organisation_id"),
        Index("ix_registrations_person", "person_id", "state"),
        Index("ix_registrations_organisation", "organisation_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    title_then: Mapped[str] = mapped_column(Line, default="")
    state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState))
    source: Mapped[RegistrationSource] = mapped_column(choice(RegistrationSource))
    queue_number: Mapped[int | None] = mapped_column()
    registered_at: Mapped[datetime] = mapped_column(Instant)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    changed_at: Mapped[datetime] = mapped_column(Instant)
    ticket_code: Mapped[str] = mapped_column(Line, unique=True)
    ticket_generation: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class RegistrationStep(Base):
    """One move of a registration, append-only: from which state to which, by whom, and by which rule or reason."""

    __tablename__ = "registration_steps"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    from_state: Mapped[RegistrationState | None] = mapped_column(choice(RegistrationState, name="from_state"))
    to_state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState, name="to_state"))
    rule: Mapped[str] = mapped_column(Line)
    reason: Mapped[str] = mapped_column(Line, default="")
