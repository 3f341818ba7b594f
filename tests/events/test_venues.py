"""Rooms."""

from threading import Barrier, Event, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.choices import venues
from kstthc_training.events.errors import VenueExists
from kstthc_training.events.models import Venue
from kstthc_training.events.service import add_venue
from tests.events.drafts import organizer
from tests.support.factories import make_venue


def test_room_is_added_once(app, now):
    actor = organizer()
    with unit_of_work():
        add_venue(actor=actor, name="Hội trường A", capacity=200, now=now)
    with pytest.raises(VenueExists) as refused, unit_of_work():
        add_venue(actor=actor, name="hoi truong a", now=now)
    assert refused.value.facts == {"name": "Hội trường A"}
    assert [(room.name, room.capacity) for room in venues()] == [("Hội trường A", 200)]


def test_of_two_spellings_added_at_one_time_the_second_is_refused(app, now):
    actor, begun, ended, outcomes = organizer(), Event(), Event(), []

    def first():
        with app.app_context(), unit_of_work():
            add_venue(actor=actor, name="Hội trường A", now=now)
            begun.set()
            ended.wait(0.5)  # the other may not have an answer before this one is on record

    def second():
        begun.wait()
        with app.app_context():
            try:
                with unit_of_work():
                    add_venue(actor=actor, name="HOI TRUONG  a", now=now)
                outcomes.append("added")
            except VenueExists as refusal:
                outcomes.append(refusal.facts["name"])
            ended.set()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert outcomes == ["Hội trường A"]
    assert [room.name for room in venues()] == ["Hội trường A"]


@pytest.mark.parametrize("name", ["hội trường a", "HỘI TRƯỜNG A", "Hoi  truong A", "Hội trường A"])
def test_the_database_itself_holds_one_spelling(app, name):
    make_venue("Hội trường A")
    with pytest.raises(IntegrityError), unit_of_work() as session:
        session.add(Venue(name=name))


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
