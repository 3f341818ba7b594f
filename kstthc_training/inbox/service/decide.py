"""What people decide of a letter; each letter is in one pair of hands at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kstthc_training.audit.service import Author, record
from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState, Why
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


def put_aside(*, actor: Author, message_id: int, now: datetime) -> None:
    """Look no more at a letter that waits; what it asks for is not done."""
    row = held(message_id, MailState.REVIEW)
    settled(row, MailState.IGNORED, Why.PUT_ASIDE, account_id=actor.account_id, now=now)
    record(actor=actor, action="inbox.ignored", subject_type="message", subject_id=row.id, now=now)


def look_again(*, actor: Author, message_id: int, now: datetime) -> None:
    """Put a letter that was passed over back among those to look at, for the reason for which it stood there."""
    row = held(message_id, MailState.IGNORED)
    reason = row.facts["was"] if row.reason == Why.PUT_ASIDE else Why.LOOKED_AT_AGAIN
    settled(row, MailState.REVIEW, reason, account_id=actor.account_id, now=now)
    record(actor=actor, action="inbox.reopened", subject_type="message", subject_id=row.id, now=now)
