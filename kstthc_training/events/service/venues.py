"""Rooms that were not known yet."""

from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.events.errors import VenueExists
from kstthc_training.events.models import Venue
from kstthc_training.people.actors import Actor
from kstthc_training.text import fold


def add_venue(*, actor: Actor, name: str, address: str = "", capacity: int | None = None, now: datetime) -> Venue:
    """A new room; one whose name differs from a known one by accents, case or spaces alone is refused with
    `VenueExists`, which is the constraint's to say: so is the second of two who add one name at one instant."""
    values = {"name": name, "address": address, "capacity": capacity}
    venue_id = db.session.execute(added_once(Venue, values).returning(Venue.id)).scalar_one_or_none()
    if venue_id is None:
        known = db.session.scalar(select(Venue.name).where(Venue.folded_name == fold(name)))
        raise VenueExists(name=known or name)
    record(
        actor=actor, action="venue.added", subject_type="venue", subject_id=venue_id, now=now, name=name, capacity=capacity
    )
    return db.session.get_one(Venue, venue_id)
