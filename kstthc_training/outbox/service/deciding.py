"""What people decide about letters one by one: send now, hold, give up, and take that back.

Letters in a worker's hands, and those whose state allows it no more, are left alone; the answer says which were not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select, true, update
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.ids import random_uuid
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.path import keep_steps, step

Letters = Sequence[Row[int, MessageState, datetime]]

MAY_GO = (MessageState.HELD, MessageState.WAITING, MessageState.FAILED, MessageState.BOUNCED, MessageState.DISCARDED)
MAY_BE_HELD = (MessageState.WAITING,)
MAY_BE_DISCARDED = (MessageState.HELD, MessageState.WAITING, MessageState.FAILED, MessageState.BOUNCED)


@dataclass(frozen=True)
class Decided:
    """The letters that a decision moved, and the mark by which it is taken back."""

    act: str
    ids: tuple[int, ...]


def send_now(
    *,
    ids: Collection[int],
    among: ColumnElement[bool] | None = None,
    account_id: int | None,
    after: timedelta = timedelta(0),
    now: datetime,
) -> Decided:
    """Let letters go, past every hold that stands, `after` a moment in which it can be taken back.

    What failed, came back or was given up goes anew, under its own Message-ID; not so what was sent or has no text left.
    """
    found = _take(ids, _in(MAY_GO) & Message.body.is_not(None), among)
    released = {"state": MessageState.WAITING, "run_at": now + after, "due_at": now, "let_go_at": now, "tries": 0}
    return _move(found, released, _released_or_again, account_id=account_id, now=now)


def hold_back(
    *, ids: Collection[int], among: ColumnElement[bool] | None = None, account_id: int | None, now: datetime
) -> Decided:
    """Keep letters that wait until somebody lets them go."""
    found = _take(ids, _in(MAY_BE_HELD), among)
    return _move(found, {"state": MessageState.HELD}, lambda was: PathStep.HELD, account_id=account_id, now=now)


def discard(
    *, ids: Collection[int], among: ColumnElement[bool] | None = None, account_id: int | None, now: datetime
) -> Decided:
    """Give letters up that have not gone, or came back."""
    found = _take(ids, _in(MAY_BE_DISCARDED), among)
    return _move(found, {"state": MessageState.DISCARDED}, lambda was: PathStep.DISCARDED, account_id=account_id, now=now)


def discard_waiting_letters(*, now: datetime) -> int:
    """Give up every letter that waits or is held and is in no worker's hands; the answer is how many."""
    every = select(Message.id).where(_in((MessageState.WAITING, MessageState.HELD)))
    return len(discard(ids=db.session.scalars(every).all(), account_id=None, now=now).ids)


def undo(*, act: str, among: ColumnElement[bool] | None = None, account_id: int | None, now: datetime) -> Decided:
    """Put the letters of an act back to what they were, but for those to which something happened since."""
    since = aliased(Step)
    later = exists(select(since.id).where(since.message_id == Step.message_id, since.id > Step.id))
    rows = db.session.execute(
        select(Message.id, Message.state, Step.was, Step.until)
        .join(Step, (Step.message_id == Message.id) & (Step.act == act))
        .where(Message.claimed_by.is_(None), ~later, Message.state != MessageState.SENT, true() if among is None else among)
        .order_by(Message.id)
        .with_for_update(of=Message)
    ).all()
    for message_id, _state, was, until in rows:
        values: dict[str, Any] = {"state": was, "run_at": until, "let_go_at": None}
        db.session.execute(update(Message).where(Message.id == message_id).values(**values))
    mark = _new_act()
    keep_steps(step(row[0], PathStep.UNDONE, at=now, account_id=account_id, act=mark, was=row[1]) for row in rows)
    return Decided(mark, tuple(row[0] for row in rows))


def _in(states: Collection[MessageState]) -> ColumnElement[bool]:
    return Message.state.in_(states) & Message.claimed_by.is_(None)


def _take(ids: Collection[int], wanted: ColumnElement[bool], among: ColumnElement[bool] | None) -> Letters:
    """Lock the letters that are wanted still, so that no worker takes them meanwhile."""
    given = Message.id.in_(ids) & wanted & (true() if among is None else among)
    rows = select(Message.id, Message.state, Message.run_at).where(given).order_by(Message.id)
    return db.session.execute(rows.with_for_update()).all()


def _move(found: Letters, values: dict[str, Any], what: Any, *, account_id: int | None, now: datetime) -> Decided:
    ids, act = tuple(row[0] for row in found), _new_act()
    db.session.execute(update(Message).where(Message.id.in_(ids)).values(**values))
    keep_steps(
        step(message_id, what(was), at=now, until=run_at, account_id=account_id, act=act, was=was)
        for message_id, was, run_at in found
    )
    return Decided(act, ids)


def _released_or_again(was: MessageState) -> PathStep:
    return PathStep.RELEASED if was in (MessageState.HELD, MessageState.WAITING) else PathStep.SENT_AGAIN


def _new_act() -> str:
    return random_uuid().hex
