"""Writing of letters and jobs, always inside the unit of work of the act that they announce; and what operators decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from kstthc_training.db import added_once, db
from kstthc_training.ids import random_uuid
from kstthc_training.outbox.enums import JobState, KnownTrouble, MessageState
from kstthc_training.outbox.errors import BodyErased, NotFailed
from kstthc_training.outbox.models import Hold, Job, Message
from kstthc_training.outbox.queries import may_go_again
from kstthc_training.refusals import Unknown
from kstthc_training.text import fold


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person is told: subject and plain text; `{{link}}` in the body stands for the derived address.

    `calendar` is an iCalendar object with CRLF lines and `calendar_method` its METHOD: both or neither.
    `person_id` says whose letter it is, None for the mailbox of an organisation.
    """

    kind: str
    recipient: str
    recipient_name: str
    person_id: int | None = None
    subject: str
    body: str
    calendar: str | None = None
    calendar_method: str | None = None
    link_purpose: str | None = None
    link_id: int | None = None
    event_id: int | None = None


def post_letter(letter: Letter, *, key: str, now: datetime) -> None:
    """Put a letter into the outbox; the same `key` is the same letter, and without an address there is none."""
    if not letter.recipient:
        return
    values = {
        "key": key,
        "kind": letter.kind,
        "message_id": f"<{random_uuid()}@lich-hop>",
        "recipient": letter.recipient,
        "recipient_name": letter.recipient_name,
        "person_id": letter.person_id,
        "subject": letter.subject,
        "search_text": fold(f"{letter.recipient} {letter.recipient_name} {letter.subject}"),
        "body": letter.body,
        "calendar": letter.calendar,
        "calendar_method": letter.calendar_method,
        "link_purpose": letter.link_purpose,
        "link_id": letter.link_id,
        "event_id": letter.event_id,
        "state": MessageState.WAITING,
        "tries": 0,
        "created_at": now,
        "run_at": now,
    }
    db.session.execute(added_once(Message, values))


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


def send_again(*, message_id: int, now: datetime) -> None:
    """Let a letter that failed wait once more, as if it were new; its Message-ID stays."""
    message = db.session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise Unknown(message_id=message_id)
    if message.state is not MessageState.FAILED:
        raise NotFailed(state=message.state)
    if message.body is None:
        raise BodyErased(message_id=message_id)
    message.state = MessageState.WAITING
    message.run_at = message.resent_at = now
    message.tries = 0
    message.last_error = None
    db.session.flush()


def try_job_again(*, job_id: int, now: datetime) -> str:
    """Let a job that failed for good wait once more, as if it were new; answers its kind. `NotFailed` for any other."""
    failed = (Job.id == job_id) & (Job.state == JobState.FAILED)
    values = {"state": JobState.WAITING, "run_at": now, "tries": 0, "last_error": None}
    kind = db.session.execute(update(Job).where(failed).values(**values).returning(Job.kind)).scalar_one_or_none()
    if kind is None:
        raise NotFailed(job_id=job_id)
    return kind


def send_failed_again(*, now: datetime) -> int:
    """Let every letter that failed and may still go out wait once more; answers how many."""
    values = {"state": MessageState.WAITING, "run_at": now, "resent_at": now, "tries": 0, "last_error": None}
    again = update(Message).where(may_go_again()).values(**values).returning(Message.id)
    return len(db.session.execute(again).all())


def hold_letters(*, reason: str, now: datetime) -> None:
    """Let no letter out until an operator says so; whatever is written meanwhile waits."""
    db.session.execute(added_once(Hold, {"id": 1, "reason": reason, "since": now}))


def let_letters_go() -> None:
    """End the hold: what waits goes out."""
    db.session.execute(delete(Hold))


def discard_waiting_letters() -> int:
    """Give up every letter that waits and is in no worker's hands; the answer is how many."""
    waiting = (Message.state == MessageState.WAITING) & Message.claimed_by.is_(None)
    given_up = update(Message).where(waiting).values(state=MessageState.FAILED, last_error=KnownTrouble.DISCARDED)
    return len(db.session.execute(given_up.returning(Message.id)).all())
