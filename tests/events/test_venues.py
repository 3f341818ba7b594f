"""Rooms."""

from threading import Barrier, Thread

import pytest

from kstthc_training.db import db, unit_of_work
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


def test_of_two_who_add_one_room_at_one_instant_the_second_is_refused(app, now):
    actor, barrier, outcomes = organizer(), Barrier(4), []

    def add():
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work():
                    add_venue(actor=actor, name="Hội trường A", now=now)
                outcomes.append("added")
            except VenueExists as refusal:
                outcomes.append(refusal.facts["name"])

    threads = [Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert sorted(outcomes) == ["Hội trường A"] * 3 + ["added"]
    assert [room.name for room in venues()] == ["Hội trường A"]
