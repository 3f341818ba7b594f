"""Giấy mời: who is asked to an event, with how many places, until when, and what they answered."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Account, Person


class Invitation(Base):
    """An organisation asked to an event with a number of places, or a person.

    Its personal link is derived from a key outside the database and dies when `generation` rises, when the invitation is
    revoked, and with the event. `places` is the quota, `places_accepted` how many the organisation said yes to; those not
    named yet are held in a `SeatReservation`. `sent_at` is the instant its letter was written. One that was united with
    another, when organisations merged, is revoked and leads on to it.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id", name="uq_invitations_organisation"),
        UniqueConstraint("event_id", "person_id", name="uq_invitations_person"),
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_invitee"),
        CheckConstraint("places > 0", name="places_positive"),
        CheckConstraint("places_accepted >= 0 AND places_accepted <= places", name="accepted_within_places"),
        CheckConstraint("(answer = 'none') = (answered_at IS NULL)", name="answered_at_an_instant"),
        Index("ix_invitations_organisation", "organisation_id", "event_id"),
        Index("ix_invitations_person", "person_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    places: Mapped[int] = mapped_column(default=1)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[InvitationAnswer] = mapped_column(choice(InvitationAnswer), default=InvitationAnswer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    places_accepted: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Line, default="")
    generation: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")


class InvitationStep(Base):
    """One thing that happened to an invitation, append-only; without an account it came by the link or by the product."""

    __tablename__ = "invitation_steps"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    act: Mapped[InvitationAct] = mapped_column(choice(InvitationAct))
    facts: Mapped[dict[str, object]] = mapped_column(JSON)


class InvitationRules(Base):
    """Until when an event's invitees answer, where an invitation does not say its own, how many days before that those who
    have not are reminded, and whether the leaders of organisations are told when it has passed."""

    __tablename__ = "invitation_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), primary_key=True, autoincrement=False)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    remind_days: Mapped[list[int]] = mapped_column(JSON)
    tells_leaders: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class InviteeGroup(Base):
    """A list of organisations under a name, to be invited together."""

    __tablename__ = "invitee_groups"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Line, unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    version: Mapped[int] = mapped_column(default=1)


class InviteeGroupMember(Base):
    """An organisation in a group, with the places it is usually asked for."""

    __tablename__ = "invitee_group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey(InviteeGroup.id, ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), primary_key=True, index=True)
    places: Mapped[int] = mapped_column(default=1)
