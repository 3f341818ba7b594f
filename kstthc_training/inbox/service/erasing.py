"""Erasing of letters as they came; that they came stays, so that none is taken twice."""

from datetime import datetime

from sqlalchemy import update

from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.models import InboxMessage

_OPEN = (MailState.NEW, MailState.REVIEW)


def erase_raw(*, settled_before: datetime, open_before: datetime) -> int:
    """Erase the octets of letters that came before these instants, settled ones and those that nobody settled; how many."""
    erased = 0
    for is_open, before in ((False, settled_before), (True, open_before)):
        stands = InboxMessage.state.in_(_OPEN) if is_open else InboxMessage.state.not_in(_OPEN)
        over = stands & (InboxMessage.taken_at < before) & InboxMessage.raw.is_not(None)
        statement = update(InboxMessage).where(over).values(raw=None).returning(InboxMessage.id)
        erased += len(db.session.execute(statement.execution_options(synchronize_session=False)).all())
    return erased
