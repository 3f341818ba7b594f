"""Rooms of the Office and halls of the districts."""

from kstthc_training.db import db
from kstthc_training.events.models import Venue
from kstthc_training.sample.tables import read_table


def add_venues() -> dict[str, int]:
    """The numbers of the venues by their names."""
    venues = [
        Venue(name=line["name"], address=line["address"], capacity=int(line["capacity"])) for line in read_table("venues")
    ]
    db.session.add_all(venues)
    db.session.flush()
    return {venue.name: venue.id for venue in venues}
