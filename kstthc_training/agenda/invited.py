"""Where somebody who is signed in answers what he is invited to by name: behind the same link as in his letter."""

from datetime import datetime

from flask import current_app, url_for

from kstthc_training.events.models import Event
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.policy import link_over
from kstthc_training.invitations.queries import invitation_address, person_invitation


def answer_href(invitation: Invitation) -> str:
    """The page of an invitation, on which one says yes or no."""
    return url_for("organisation.invited", secret=invitation_address(invitation, key=current_app.config["SETTINGS"].key))


def own_invitation_href(event: Event, person_id: int | None, now: datetime) -> str:
    """Where a person answers his own invitation to an event, '' when he has none that can be answered: one statement."""
    invitation = person_invitation(event_id=event.id, person_id=person_id)
    if invitation is None or link_over(invitation, event, now, ends_at=event.ends_at):
        return ""
    return answer_href(invitation)
