"""Who was there: marks that are only ever added, what follows from them, and sheets that are closed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.attendance.enums import MarkMethod, MarkStatus, SheetAction
from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Event, Session
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.models import Registration


class Mark(Base):
    """One observation, append-only: the same `nonce` is the same mark, however often it arrives."""

    __tablename__ = "marks"
    __table_args__ = (Index("ix_marks_session", "session_id", "registration_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(Session.id))
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    status: Mapped[MarkStatus] = mapped_column(choice(MarkStatus))
    method: Mapped[MarkMethod] = mapped_column(choice(MarkMethod))
    nonce: Mapped[str] = mapped_column(Line, unique=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class Presence(Base):
    """What the marks of one person in one session amount to: the latest mark. Derived; `check` compares it with them."""

    __tablename__ = "presences"

    session_id: Mapped[int] = mapped_column(ForeignKey(Session.id), primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True, index=True)
    status: Mapped[MarkStatus] = mapped_column(choice(MarkStatus))
    mark_id: Mapped[int] = mapped_column(ForeignKey(Mark.id))


class Sheet(Base):
    """The attendance sheet of one session; a closed one takes no mark."""

    __tablename__ = "sheets"

    session_id: Mapped[int] = mapped_column(ForeignKey(Session.id), primary_key=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class SheetStep(Base):
    """A closing or reopening of a sheet, append-only, a reopening with its reason."""

    __tablename__ = "sheet_steps"
    __table_args__ = (CheckConstraint("action = 'closed' OR reason <> ''", name="reopened_with_reason"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(Session.id), index=True)
    action: Mapped[SheetAction] = mapped_column(choice(SheetAction))
    reason: Mapped[str] = mapped_column(Line, default="")
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class AttendanceResult(Base):
    """What an event came to for one registration, by the event's attendance rule; exists while the event is closed.

    `sessions_present` counts present, late and left early; `attended` is the rule's answer.
    """

    __tablename__ = "attendance_results"
    __table_args__ = (
        Index("ix_attendance_results_event", "event_id", "attended", "organisation_id", "person_id"),
        Index("ix_attendance_results_person", "person_id", "event_id"),
        Index("ix_attendance_results_organisation", "organisation_id", "event_id", "attended"),
        CheckConstraint("sessions_present <= sessions_held", name="present_within_held"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    sessions_held: Mapped[int] = mapped_column()
    sessions_present: Mapped[int] = mapped_column()
    sessions_excused: Mapped[int] = mapped_column(default=0)
    attended: Mapped[bool] = mapped_column()
