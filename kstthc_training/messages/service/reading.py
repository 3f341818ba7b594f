"""What somebody does with his notices: only ever his own."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, update

from kstthc_training.db import db
from kstthc_training.messages.models import DigestDay, Notice
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Unknown

KEPT = timedelta(days=180)


def read(*, actor: Actor, notice_id: int, now: datetime) -> str:
    """Note that one was read; the answer is where it leads. Raises `Unknown`, also for somebody else's."""
    first = func.coalesce(Notice.read_at, now)
    path = db.session.execute(update(Notice).where(_own(actor, notice_id)).values(read_at=first).returning(Notice.path))
    found = path.scalar_one_or_none()
    if found is None:
        raise Unknown(notice_id=notice_id)
    return found


def unread(*, actor: Actor, notice_id: int) -> None:
    """Let one be unread again. Raises `Unknown`."""
    done = db.session.execute(update(Notice).where(_own(actor, notice_id)).values(read_at=None).returning(Notice.id))
    if done.scalar_one_or_none() is None:
        raise Unknown(notice_id=notice_id)


def read_all(*, actor: Actor, last_id: int, now: datetime) -> int:
    """Note that all up to the last one shown were read, and none that came meanwhile; the answer is how many."""
    mine = (Notice.account_id == actor.account_id) & (Notice.id <= last_id) & Notice.read_at.is_(None)
    return len(db.session.execute(update(Notice).where(mine).values(read_at=now).returning(Notice.id)).all())


def unread_again(*, actor: Actor, read_at: datetime) -> int:
    """Take back that all were read at one instant; the answer is how many."""
    mine = (Notice.account_id == actor.account_id) & (Notice.read_at == read_at)
    return len(db.session.execute(update(Notice).where(mine).values(read_at=None).returning(Notice.id)).all())


def forget_old(*, now: datetime) -> None:
    """Erase notices, and which days had a digest, after half a year."""
    db.session.execute(delete(Notice).where(Notice.created_at < now - KEPT))
    db.session.execute(delete(DigestDay).where(DigestDay.day < (now - KEPT).date()))


def _own(actor: Actor, notice_id: int) -> ColumnElement[bool]:
    return (Notice.id == notice_id) & (Notice.account_id == actor.account_id)
