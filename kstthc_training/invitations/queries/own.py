"""What an organisation, or a person, is invited to."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager

from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Venue
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationRules
from kstthc_training.registrations.enums import GONE, RegistrationSource
from kstthc_training.registrations.models import Registration, SeatReservation


class OwnInvitation(NamedTuple):
    """An invitation as the invitee sees it: to what, how many places, until when, what was answered and named."""

    id: int
    event_id: int
    year: int
    number: int
    title: str
    family: str
    name_vi: str
    name_en: str
    mode: EventMode
    starts_at: datetime
    ends_at: datetime
    venue: str
    places: int
    answer_by: datetime | None
    answer: InvitationAnswer
    places_accepted: int
    held: int
    held_until: datetime | None
    named: int

    @property
    def code(self) -> str:
        """The event's number in addresses."""
        return f"{self.year}-{self.number}"

    @property
    def waits_for_answer(self) -> bool:
        """Whether the invitee has neither answered nor named anybody."""
        return not self.named and self.answer is InvitationAnswer.NONE

    @property
    def unnamed(self) -> int:
        """For how many of the places that were taken no names were given."""
        return max(0, self.places_accepted - self.named) if self.answer is InvitationAnswer.ACCEPTED else 0


def invitations_of(organisation_id: int, *, now: datetime) -> list[OwnInvitation]:
    """What an organisation is invited to that is still to come, the next deadline first: one statement."""
    here = aliased(Registration)
    named = (
        select(func.count())
        .where(
            here.event_id == Invitation.event_id, here.organisation_id == organisation_id, here.state.not_in(GONE),
            here.source != RegistrationSource.WALK_IN,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )  # fmt: skip
    deadline = func.coalesce(Invitation.answer_by, InvitationRules.answer_by)
    rows = db.session.execute(
        select(
            Invitation.id, Event.id, Event.year, Event.number, Event.title, EventKind.family, EventKind.name_vi,
            EventKind.name_en, Event.mode, Event.starts_at, Event.ends_at, func.coalesce(Venue.name, ""),
            Invitation.places, deadline, Invitation.answer, Invitation.places_accepted,
            func.coalesce(SeatReservation.places, 0), SeatReservation.until, named,
        )
        .join(Event, Event.id == Invitation.event_id)
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(InvitationRules, InvitationRules.event_id == Event.id)
        .outerjoin(
            SeatReservation,
            (SeatReservation.event_id == Event.id) & (SeatReservation.organisation_id == organisation_id),
        )
        .where(Invitation.organisation_id == organisation_id, Invitation.revoked_at.is_(None))
        .where(Event.state == EventState.RELEASED, Event.starts_at > now)
        .order_by(func.coalesce(deadline, Event.starts_at), Event.id)
    )  # fmt: skip
    return [OwnInvitation._make(row) for row in rows]


def invitation_of(*, event_id: int, organisation_id: int) -> Invitation | None:
    """An organisation's invitation to an event that was not taken back."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.event_id == event_id,
            Invitation.organisation_id == organisation_id,
            Invitation.revoked_at.is_(None),
        )
    )


def person_invitation(*, event_id: int, person_id: int | None) -> Invitation | None:
    """A person's own invitation to an event that was not taken back."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.event_id == event_id, Invitation.person_id == person_id, Invitation.revoked_at.is_(None)
        )
    )


def unanswered_by(person_id: int, *, now: datetime) -> Sequence[Invitation]:
    """What a person is invited to by name, has not answered and can still come to, the next first: one statement."""
    return db.session.scalars(
        select(Invitation)
        .join(Event, Event.id == Invitation.event_id)
        .where(Invitation.person_id == person_id, Invitation.revoked_at.is_(None))
        .where(Invitation.answer == InvitationAnswer.NONE, Event.state == EventState.RELEASED, Event.starts_at > now)
        .order_by(Event.starts_at, Event.id)
        .options(contains_eager(Invitation.event))
    ).all()
