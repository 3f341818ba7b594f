"""How far a mailbox was read, whose turn it is, and what troubles it."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from kstthc_training.db import added_once, db
from kstthc_training.inbox.models import InboxBox
from kstthc_training.inbox.waiting import Mark


def claim_reading(name: str, *, every: timedelta, now: datetime) -> InboxBox | None:
    """The mailbox, if its turn has come and no other worker took it; detached, as it was before."""
    db.session.execute(added_once(InboxBox, {"name": name, "validity": 0, "last_uid": 0, "trouble": ""}))
    box = db.session.get_one(InboxBox, name, populate_existing=True)
    db.session.expunge(box)
    is_due = or_(InboxBox.read_at.is_(None), InboxBox.read_at <= now - every, InboxBox.read_at > now)
    claimed = update(InboxBox).where(InboxBox.name == name, is_due).values(read_at=now).returning(InboxBox.name)
    return box if db.session.scalar(claimed) else None


def note_read(name: str, *, mark: Mark, is_whole: bool, now: datetime) -> None:
    """Keep how far a mailbox was read without trouble; one that was not read to its end is due again at once."""
    values = {"validity": mark.validity, "last_uid": mark.last, "done_at": now, "trouble": ""}
    if not is_whole:
        values["read_at"] = None
    db.session.execute(update(InboxBox).where(InboxBox.name == name).values(**values))


def note_trouble(name: str, *, trouble: str) -> None:
    """Keep why a mailbox cannot be read."""
    db.session.execute(update(InboxBox).where(InboxBox.name == name).values(trouble=trouble[:300]))
