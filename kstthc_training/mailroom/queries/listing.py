"""The list of letters with its figures and filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select, union_all

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.mailroom.enums import Group
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Hold, Message
from kstthc_training.outbox.queries import is_held_by_hold
from kstthc_training.text import search_words

_MOST_EVENTS = 100
_OVER = (MessageState.SENT, MessageState.DISCARDED)
_STUCK = tuple(state for state in MessageState if state not in _OVER)
_URGENCY = {MessageState.BOUNCED: 1, MessageState.FAILED: 2, MessageState.HELD: 3, MessageState.WAITING: 4}
_LAST = 5


class LetterRow(NamedTuple):
    """One letter of the list; `is_held` also when a hold keeps it back."""

    urgency: int
    id: int
    recipient: str
    recipient_name: str
    subject: str
    state: MessageState
    is_held: bool
    event: str | None
    code: str | None
    created_at: datetime
    run_at: datetime
    sent_at: datetime | None
    tries: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many letters stand where; `waiting` by host, those that nothing holds back; of today, those taken and refused."""

    held: int
    waiting: Mapping[str, int]
    sent_today: int
    refused_today: int
    refused: int
    bounced: int


def figures(*, seen: ColumnElement[bool], day: tuple[datetime, datetime]) -> Figures:
    """The figures above the list: two statements, which read no letter that went on another day."""
    held = is_held_by_hold().label("held")
    today = (Message.state == MessageState.FAILED) & (Message.run_at >= day[0])
    counted = select(Message.state, held, Message.host, today.label("today"), func.count())
    stuck = counted.where(seen, Message.state.in_(_STUCK), Message.state != MessageState.SENT)
    rows = db.session.execute(stuck.group_by(Message.state, held, Message.host, today)).all()
    waiting = {MessageState.WAITING, MessageState.HELD}
    by_host: dict[str, int] = {}
    for state, is_held, host, _today, count in rows:
        if state is MessageState.WAITING and not is_held:
            by_host[host] = by_host.get(host, 0) + count
    return Figures(
        held=sum(n for state, is_held, _h, _t, n in rows if state in waiting and (is_held or state is MessageState.HELD)),
        waiting=by_host,
        sent_today=_sent_today(seen, day),
        refused_today=sum(n for _state, _held, _host, is_today, n in rows if is_today),
        refused=sum(row[-1] for row in rows if row[0] is MessageState.FAILED),
        bounced=sum(row[-1] for row in rows if row[0] is MessageState.BOUNCED),
    )


def _sent_today(seen: ColumnElement[bool], day: tuple[datetime, datetime]) -> int:
    """By the index of kept texts, which those of today are."""
    sent = select(func.count()).select_from(Message).where(seen, _in_group(Group.TODAY, day))
    return db.session.scalar(sent) or 0


def letters(
    *,
    seen: ColumnElement[bool],
    group: Group | None,
    event_id: int | None,
    words: str,
    day: tuple[datetime, datetime],
    offset: int,
    limit: int,
) -> tuple[Sequence[LetterRow], int]:
    """Some letters, those that wait for somebody first, then the newest; and how many there are: two statements."""
    wanted = [seen, *(Message.search_text.contains(word, autoescape=True) for word in search_words(words))]
    if group is not None:
        wanted.append(_in_group(group, day))
    if event_id is not None:
        wanted.append(Message.event_id == event_id)
    parts = [_part(states, wanted, offset + limit) for states in (_STUCK, _OVER)]
    listed = union_all(*(select(part.subquery()) for part in parts))
    rows = db.session.execute(listed.order_by("urgency", listed.selected_columns.id.desc()).offset(offset).limit(limit))
    total = db.session.scalar(select(func.count()).select_from(Message).where(*wanted)) or 0
    return [LetterRow(*row) for row in rows], total


def _part(states: tuple[MessageState, ...], wanted: Sequence[ColumnElement[bool]], limit: int) -> Select[LetterRow]:
    urgency = case(_URGENCY, value=Message.state, else_=_LAST) if states is _STUCK else literal(_LAST)
    columns = (
        urgency.label("urgency"), Message.id, Message.recipient, Message.recipient_name, Message.subject, Message.state,
        is_held_by_hold().label("is_held"), Event.title, _code().label("code"), Message.created_at, Message.run_at,
        Message.sent_at, Message.tries,
    )  # fmt: skip
    part: Select[LetterRow] = select(*columns)
    part = part.outerjoin(Event, Event.id == Message.event_id).where(Message.state.in_(states), *wanted)
    ordered = (urgency, Message.id.desc()) if states is _STUCK else (Message.id.desc(),)
    return part.order_by(*ordered).limit(limit)


def _code() -> ColumnElement[str]:
    return cast(Event.year, String) + "-" + cast(Event.number, String)


def _in_group(group: Group, day: tuple[datetime, datetime]) -> ColumnElement[bool]:
    waiting, held = Message.state == MessageState.WAITING, is_held_by_hold()
    conditions: dict[Group, ColumnElement[bool]] = {
        Group.HELD: (Message.state == MessageState.HELD) | (waiting & held),
        Group.WAITING: waiting & ~held,
        Group.TODAY: (Message.state == MessageState.SENT) & (Message.sent_at >= day[0]) & Message.body.is_not(None),
        Group.REFUSED: Message.state == MessageState.FAILED,
        Group.BOUNCED: Message.state == MessageState.BOUNCED,
        Group.SENT: Message.state == MessageState.SENT,
        Group.DISCARDED: Message.state == MessageState.DISCARDED,
    }
    return conditions[group]


def letter_events() -> list[Event]:
    """The events that letters speak of, the latest first, for the filter: one statement."""
    spoken_of = select(Message.event_id).where(Message.event_id.is_not(None)).distinct()
    latest = select(Event).where(Event.id.in_(spoken_of)).order_by(Event.starts_at.desc(), Event.id.desc())
    return list(db.session.scalars(latest.limit(_MOST_EVENTS)))


def held_events() -> list[tuple[Hold, Event]]:
    """The events whose letters are held back, with since when and why: one statement."""
    rows = db.session.execute(select(Hold, Event).join(Event, Event.id == Hold.event_id).order_by(Hold.since))
    return [(hold, event) for hold, event in rows]
