"""Invitations found by the secret that their link holds."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training import ids
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.models import Invitation
from kstthc_training.refusals import Unknown

INVITATION_PURPOSE = "invitation"
_WHOLE = (
    joinedload(Invitation.organisation),
    joinedload(Invitation.person),
    joinedload(Invitation.event).options(joinedload(Event.kind), joinedload(Event.venue)),
)


def invitation_address(invitation: Invitation, *, key: bytes, generation: int | None = None) -> str:
    """The secret in the link of an invitation (160 bits, by HMAC), void once the generation is raised."""
    generation = generation or invitation.generation
    return ids.address_secret(key, purpose=INVITATION_PURPOSE, owner=invitation.id, generation=generation)


def find_by_link(secret: str, *, key: bytes) -> tuple[Invitation, bool] | None:
    """The invitation whose link holds `secret`, and whether that link was replaced by a newer one; None for any other.

    One that was united with another leads on to it. It comes with event, kind, venue, and organisation or person.
    """
    owner = ids.owner_of(secret)
    one = select(Invitation).where(Invitation.id == owner).options(*_WHOLE).execution_options(populate_existing=True)
    invitation = db.session.scalar(one) if owner is not None else None
    if invitation is None:
        return None
    for generation in range(invitation.generation, 0, -1):
        if ids.same_secret(invitation_address(invitation, key=key, generation=generation), secret):
            return united(invitation), generation != invitation.generation
    return None


def united(invitation: Invitation) -> Invitation:
    """The invitation with which this one was united when organisations merged, or itself, with all that a page shows."""
    while invitation.merged_into_id is not None:
        one = select(Invitation).where(Invitation.id == invitation.merged_into_id).options(*_WHOLE)
        invitation = db.session.scalars(one).one()
    return invitation


def get_answerable(invitation_id: int | None, *, event_id: int) -> Invitation:
    """An invitation to an event by its number, as it is now, with organisation or person; else `Unknown`."""
    invitation = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.event_id == event_id)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .execution_options(populate_existing=True)
    )
    if invitation is None:
        raise Unknown(invitation_id=invitation_id)
    return invitation
