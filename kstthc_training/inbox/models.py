"""Letters that came in, each once for ever, and how far each mailbox is read."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.inbox.enums import MailKind, MailState


class InboxMessage(Base):
    """A letter that came in. `digest` tells it from every other, whichever way it came, and is kept for good, so that no
    letter is ever taken twice; `raw` is erased some days later.

    `reason` is the code of why it stands where it does, `facts` what was understood of it and what it changed.
    `event_id` and `person_id` say what and whom it is about, as far as that is known.
    """

    __tablename__ = "inbox_messages"
    __table_args__ = (
        Index("ix_inbox_messages_state", "state", "id"),
        Index("ix_inbox_messages_message_id", "message_id"),
        Index("ix_inbox_messages_sender_key", "sender_key"),
        Index(
            "ix_inbox_messages_kept_raw", "taken_at",
            sqlite_where=text("raw IS NOT NULL"), postgresql_where=text("raw IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(Line, unique=True)
    message_id: Mapped[str] = mapped_column(Line, default="")
    sender: Mapped[str] = mapped_column(Line, default="")
    sender_key: Mapped[str] = mapped_column(Line, default="")
    sender_name: Mapped[str] = mapped_column(Line, default="")
    subject: Mapped[str] = mapped_column(Line, default="")
    search_text: Mapped[str] = mapped_column(Line, default="")
    written_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[MailKind] = mapped_column(choice(MailKind))
    state: Mapped[MailState] = mapped_column(choice(MailState), default=MailState.NEW)
    reason: Mapped[str] = mapped_column(Line, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_cut: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    event_id: Mapped[int | None] = mapped_column(Key, index=True)
    person_id: Mapped[int | None] = mapped_column(Key, index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(Key)
    raw: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class InboxBox(Base):
    """A mailbox that is read: up to which letter (the server's UIDVALIDITY and UID, RFC 3501, 2.3.1.1), when last, and why
    it cannot be read at present, empty while it can."""

    __tablename__ = "inbox_boxes"

    name: Mapped[str] = mapped_column(Line, primary_key=True)
    validity: Mapped[int] = mapped_column(Key, default=0)
    last_uid: Mapped[int] = mapped_column(Key, default=0)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str] = mapped_column(Line, default="")
