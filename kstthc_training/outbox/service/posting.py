"""Writing of letters and jobs, always inside the unit of work of the act that they announce."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from kstthc_training.db import added_each_once, added_once, db
from kstthc_training.ids import random_uuid
from kstthc_training.outbox.enums import JobState, MessageState
from kstthc_training.outbox.errors import NotFailed
from kstthc_training.outbox.hosts import host_of
from kstthc_training.outbox.models import Job, Message
from kstthc_training.text import fold


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person is told: subject and plain text; `{{link}}` in the body stands for the derived address.

    `calendar` is an iCalendar object with CRLF lines, `calendar_method` its METHOD and `calendar_uid` its UID: all or none.
    `person_id` says whose letter it is, None for the mailbox of an organisation. `path` leads to the page that it is about,
    for whoever is signed in; after `needed_by` it comes too late.
    """

    kind: str
    recipient: str
    recipient_name: str
    person_id: int | None = None
    subject: str
    body: str
    calendar: str | None = None
    calendar_method: str | None = None
    calendar_uid: str | None = None
    link_purpose: str | None = None
    link_id: int | None = None
    event_id: int | None = None
    locale: str = "vi"
    path: str = ""
    needed_by: datetime | None = None


def post_letter(letter: Letter, *, key: str, now: datetime, run_at: datetime | None = None) -> None:
    """Put a letter into the outbox, to go at `run_at` or at once; the same `key` is the same letter.

    Without an address there is none.
    """
    post_letters([(letter, key)], now=now, run_at=run_at)


def post_letters(letters: Sequence[tuple[Letter, str]], *, now: datetime, run_at: datetime | None = None) -> None:
    """Put letters into the outbox, each under its key, as `post_letter` does: one statement."""
    rows = [_row(letter, key, now, run_at) for letter, key in letters if letter.recipient]
    if rows:
        db.session.execute(added_each_once(Message), rows)


def _row(letter: Letter, key: str, now: datetime, run_at: datetime | None) -> dict[str, Any]:
    return {
        "key": key,
        "kind": letter.kind,
        "message_id": f"<{random_uuid()}@lich-hop>",
        "recipient": letter.recipient,
        "host": host_of(letter.recipient),
        "recipient_name": letter.recipient_name,
        "person_id": letter.person_id,
        "subject": letter.subject,
        "search_text": fold(f"{letter.recipient} {letter.recipient_name} {letter.subject}"),
        "body": letter.body,
        "calendar": letter.calendar,
        "calendar_method": letter.calendar_method,
        "calendar_uid": letter.calendar_uid,
        "locale": letter.locale,
        "link_purpose": letter.link_purpose,
        "link_id": letter.link_id,
        "event_id": letter.event_id,
        "state": MessageState.WAITING,
        "tries": 0,
        "created_at": now,
        "due_at": run_at,
        "run_at": run_at or now,
    }


def plan_job(*, kind: str, key: str, payload: Mapping[str, Any], run_at: datetime, now: datetime) -> None:
    """Have the worker do something at `run_at`; the same `key` is the same job."""
    values = {
        "key": key,
        "kind": kind,
        "payload": dict(payload),
        "state": JobState.WAITING,
        "tries": 0,
        "created_at": now,
        "run_at": run_at,
    }
    db.session.execute(added_once(Job, values))


def try_job_again(*, job_id: int, now: datetime) -> str:
    """Let a job that failed for good wait once more, as if it were new; answers its kind. `NotFailed` for any other."""
    failed = (Job.id == job_id) & (Job.state == JobState.FAILED)
    values = {"state": JobState.WAITING, "run_at": now, "tries": 0, "last_error": None}
    kind = db.session.execute(update(Job).where(failed).values(**values).returning(Job.kind)).scalar_one_or_none()
    if kind is None:
        raise NotFailed(job_id=job_id)
    return kind
