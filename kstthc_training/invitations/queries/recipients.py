"""To whom the letters about invitations go: focal points, else the mailbox of the organisation; persons themselves."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.invitations.models import Invitation
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant


class Recipient(NamedTuple):
    """Somebody who gets the letter of an invitation; without `person_id` it is the organisation's mailbox."""

    full_name: str
    email: str
    locale: str
    person_id: int | None = None


def recipients_of(invitation_ids: Collection[int]) -> dict[int, list[Recipient]]:
    """Who gets the letters of invitations, by invitation; without an address nobody: three statements."""
    found: dict[int, list[Recipient]] = defaultdict(list)
    wanted = Invitation.id.in_(invitation_ids)
    person = select(Invitation.id, Person.full_name, Person.email, Account.locale, Person.id)
    invited = person.join(Person, Person.id == Invitation.person_id).outerjoin(Account, Account.person_id == Person.id)
    for invitation_id, name, email, locale, person_id in db.session.execute(invited.where(wanted, Person.email != "")):
        found[invitation_id].append(Recipient(name, email, locale or "vi", person_id))
    organisations = select(Invitation.id, Invitation.organisation_id, Organisation.name, Organisation.email)
    bodies = db.session.execute(
        organisations.join(Organisation, Organisation.id == Invitation.organisation_id).where(wanted)
    )
    rows = [(invitation_id, body_id, name, email) for invitation_id, body_id, name, email in bodies]
    speakers = focal_recipients([body_id for _id, body_id, _name, _email in rows if body_id is not None])
    for invitation_id, body_id, name, email in rows:
        own = speakers.get(body_id or 0) or ([Recipient(name, email, "vi")] if email else [])
        found[invitation_id].extend(own)
    return dict(found)


def focal_recipients(organisation_ids: Collection[int]) -> dict[int, list[Recipient]]:
    """The focal points of organisations who can sign in, each at his address: one statement."""
    address = func.coalesce(func.nullif(Person.email, ""), Account.login)
    rows = db.session.execute(
        select(RoleGrant.organisation_id, Person.full_name, address, Account.locale, Person.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(
            RoleGrant.organisation_id.in_(organisation_ids),
            RoleGrant.role == Role.FOCAL_POINT,
            Account.disabled_at.is_(None),
        )
        .order_by(RoleGrant.organisation_id, Person.sort_key, Account.id)
    )
    found: dict[int, list[Recipient]] = defaultdict(list)
    for organisation_id, name, email, locale, person_id in rows:
        if organisation_id is not None:
            found[organisation_id].append(Recipient(name, email, locale, person_id))
    return found
