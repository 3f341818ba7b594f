"""Who did what: rows that are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line


class AuditEntry(Base):
    """One act by one account, with the facts that show what changed; triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject", "subject_type", "subject_id", "id"),
        Index("ix_audit_entries_account", "account_id", "at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    account_id: Mapped[int | None] = mapped_column(Key)
    actor_name: Mapped[str] = mapped_column(Line)
    address: Mapped[str] = mapped_column(Line, default="")
    action: Mapped[str] = mapped_column(Line)
    subject_type: Mapped[str] = mapped_column(Line)
    subject_id: Mapped[int | None] = mapped_column(Key)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
