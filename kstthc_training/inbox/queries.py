"""Letters that came in: for whoever settles them, and for the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import undefer

from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.models import InboxBox, InboxMessage
from kstthc_training.outbox.models import Message
from kstthc_training.refusals import Unknown
from kstthc_training.text import search_words

_LISTED = (
    InboxMessage.id, InboxMessage.kind, InboxMessage.state, InboxMessage.reason, InboxMessage.facts, InboxMessage.sender,
    InboxMessage.sender_name, InboxMessage.subject, InboxMessage.taken_at, InboxMessage.event_id, InboxMessage.person_id,
)  # fmt: skip
_REVIEW_FIRST = case((InboxMessage.state == MailState.REVIEW, 0), else_=1)


@dataclass(frozen=True, kw_only=True)
class MailPage:
    """Some letters that came in, those to be looked at first; how many there are by state, whatever the filter."""

    rows: Sequence[Any]
    counts: Mapping[MailState, int]
    total: int


def incoming(*, state: MailState | None = None, words: str = "", offset: int = 0, limit: int = 50) -> MailPage:
    """Letters of one state or of all, whose sender or title holds each of the words: three statements."""
    wanted: list[ColumnElement[bool]] = [InboxMessage.state == state] if state else []
    wanted += [InboxMessage.search_text.contains(word, autoescape=True) for word in search_words(words)]
    order = (_REVIEW_FIRST, InboxMessage.id.desc())
    rows = db.session.execute(select(*_LISTED).where(*wanted).order_by(*order).offset(offset).limit(limit)).all()
    counted = {
        each: count
        for each, count in db.session.execute(select(InboxMessage.state, func.count()).group_by(InboxMessage.state))
    }
    total = db.session.scalar(select(func.count()).select_from(InboxMessage).where(*wanted)) or 0
    return MailPage(rows=rows, counts={each: counted.get(each, 0) for each in MailState}, total=total)


def count_to_review() -> int:
    """How many letters somebody must look at."""
    statement = select(func.count()).select_from(InboxMessage).where(InboxMessage.state == MailState.REVIEW)
    return db.session.scalar(statement) or 0


def get_incoming(message_id: int) -> InboxMessage:
    """One letter with its octets; `Unknown` without one."""
    one = select(InboxMessage).where(InboxMessage.id == message_id).options(undefer(InboxMessage.raw))
    row = db.session.scalar(one)
    if row is None:
        raise Unknown(message_id=message_id)
    return row


def new_one(message_id: int) -> InboxMessage | None:
    """A letter that is not settled, held until the unit of work ends; None when it is settled or in other hands."""
    statement = (
        select(InboxMessage)
        .where(InboxMessage.id == message_id, InboxMessage.state == MailState.NEW)
        .options(undefer(InboxMessage.raw))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(statement)


def new_ids(*, limit: int) -> Sequence[int]:
    """The letters that are not settled, the oldest first."""
    statement = select(InboxMessage.id).where(InboxMessage.state == MailState.NEW).order_by(InboxMessage.id).limit(limit)
    return db.session.scalars(statement).all()


def came_before(row: InboxMessage) -> bool:
    """Whether the same sender's letter of the same name was kept before: it came by two ways, and one of them changed it."""
    if not row.message_id:
        return False
    same = (InboxMessage.message_id == row.message_id) & (InboxMessage.sender_key == row.sender_key)
    return db.session.scalar(select(InboxMessage.id).where(same, InboxMessage.id < row.id).limit(1)) is not None


def letter_answered(message_ids: Sequence[str]) -> Message | None:
    """The letter of ours with the first of these names that is one of ours."""
    if not message_ids:
        return None
    named = select(Message).where(Message.message_id.in_(message_ids)).execution_options(populate_existing=True)
    letters = db.session.scalars(named)
    found = {each.message_id: each for each in letters}
    return next((found[name] for name in message_ids if name in found), None)


def boxes() -> Sequence[InboxBox]:
    """Every mailbox that was ever read."""
    return db.session.scalars(select(InboxBox).order_by(InboxBox.name)).all()


def trouble_of(name: str) -> tuple[str, datetime | None]:
    """Why a mailbox cannot be read at present, empty while it can, and when it was last read."""
    row = db.session.execute(select(InboxBox.trouble, InboxBox.done_at).where(InboxBox.name == name)).one_or_none()
    return (row[0], row[1]) if row else ("", None)
