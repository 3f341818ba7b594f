"""What the pages behind the link of an invitation share: what a secret opens, and who its bearer is."""

from flask import current_app

from kstthc_training import clock
from kstthc_training.audit.words import BEARER
from kstthc_training.events.enums import EventState
from kstthc_training.invitations.enums import OverBecause
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.policy import link_over
from kstthc_training.invitations.queries import find_by_link
from kstthc_training.invitations.words import OVER
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import client_address, me
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.routes.secrets import over_page, refuse_wrong_secret


def opened(secret: str) -> Invitation:
    """The invitation that a secret opens; wrong ones are counted by the address they come from, dead ones answer 410."""
    found = find_by_link(secret, key=current_app.config["SETTINGS"].key)
    if found is None:
        refuse_wrong_secret()
        raise Unknown
    invitation, was_replaced = found
    event = invitation.event
    if event.state is EventState.DRAFT:
        raise Unknown
    over = link_over(invitation, event, clock.now(), ends_at=event.ends_at)
    if why := OverBecause.RENEWED if was_replaced else over:
        over_page(str(OVER[why]))
    return invitation


def body_opened(secret: str) -> Invitation:
    """The same of an organisation's invitation; a person's has nobody to name."""
    invitation = opened(secret)
    if invitation.organisation is None:
        raise Unknown
    return invitation


def bearer(invitation: Invitation) -> Actor:
    """Whoever holds the link: the organisation's focal point for this, or the person himself, known by his account when
    he is signed in."""
    if invitation.person_id is not None and invitation.person_id == me().person_id:
        return me()
    body, person = invitation.organisation, invitation.person
    name = body.name if body else person.full_name if person else ""
    return Actor(
        person_id=invitation.person_id,
        display_name=f"{BEARER}{name}",
        focal_of=frozenset({body.id} if body else ()),
        address=client_address(),
    )
