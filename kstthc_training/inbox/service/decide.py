"""What people decide of a letter; each letter is in one pair of hands at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.errors import AlreadySettled
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.inbox.service.settling import write_verdict
from kstthc_training.inbox.wiring import Verdict
from kstthc_training.refusals import Unknown


def held(message_id: int, state: MailState) -> InboxMessage:
    """A letter in a state, held until the unit of work ends. `Unknown`, `AlreadySettled` when it stands elsewhere."""
    one = select(InboxMessage).where(InboxMessage.id == message_id).with_for_update()
    row = db.session.scalar(one.execution_options(populate_existing=True))
    if row is None:
        raise Unknown(message_id=message_id)
    if row.state is not state:
        raise AlreadySettled(state=row.state)
    return row


def settled(
    row: InboxMessage,
    state: MailState,
    reason: str,
    *,
    facts: Mapping[str, Any] = {},
    account_id: int | None,
    now: datetime,
) -> None:
    """Keep what somebody decided; why it had waited stays among the facts."""
    kept = {**facts, "was": row.reason}
    write_verdict(row, Verdict(state=state, reason=reason, facts=kept), now=now, account_id=account_id)
