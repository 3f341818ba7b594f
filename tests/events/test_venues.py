"""Rooms."""

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.choices import venues
from kstthc_training.events.errors import VenueExists
from kstthc_training.events.service import add_venue
from tests.events.drafts import organizer


def test_room_is_added_once(app, now):
    actor = organizer()
    with unit_of_work():
        add_venue(actor=actor, name="Hội trường A", capacity=200, now=now)
    with pytest.raises(VenueExists) as refused, unit_of_work():
        add_venue(actor=actor, name="hoi truong a", now=now)
    assert refused.value.facts == {"name": "Hội trường A"}
    assert [(room.name, room.capacity) for room in venues()] == [("Hội trường A", 200)]
