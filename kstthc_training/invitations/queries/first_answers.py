"""When the invitees of an event answered for the first time, which decides whether that was in time."""

from datetime import datetime

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.invitations.enums import InvitationAct
from kstthc_training.invitations.models import Invitation, InvitationStep

_ANSWERS = (InvitationAct.ACCEPTED, InvitationAct.DECLINED, InvitationAct.NAMED)


def first_answers(event_id: int) -> dict[int, datetime]:
    """The first yes, no or name of each invitation since it was made; without any it is left out: one statement."""
    rows = db.session.execute(
        select(InvitationStep.invitation_id, func.min(InvitationStep.at))
        .join(Invitation, Invitation.id == InvitationStep.invitation_id)
        .where(Invitation.event_id == event_id, InvitationStep.act.in_(_ANSWERS), InvitationStep.at >= Invitation.made_at)
        .group_by(InvitationStep.invitation_id)
    )
    return {invitation_id: at for invitation_id, at in rows}
