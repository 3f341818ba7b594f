"""Writing of letters and jobs, always inside the unit of work of the act that they announce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.ids import random_uuid
from kstthc_training.outbox.models import Job, Message


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person is told: subject and plain text; `{{link}}` in the body stands for the derived address."""

    kind: str
    recipient: str
    recipient_name: str
    subject: str
    body: str
    link_purpose: str | None = None
    link_id: int | None = None
    event_id: int | None = None


def post_letter(letter: Letter, *, key: str, now: datetime) -> None:
    """Put a letter into the outbox; the same `key` is the same letter, and without an address there is none."""
    if not letter.recipient or _exists(Message, key):
        return
    db.session.add(
        Message(
            key=key,
            kind=letter.kind,
            message_id=f"<{random_uuid()}@lich-hop>",
            recipient=letter.recipient,
            recipient_name=letter.recipient_name,
            subject=letter.subject,
            body=letter.body,
            link_purpose=letter.link_purpose,
            link_id=letter.link_id,
            event_id=letter.event_id,
            created_at=now,
            run_at=now,
        )
    )


def plan_job(*, kind: str, key: str, payload: Mapping[str, Any], run_at: datetime, now: datetime) -> None:
    """Have the worker do something at `run_at`; the same `key` is the same job."""
    if not _exists(Job, key):
        db.session.add(Job(key=key, kind=kind, payload=dict(payload), created_at=now, run_at=run_at))


def _exists(table: type[Message] | type[Job], key: str) -> bool:
    db.session.flush()
    return db.session.scalar(select(table.id).where(table.key == key)) is not None
