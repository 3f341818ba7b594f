"""Until when an event's invitees answer."""

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.invitations.models import InvitationRules
from kstthc_training.invitations.policy import Deadlines


def deadlines_of(event_id: int) -> Deadlines:
    """The deadline and the reminders of an event, the usual ones where it has none of its own: one statement."""
    row = db.session.execute(
        select(
            InvitationRules.answer_by,
            InvitationRules.remind_days,
            InvitationRules.version,
            InvitationRules.tells_leaders,
        ).where(InvitationRules.event_id == event_id)
    ).first()
    return Deadlines(row[0], tuple(row[1]), row[2], row[3]) if row else Deadlines()
