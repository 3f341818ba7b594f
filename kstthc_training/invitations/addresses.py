"""The address of an invitation in a letter, derived by the worker at the moment of sending."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.invitations.errors import LinkOver
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.policy import link_over
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE, invitation_address, united
from kstthc_training.refusals import Unknown


def invitation_link(invitation_id: int) -> str:
    """The whole address by which an invitee answers, without signing in.

    Raises `Unknown` when there is no such invitation, `LinkOver` when it was taken back or the event is over.
    """
    statement = select(Invitation).where(Invitation.id == invitation_id).options(joinedload(Invitation.event))
    invitation = db.session.scalar(statement)
    if invitation is None:
        raise Unknown(invitation_id=invitation_id)
    invitation = united(invitation)
    if why := link_over(invitation, invitation.event, clock.now(), ends_at=invitation.event.ends_at):
        raise LinkOver(why=why)
    settings = current_app.config["SETTINGS"]
    return f"{settings.public_url}/moi/{invitation_address(invitation, key=settings.key)}"


# By the purpose of the link in a letter.
LINKS: dict[str, Callable[[int], str]] = {INVITATION_PURPOSE: invitation_link}
