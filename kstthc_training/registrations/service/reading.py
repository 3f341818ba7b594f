"""Who looked at a list of people, for the audit log."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.people.actors import Actor

NOTED_EVERY = timedelta(hours=1)
READ = "registrations.read"


def was_noted(*, actor: Actor, event_id: int, now: datetime) -> bool:
    """Whether the log has it already that the actor read this event's list within the last hour."""
    noted = exists().where(
        AuditEntry.subject_type == "event",
        AuditEntry.subject_id == event_id,
        AuditEntry.action == READ,
        AuditEntry.account_id == actor.account_id,
        AuditEntry.at > now - NOTED_EVERY,
    )
    return bool(db.session.scalar(select(noted)))


def note_list_read(*, actor: Actor, event_id: int, now: datetime) -> None:
    """Record that the actor read the list of those registered for an event."""
    record(actor=actor, action=READ, subject_type="event", subject_id=event_id, now=now)
