"""Whose letter it is, as the directory has it."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from kstthc_training.db import db
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person


@dataclass(frozen=True)
class Subject:
    """The recipient: a person, an organisation's mailbox, or neither as far as is known; and the organisation of either."""

    person: Person | None
    mailbox: Organisation | None
    organisation_id: int | None

    def is_at(self, address: str) -> bool:
        """Whether this is the address that the directory holds for the recipient."""
        held = self.person or self.mailbox
        return held is not None and held.email.casefold() == address.casefold()

    @property
    def address(self) -> str:
        """The address that the directory holds for the recipient by now."""
        held = self.person or self.mailbox
        return held.email if held else ""


def subject_of(letter: Message) -> Subject:
    """Whose letter it is: two statements at most."""
    if letter.person_id is not None:
        person = db.session.get(Person, letter.person_id)
        return Subject(person, None, person.organisation_id if person else None)
    by_address = (func.lower(Organisation.email) == letter.recipient.lower()) & (letter.recipient != "")
    by_name = Organisation.name == letter.recipient_name
    invited = select(Invitation.organisation_id).where(Invitation.id == letter.link_id)
    by_invitation = Organisation.id.in_(invited) if letter.link_purpose == INVITATION_PURPOSE else by_name
    found = (
        select(Organisation).where(or_(by_address, by_name, by_invitation)).order_by(by_invitation.desc(), Organisation.id)
    )
    body = db.session.scalar(found.limit(1))
    return Subject(None, body, body.id if body else None)
