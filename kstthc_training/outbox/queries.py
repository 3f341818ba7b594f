"""What waits, what went out, who carries it: for the administrators' mail page, for health, and for the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from kstthc_training.db import db
from kstthc_training.outbox.composing import LINK_MARK
from kstthc_training.outbox.enums import JobState, KnownTrouble, MessageState
from kstthc_training.outbox.models import Hold, Job, Message, Worker
from kstthc_training.refusals import Unknown
from kstthc_training.text import search_words

_LISTED = (
    Message.id, Message.kind, Message.recipient, Message.recipient_name, Message.subject, Message.state, Message.event_id,
    Message.created_at, Message.run_at, Message.sent_at, Message.tries, Message.last_error,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """Some letters, newest first, with the columns of the list; how many there are by state, whatever the filter."""

    rows: Sequence[Any]
    counts: Mapping[MessageState, int]
    total: int


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """One letter with its text, in which `link_mark` stands for an address of one person's own; None when erased."""

    letter: Message
    body: str | None
    link_mark: str = LINK_MARK

    @property
    def has_link(self) -> bool:
        """Whether a personal address stands in the text."""
        return bool(self.body and self.link_mark in self.body)


def letters(*, state: MessageState | None = None, words: str = "", offset: int = 0, limit: int = 50) -> LetterPage:
    """Letters of one state or of all, whose recipient or subject holds each of the words, without diacritics."""
    wanted = [Message.state == state] if state else []
    wanted += [Message.search_text.contains(word, autoescape=True) for word in search_words(words)]
    listed = select(*_LISTED).where(*wanted).order_by(Message.id.desc()).offset(offset).limit(limit)
    counted = {
        each: count for each, count in db.session.execute(select(Message.state, func.count()).group_by(Message.state))
    }
    return LetterPage(
        rows=db.session.execute(listed).all(),
        counts={each: counted.get(each, 0) for each in MessageState},
        total=db.session.scalar(select(func.count()).select_from(Message).where(*wanted)) or 0,
    )


def get_letter(message_id: int) -> LetterText:
    """One letter; unknown ones raise `Unknown`. The personal address is not in it: see `composing.link_address`."""
    letter = db.session.get(Message, message_id)
    if letter is None:
        raise Unknown(message_id=message_id)
    return LetterText(letter=letter, body=letter.body)


def failed_jobs(*, limit: int = 50) -> Sequence[Any]:
    """The jobs that failed for good, newest first: id, kind, key, tries, last_error, run_at."""
    listed = select(Job.id, Job.kind, Job.key, Job.tries, Job.last_error, Job.run_at)
    return db.session.execute(listed.where(Job.state == JobState.FAILED).order_by(Job.id.desc()).limit(limit)).all()


def may_go_again() -> ColumnElement[bool]:
    """The condition that a letter that was refused or came back could still go out, so that somebody can do something.

    Not so one whose text was erased, or whose personal link is void.
    """
    stuck = Message.state.in_((MessageState.FAILED, MessageState.BOUNCED)) & Message.body.is_not(None)
    return stuck & (func.coalesce(Message.last_error, "") != KnownTrouble.NO_LINK.value)


def find_hold(event_id: int | None = None) -> Hold | None:
    """Since when and why all letters, or those of one event, are held back; None when they are not."""
    return db.session.get(Hold, event_id or 0)


def holds() -> Sequence[Hold]:
    """All that is held back, that of everything first."""
    return db.session.scalars(select(Hold).order_by(Hold.id)).all()


def is_held_by_hold() -> ColumnElement[bool]:
    """Whether a hold on everything or on its event keeps a letter back; not one that somebody let pass since."""
    concerns = or_(Hold.event_id.is_(None), Hold.event_id == Message.event_id)
    not_past = or_(Message.let_go_at.is_(None), Message.let_go_at < Hold.since)
    return exists(select(Hold.id).where(concerns, not_past))


def workers() -> Sequence[Worker]:
    """The workers that live, most lately seen first, with what troubles their line to the mail server."""
    return db.session.scalars(select(Worker).order_by(Worker.seen_at.desc())).all()


def worker_seen_at() -> datetime | None:
    """When any worker was last seen alive."""
    return db.session.scalar(select(func.max(Worker.seen_at)))


def letters_due(now: datetime) -> bool:
    """Whether a letter could be taken now."""
    return any_letter(letter_is_due(now))


def any_letter(wanted: ColumnElement[bool]) -> bool:
    """Whether there is a letter that meets a condition."""
    return bool(db.session.scalar(select(exists(select(Message.id).where(wanted)))))


def jobs_due(now: datetime) -> bool:
    """Whether a job could be taken now."""
    return bool(db.session.scalar(select(exists(select(Job.id).where(job_is_due(now))))))


def job_is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a job waits, in nobody's hands, and its time has come."""
    return (Job.state == JobState.WAITING) & (Job.run_at <= now) & Job.claimed_by.is_(None)


def letter_is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a letter waits, in nobody's hands, its time has come and no hold keeps it back."""
    waiting = (Message.state == MessageState.WAITING) & (Message.run_at <= now) & Message.claimed_by.is_(None)
    return waiting & ~is_held_by_hold()


def letter_is_paused(now: datetime) -> ColumnElement[bool]:
    """Whether a letter was tried before and waits for its next turn, and no hold keeps it back."""
    waiting = (Message.state == MessageState.WAITING) & (Message.run_at > now) & Message.claimed_by.is_(None)
    return waiting & (Message.tries > 0) & ~is_held_by_hold()
