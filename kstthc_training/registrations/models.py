"""Who comes: registrations, the seats they take, and every step they made."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, Prose, choice
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import (
    Admission,
    AllocationOutcome,
    Circle,
    Credential,
    Place,
    PoolKind,
    Promotion,
    QuestionKind,
    RegistrationSource,
    RegistrationState,
)


class SeatPool(Base):
    """Seats that are counted together; `taken` is raised and lowered by atomic updates only and never passes `capacity`.

    The subject of an audience's pool is a `Circle`, of a mode's a `Place`, of an organisation's its id, or empty for the
    limit that every organisation without one of its own gets: whose pool `follows_default`. `queue_last` is the last
    number given out in this event's queue (pools of kind `event` only).
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
    follows_default: Mapped[bool] = mapped_column(default=False)


class SeatReservation(Base):
    """Places that an organisation holds before it gives names; each is a seat taken in the event's, the circle's and the
    organisation's pool, and goes over to the next person it names. What is left at `until` becomes free."""

    __tablename__ = "seat_reservations"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id", name="uq_seat_reservations_organisation"),
        CheckConstraint("places >= 0", name="places_not_negative"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    places: Mapped[int] = mapped_column()
    until: Mapped[datetime | None] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)


class RegistrationRules(Base):
    """How an event takes people in, where it differs from the usual: seats at once, to the first in the queue directly,
    until the event begins. Offers end after `offer_hours`; nobody moves up in the last `cutoff_hours` before the event;
    people named may be swapped until `names_until`. Guests without an account have a shared link, revoked by raising
    `guest_generation`, while `guests_allowed`."""

    __tablename__ = "registration_rules"
    __table_args__ = (
        CheckConstraint("offer_hours > 0", name="offer_hours_positive"),
        CheckConstraint("cutoff_hours >= 0", name="cutoff_hours_not_negative"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True, autoincrement=False)
    admission: Mapped[Admission] = mapped_column(choice(Admission), default=Admission.DIRECT)
    promotion: Mapped[Promotion] = mapped_column(choice(Promotion), default=Promotion.SEAT)
    offer_hours: Mapped[int] = mapped_column(default=24)
    cutoff_hours: Mapped[int] = mapped_column(default=0)
    names_until: Mapped[datetime | None] = mapped_column(Instant)
    asks_credentials: Mapped[bool] = mapped_column(default=False)
    guests_allowed: Mapped[bool] = mapped_column(default=False)
    guest_generation: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)


class Registration(Base):
    """One person at one event, for ever one row; what was true at the time (title, organisation) is kept with it.

    A waiting one has its number in the queue, an offered one the end of its offer. Whoever `holds_seat` counts in the
    pools of the event, of his `circle`, of `seat_organisation_id` and of his `place`, as far as there are such; walk-ins
    hold none. A substitute names whom he replaces. `ticket_generation` revokes an old QR, `ticket_code` is for the door.
    One that was united with another, of a second row of the same person, is cancelled and leads on to it.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", name="uq_registrations_person"),
        UniqueConstraint("event_id", "queue_number", name="uq_registrations_queue"),
        CheckConstraint("(state = 'waiting') = (queue_number IS NOT NULL)", name="waiting_has_a_number"),
        CheckConstraint("(state = 'offered') = (offer_ends_at IS NOT NULL)", name="offer_has_an_end"),
        CheckConstraint("NOT holds_seat OR state IN ('confirmed', 'offered')", name="seat_of_somebody_admitted"),
        CheckConstraint("state <> 'offered' OR holds_seat", name="offer_holds_a_seat"),
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
    holds_seat: Mapped[bool] = mapped_column(default=False)
    circle: Mapped[Circle] = mapped_column(choice(Circle), default=Circle.OFFICIALS)
    seat_organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    place: Mapped[Place | None] = mapped_column(choice(Place))
    offer_ends_at: Mapped[datetime | None] = mapped_column(Instant)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), index=True)
    credential: Mapped[Credential | None] = mapped_column(choice(Credential))
    credential_number: Mapped[str] = mapped_column(Line, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), index=True)

    event: Mapped[Event] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise", foreign_keys=[organisation_id])
    guest: Mapped["GuestEntry | None"] = relationship(lazy="raise", viewonly=True)


class GuestEntry(Base):
    """What somebody without an account wrote of himself when he registered by the shared link of an event.

    The organisation is kept as he typed it; one of the directory that it means is the registration's
    `seat_organisation_id`, and becomes its and his organisation once an organizer admits him. `form_hash` is that of the
    page he filled, with his name: sent again, it makes no other. A letter of introduction is a file.
    """

    __tablename__ = "guest_entries"
    __table_args__ = (UniqueConstraint("form_hash", name="uq_guest_entries_form"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True, autoincrement=False)
    organisation: Mapped[str] = mapped_column(Line)
    search_text: Mapped[str] = mapped_column(Line)
    form_hash: Mapped[str] = mapped_column(Line)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id))


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


class Question(Base):
    """What an organizer asks of those who register, besides who they are; `shown_if_value` is the answer to an earlier
    question that brings it up. A question that was answered keeps its kind."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("event_id", "position", name="uq_questions_position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    position: Mapped[int] = mapped_column()
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind))
    label: Mapped[str] = mapped_column(Line)
    hint: Mapped[str] = mapped_column(Line, default="")
    is_required: Mapped[bool] = mapped_column(default=False)
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    shown_if_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    shown_if_value: Mapped[str] = mapped_column(Line, default="")


class Answer(Base):
    """What a registration answered to a question: days as 2026-03-05, files by their row."""

    __tablename__ = "answers"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), primary_key=True, index=True)
    value: Mapped[str] = mapped_column(Prose, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id))


class AllocationPlan(Base):
    """The decision over all who applied while it is prepared: the criteria in order, each chosen or not, the seed of the
    draw and how often it was drawn, and what the organizer says of single applicants. It goes with the decision."""

    __tablename__ = "allocation_plans"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True, autoincrement=False)
    seed: Mapped[str] = mapped_column(Line)
    draws: Mapped[int] = mapped_column(default=1)
    criteria: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    said: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)


class Allocation(Base):
    """One decision over all who applied, append-only: the criteria in order with their settings, the seats, and the seed,
    from which the same rows come out again."""

    __tablename__ = "allocations"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    seed: Mapped[str] = mapped_column(Line)
    criteria: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    seats: Mapped[int] = mapped_column()
    decided_at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class AllocationRow(Base):
    """What the decision said of one registration, append-only: its rank, and the rule and fact that gave it."""

    __tablename__ = "allocation_rows"
    __table_args__ = (UniqueConstraint("allocation_id", "rank", name="uq_allocation_rows_rank"),)

    allocation_id: Mapped[int] = mapped_column(ForeignKey(Allocation.id), primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column()
    outcome: Mapped[AllocationOutcome] = mapped_column(choice(AllocationOutcome))
    rule: Mapped[str] = mapped_column(Line)
    facts: Mapped[dict[str, object]] = mapped_column(JSON)


class RegistrationView(Base):
    """A way to look at the list of those registered that an account keeps under a name, for itself or for everybody who
    runs events: `asked` holds the parts of the list's address, for any event."""

    __tablename__ = "registration_views"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    name: Mapped[str] = mapped_column(Line, primary_key=True)
    is_shared: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
