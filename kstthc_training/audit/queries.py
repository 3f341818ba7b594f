"""Looking into the log."""

from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db


def has_read_since(
    since: datetime, *, action: str, subject_type: str, subject_id: int | None, account_id: int | None
) -> bool:
    """Whether the log holds this act on this subject by this account after `since`."""
    statement = select(AuditEntry.id).where(
        AuditEntry.subject_type == subject_type,
        AuditEntry.subject_id.is_(None) if subject_id is None else AuditEntry.subject_id == subject_id,
        AuditEntry.account_id == account_id,
        AuditEntry.action == action,
        AuditEntry.at > since,
    )
    return db.session.scalar(statement.limit(1)) is not None
