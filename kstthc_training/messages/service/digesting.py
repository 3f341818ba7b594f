"""What goes with a digest: each notice once, and one digest a day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from kstthc_training.db import added_once, db
from kstthc_training.messages.models import DigestDay, Notice
from kstthc_training.messages.queries import for_digest


def take_for_digest(*, account_id: int, day: date, now: datetime) -> Sequence[Notice]:
    """What waited for the digest of an account and was not read meanwhile, the oldest first; nothing when that of `day`
    was written before.

    The row of the day comes first: of two workers at once the second waits for it and then takes nothing.
    """
    first = added_once(DigestDay, {"account_id": account_id, "day": day}).returning(DigestDay.account_id)
    if db.session.execute(first).scalar_one_or_none() is None:
        return []
    waiting = (Notice.account_id == account_id) & for_digest()
    taken = db.session.scalars(update(Notice).where(waiting).values(digest_at=now).returning(Notice.id)).all()
    unread = select(Notice).where(Notice.id.in_(taken), Notice.read_at.is_(None)).order_by(Notice.created_at, Notice.id)
    return db.session.scalars(unread).all()
