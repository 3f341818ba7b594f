"""Letters that the mail server took and that came back."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true, update

from kstthc_training.db import db
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.path import keep_steps, step

_LONGEST_REASON = 300


def note_bounced(*, message_id: str, reason: str, at: datetime, recipient: str = "") -> bool:
    """Note that the letter with this Message-ID came back, with the words of the server; whether there is such a letter.

    What is not sent, or was sent elsewhere since (`recipient` is the address that the report names, if it does), is left
    as it is: the report is of an earlier try.
    """
    known = Message.message_id == message_id
    came_back = update(Message).where(known, Message.state == MessageState.SENT, _still_goes_to(recipient))
    values = {"state": MessageState.BOUNCED, "last_error": reason[:_LONGEST_REASON]}
    bounced = db.session.scalar(came_back.values(**values).returning(Message.id))
    if bounced is not None:
        keep_steps([step(bounced, PathStep.BOUNCED, at=at, said=reason, was=MessageState.SENT)])
        return True
    return db.session.scalar(select(Message.id).where(known)) is not None


def _still_goes_to(recipient: str) -> ColumnElement[bool]:
    return func.lower(Message.recipient) == recipient.lower() if recipient else true()
