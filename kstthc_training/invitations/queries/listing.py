"""Everyone invited to an event, how each stands, and how his letter fared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer, InvitationStanding, LetterState
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.invitations.queries.letters import letters_at
from kstthc_training.invitations.queries.named import places_held
from kstthc_training.invitations.queries.recipients import focal_recipients
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import GONE, RegistrationSource
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True, kw_only=True)
class InvitationRow:
    """One invitee at an event: who, with how many places, what was answered, who was named, and how the letter fared."""

    id: int
    organisation_id: int | None
    person_id: int | None
    name: str
    area_id: int | None
    area: str
    search_text: str
    contact: str
    places: int
    answer_by: datetime | None
    answer: InvitationAnswer
    answered_at: datetime | None
    reason: str
    named: Sequence[str]
    held: int
    reminders: int
    reminded_at: datetime | None
    opened_at: datetime | None
    sent_at: datetime | None
    letter: LetterState
    is_revoked: bool
    version: int

    @property
    def standing(self) -> InvitationStanding:
        """Where the invitation stands: exactly one of those that the organizer counts."""
        if self.is_revoked:
            return InvitationStanding.REVOKED
        if self.named:
            return InvitationStanding.NAMED
        if self.answer is not InvitationAnswer.NONE:
            accepted = self.answer is InvitationAnswer.ACCEPTED
            return InvitationStanding.PROMISED if accepted else InvitationStanding.DECLINED
        if self.letter in (LetterState.FAILED, LetterState.BOUNCED):
            return InvitationStanding.UNREACHED
        if self.letter is LetterState.NONE:
            return InvitationStanding.UNREACHED if self.sent_at else self._unsent
        return InvitationStanding.UNANSWERED

    @property
    def _unsent(self) -> InvitationStanding:
        """Without a letter: one that has nobody to go to, or one that waits for the release."""
        return InvitationStanding.UNSENT if self.contact else InvitationStanding.UNREACHED


@dataclass(frozen=True)
class StepRow:
    """One thing that happened to an invitation; `by` is '' for its link and for the product."""

    at: datetime
    act: InvitationAct
    by: str
    facts: Mapping[str, Any]


def invitations_at(event_id: int) -> list[InvitationRow]:
    """Every invitation to an event, organisations by kind and name, then persons: five statements."""
    invited = list(db.session.execute(_invited(event_id)))
    speakers = focal_recipients([row.organisation_id for row in invited if row.organisation_id is not None])
    letters, named, held = letters_at(event_id), _names_at(event_id), places_held(event_id)
    return [
        InvitationRow(
            **row._asdict() | {"contact": _contact(row, [each.full_name for each in speakers.get(row.organisation_id, [])])},
            named=named.get((row.organisation_id, None) if row.organisation_id else (None, row.person_id), ()),
            held=held.get(row.organisation_id, 0),
            letter=letters.get(row.id, LetterState.NONE),
        )
        for row in invited
    ]


def steps_at(invitation_id: int) -> list[StepRow]:
    """Everything that happened to an invitation, the first thing first: one statement."""
    rows = db.session.execute(
        select(InvitationStep.at, InvitationStep.act, func.coalesce(Person.full_name, ""), InvitationStep.facts)
        .outerjoin(Account, Account.id == InvitationStep.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(InvitationStep.invitation_id == invitation_id)
        .order_by(InvitationStep.id)
    )
    return [StepRow(*row) for row in rows]


def _invited(event_id: int) -> Select[*tuple[Any, ...]]:
    area = aliased(Organisation)
    below_a_body = area.parent_id.is_not(None)  # whoever stands right below the top is told apart by his name
    return (
        select(
            Invitation.id, Invitation.organisation_id, Invitation.person_id,
            func.coalesce(short_or_name(Organisation), Person.full_name).label("name"),
            case((below_a_body, area.id)).label("area_id"),
            case((below_a_body, short_or_name(area)), else_="").label("area"),
            func.coalesce(Organisation.search_text, Person.search_text).label("search_text"),
            func.coalesce(Organisation.email, Person.email).label("contact"),
            Invitation.places, Invitation.answer_by, Invitation.answer, Invitation.answered_at, Invitation.reason,
            Invitation.reminders, Invitation.reminded_at, Invitation.opened_at, Invitation.sent_at,
            Invitation.revoked_at.is_not(None).label("is_revoked"), Invitation.version,
        )
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(area, area.id == Organisation.parent_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(Invitation.event_id == event_id, Invitation.merged_into_id.is_(None))
        .order_by(
            Invitation.person_id.is_not(None), Organisation.kind_id, Organisation.sort_key, Person.sort_key, Invitation.id
        )
    )  # fmt: skip


def _contact(row: Any, speakers: Sequence[str]) -> str:
    """Who gets the letters: the focal points, else the address of the organisation or of the person."""
    return ", ".join(speakers) or str(row.contact)


def _names_at(event_id: int) -> dict[tuple[int | None, int | None], list[str]]:
    """The people on the list of an event, by organisation; and each by himself."""
    rows = db.session.execute(
        select(Registration.organisation_id, Registration.person_id, Person.full_name)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == event_id, Registration.state.not_in(GONE),
            Registration.source != RegistrationSource.WALK_IN,
        )
        .order_by(Person.sort_key, Registration.id)
    )  # fmt: skip
    names: dict[tuple[int | None, int | None], list[str]] = {}
    for organisation_id, person_id, full_name in rows:
        names.setdefault((organisation_id, None), []).append(full_name)
        names[None, person_id] = [full_name]
    return names
