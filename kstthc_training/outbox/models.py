"""What must still happen after an act: letters and jobs, written in the transaction of the act."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line, Prose, choice
from kstthc_training.outbox.enums import JobState, MessageState, PathStep


class Message(Base):
    """A letter to one address, with a Message-ID fixed at writing, so that a repeat after a crash is the same letter.

    `body` may hold the mark `{{link}}`; the address it stands for is derived at sending from `link_purpose` and
    `link_id`, so that no usable secret lies in the database. `calendar` is an iCalendar object sent along with its
    method (RFC 6047). Bodies are erased some days after sending. While `claimed_by` names a worker and `lease_until`
    is to come, the letter is in that worker's hands. `due_at` says since when it is to go, None since it was written;
    `let_go_at` that somebody let it pass the holds that stood then; `tried_at` counts for the pace, by `host`.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_due", "state", "run_at"),
        Index("ix_outbox_messages_recipient", "recipient"),
        Index("ix_outbox_messages_listed", "state", "kind", "event_id", "let_go_at", "host"),
        Index("ix_outbox_messages_pace", "tried_at", "host"),
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
    host: Mapped[str] = mapped_column(Line, default="", server_default="")
    recipient_name: Mapped[str] = mapped_column(Line, default="")
    person_id: Mapped[int | None] = mapped_column(Key, index=True)
    subject: Mapped[str] = mapped_column(Line)
    search_text: Mapped[str] = mapped_column(Line, default="")
    body: Mapped[str | None] = mapped_column(Prose)
    calendar: Mapped[str | None] = mapped_column(String)
    calendar_method: Mapped[str | None] = mapped_column(Line)
    calendar_uid: Mapped[str | None] = mapped_column(Line)
    locale: Mapped[str] = mapped_column(Line, default="vi")
    link_purpose: Mapped[str | None] = mapped_column(Line)
    link_id: Mapped[int | None] = mapped_column(Key)
    event_id: Mapped[int | None] = mapped_column(Key, index=True)
    state: Mapped[MessageState] = mapped_column(choice(MessageState), default=MessageState.WAITING)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    let_go_at: Mapped[datetime | None] = mapped_column(Instant)
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    run_at: Mapped[datetime] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(Line)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Line)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class Step(Base):
    """One move on the path of a letter, only ever added; triggers let nothing be changed but `said` be emptied.

    `said` are the words of the mail server, or the address that a letter had before; `until` is the next try, or for an act
    of a person the time the letter had before. `account_id` is who did it, `act` marks the letters of one act, `was` is the
    state before.
    """

    __tablename__ = "outbox_steps"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    what: Mapped[PathStep] = mapped_column(choice(PathStep))
    said: Mapped[str] = mapped_column(Line, default="")
    until: Mapped[datetime | None] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(Key)
    act: Mapped[str | None] = mapped_column(Line, index=True)
    was: Mapped[MessageState | None] = mapped_column(choice(MessageState, name="was"))


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
    """While this row stands no letter goes out, or none of one event: until somebody lets them go.

    Without an event it holds everything, after a restore for example; `account_id` is who set it, None the operator's
    command. The key makes a second hold of the same impossible.
    """

    __tablename__ = "outbox_holds"
    __table_args__ = (CheckConstraint("id = coalesce(event_id, 0)", name="one_for_each"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    event_id: Mapped[int | None] = mapped_column(Key)
    account_id: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(Line)
    since: Mapped[datetime] = mapped_column(Instant)


class Worker(Base):
    """A worker process that lives: it says so some times a minute, and why the line to the mail server fails."""

    __tablename__ = "outbox_workers"

    name: Mapped[str] = mapped_column(Line, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    line_trouble: Mapped[str | None] = mapped_column(Line)
