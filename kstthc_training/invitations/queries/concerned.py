"""Those invited whom it concerns when an event is called off or moved, and who have no letter of it as registered."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from kstthc_training.db import db
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.recipients import Recipient, recipients_of
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person


class InvitedTo(NamedTuple):
    """An invitation as a letter about its event names it."""

    id: int
    name: str
    is_person: bool


class Concerned(NamedTuple):
    """An address that a letter about the event goes to, and the invitations for which it stands."""

    to: Recipient
    invitations: tuple[InvitedTo, ...]


def concerned_at(event_id: int, *, told: Collection[str]) -> list[Concerned]:
    """Each address once, of those whose invitation was sent, stands and was not declined; who is `told` already is not.

    Four statements.
    """
    name = func.coalesce(Organisation.name, Person.full_name)
    rows = db.session.execute(
        select(Invitation.id, name, Invitation.person_id.is_not(None))
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(*_standing(event_id))
        .order_by(Invitation.id)
    )
    invitations = [InvitedTo(*row) for row in rows]
    recipients = recipients_of([invitation.id for invitation in invitations])
    known, found = {email.lower() for email in told}, defaultdict[str, list[tuple[Recipient, InvitedTo]]](list)
    for invitation in invitations:
        for to in recipients.get(invitation.id, ()):
            if to.email.lower() not in known:
                found[to.email.lower()].append((to, invitation))
    return [Concerned(each[0][0], tuple(invitation for _to, invitation in each)) for each in found.values()]


def concerned_count(event_id: int) -> int:
    """How many invitations were sent, stand and were not declined: one statement."""
    return db.session.execute(select(func.count()).select_from(Invitation).where(*_standing(event_id))).scalar_one()


def _standing(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.event_id == event_id, Invitation.sent_at.is_not(None), Invitation.revoked_at.is_(None),
        Invitation.answer != InvitationAnswer.DECLINED,
    )  # fmt: skip
