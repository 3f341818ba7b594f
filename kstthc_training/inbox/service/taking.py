"""Keeping a letter that came in: once, however often it is found."""

from datetime import datetime
from typing import Any

from kstthc_training.db import added_once, db
from kstthc_training.inbox.classifying import classified
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.inbox.reading import read
from kstthc_training.text import fold


def keep(octets: bytes, *, is_cut: bool, now: datetime) -> int | None:
    """Keep a letter to be settled; the answer is its number, None when it was kept before."""
    mail = read(octets, is_cut=is_cut)
    values: dict[str, Any] = {
        "digest": mail.digest,
        "message_id": mail.message_id,
        "sender": mail.sender,
        "sender_key": mail.sender.lower(),
        "sender_name": mail.sender_name,
        "subject": mail.subject,
        "search_text": fold(f"{mail.sender} {mail.sender_name} {mail.subject}"),
        "written_at": mail.sent_at,
        "taken_at": now,
        "kind": classified(mail).kind,
        "state": MailState.NEW,
        "reason": "",
        "facts": {},
        "is_cut": is_cut,
        "tries": 0,
        "raw": octets,
    }
    return db.session.scalar(added_once(InboxMessage, values).returning(InboxMessage.id))
