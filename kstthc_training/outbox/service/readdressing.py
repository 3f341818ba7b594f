"""Letters whose address was wrong go to another one, under their own Message-ID."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from kstthc_training.db import db
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.errors import AddressChanged, BodyErased
from kstthc_training.outbox.hosts import host_of
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.path import keep_steps, step
from kstthc_training.refusals import Unknown
from kstthc_training.text import fold

MAY_BE_READDRESSED = (
    MessageState.HELD, MessageState.WAITING, MessageState.FAILED, MessageState.BOUNCED, MessageState.DISCARDED,
)  # fmt: skip
FOLLOW = (MessageState.HELD, MessageState.WAITING)


@dataclass(frozen=True, kw_only=True)
class NewAddress:
    """Where a letter goes instead of `old`, the address that whoever decides has seen; `name` is empty to leave the name."""

    old: str
    new: str
    name: str = ""


def readdress(
    *, message_id: int, to: NewAddress, calendar: str | None = None, account_id: int | None, now: datetime
) -> None:
    """Let a letter that has not arrived go to another address at once, as if it were new; its Message-ID stays.

    `calendar` takes the place of the letter's calendar data; empty, it leaves none. `AddressChanged` when the letter goes
    elsewhere already, was sent, or is in a worker's hands; `BodyErased` when nothing is left to send.
    """
    letter = _lock(message_id)
    if letter.recipient != to.old or letter.state not in MAY_BE_READDRESSED or letter.claimed_by is not None:
        raise AddressChanged(state=letter.state)
    if letter.body is None:
        raise BodyErased(message_id=message_id)
    was = letter.state
    letter.state, letter.run_at, letter.due_at, letter.let_go_at = MessageState.WAITING, now, now, now
    letter.tries, letter.last_error = 0, None
    _direct(letter, to, calendar)
    keep_steps([step(letter.id, PathStep.READDRESSED, at=now, said=to.old, account_id=account_id, was=was)])


def followers(*, message_id: int, recipient: str, among: ColumnElement[bool]) -> Collection[Message]:
    """The other letters to an address that wait or are held and may go elsewhere, locked: one statement."""
    others = select(Message).where(among, Message.recipient == recipient, Message.id != message_id)
    return db.session.scalars(others.where(Message.state.in_(FOLLOW), Message.claimed_by.is_(None)).with_for_update()).all()


def follow(letter: Message, *, to: NewAddress, calendar: str | None, account_id: int | None, now: datetime) -> None:
    """Let a letter that waits or is held go to another address when its time comes."""
    _direct(letter, to, calendar)
    keep_steps([step(letter.id, PathStep.READDRESSED, at=now, said=to.old, account_id=account_id, was=letter.state)])


def _lock(message_id: int) -> Message:
    row = select(Message).where(Message.id == message_id).with_for_update().execution_options(populate_existing=True)
    letter = db.session.scalar(row)
    if letter is None:
        raise Unknown(message_id=message_id)
    return letter


def _direct(letter: Message, to: NewAddress, calendar: str | None) -> None:
    letter.recipient, letter.host = to.new, host_of(to.new)
    letter.recipient_name = to.name or letter.recipient_name
    letter.search_text = fold(f"{letter.recipient} {letter.recipient_name} {letter.subject}")
    letter.calendar = calendar if calendar is not None else letter.calendar
    if not letter.calendar:
        letter.calendar = letter.calendar_method = letter.calendar_uid = None
    db.session.flush()
