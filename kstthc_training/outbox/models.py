"""What must still happen after an act: letters and jobs, written in the transaction of the act."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line, Prose, choice
from kstthc_training.outbox.enums import JobState, MessageState


class Message(Base):
    """A letter to one address, with a Message-ID fixed at writing, so that a repeat after a crash is the same letter.

    `body` may hold the mark `{{link}}`; the address it stands for is derived at sending from `link_purpose` and
    `link_id`, so that no usable secret lies in the database. `calendar` is an iCalendar object sent along with its
    method (RFC 6047). Bodies are erased some days after sending. While `claimed_by` names a worker and `lease_until`
    is to come, the letter is in that worker's hands.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_due", "state", "run_at"),
        Index("ix_outbox_messages_recipient", "recipient"),
        Index(
            "ix_outbox_messages_kept_bodies", "sent_at",
            sqlite_where=text("body IS NOT NULL"), postgresql_where=text("body IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(Line, unique=True)
    kind: Mapped[str] = mapped_column(Line)
    message_id: Mapped[str] = mapped_column(Line, unique=True)
    recipient: Mapped[str] = mapped_column(Line)
    recipient_name: Mapped[str] = mapped_column(Line, default="")
    person_id: Mapped[int | None] = mapped_column(Key, index=True)
    subject: Mapped[str] = mapped_column(Line)
    search_text: Mapped[str] = mapped_column(Line, default="")
    body: Mapped[str | None] = mapped_column(Prose)
    calendar: Mapped[str | None] = mapped_column(String)
    calendar_method: Mapped[str | None] = mapped_column(Line)
    link_purpose: Mapped[str | None] = mapped_column(Line)
    link_id: Mapped[int | None] = mapped_column(Key)
    event_id: Mapped[int | None] = mapped_column(Key, index=True)
    state: Mapped[MessageState] = mapped_column(choice(MessageState), default=MessageState.WAITING)
    created_at: Mapped[datetime] = mapped_column(Instant)
    resent_at: Mapped[datetime | None] = mapped_column(Instant)
    run_at: Mapped[datetime] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(Line)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Line)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class Job(Base):
    """Work for the worker: `kind` names the handler that the application registered; `key` makes asking twice harmless."""

    __tablename__ = "outbox_jobs"
    __table_args__ = (Index("ix_outbox_jobs_due", "state", "run_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(Line, unique=True)
    kind: Mapped[str] = mapped_column(Line)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.WAITING)
    created_at: Mapped[datetime] = mapped_column(Instant)
    run_at: Mapped[datetime] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(Line)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Line)
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class Hold(Base):
    """While this row stands no letter goes out: after a restore, until an operator has looked."""

    __tablename__ = "outbox_holds"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    reason: Mapped[str] = mapped_column(Line)
    since: Mapped[datetime] = mapped_column(Instant)


class Worker(Base):
    """A worker process that lives: it says so some times a minute, and why the line to the mail server fails."""

    __tablename__ = "outbox_workers"

    name: Mapped[str] = mapped_column(Line, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    line_trouble: Mapped[str | None] = mapped_column(Line)
