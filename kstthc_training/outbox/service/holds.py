"""Holding everything back, or the letters of one event, and letting them go."""

from datetime import datetime

from sqlalchemy import delete

from kstthc_training.db import added_once, db
from kstthc_training.outbox.models import Hold


def hold_letters(*, reason: str, event_id: int | None = None, account_id: int | None = None, now: datetime) -> bool:
    """Let no letter out, or none of one event, until somebody says so; whatever is written meanwhile waits.

    Answers whether this is new: a hold that stands already keeps its reason and its hour.
    """
    values = {"id": event_id or 0, "event_id": event_id, "account_id": account_id, "reason": reason, "since": now}
    return db.session.execute(added_once(Hold, values).returning(Hold.id)).scalar_one_or_none() is not None


def let_letters_go(*, event_id: int | None = None) -> bool:
    """End the hold on everything, or on one event's letters: what waits goes out. Answers whether there was one."""
    ended = delete(Hold).where(Hold.id == (event_id or 0)).returning(Hold.id)
    return db.session.execute(ended).scalar_one_or_none() is not None
