"""What events are called, for lists that only name them."""

from collections.abc import Collection

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event


def titles_of_events(ids: Collection[int]) -> dict[int, str]:
    """The titles of events by id: one statement, or none when there are none."""
    if not ids:
        return {}
    return {row.id: row.title for row in db.session.execute(select(Event.id, Event.title).where(Event.id.in_(ids)))}
