"""Numbers under concurrency."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import EventNumber
from kstthc_training.events.service import create_event
from kstthc_training.events.service.numbering import next_number
from tests.events.drafts import draft, organizer

HANDS = 8


@pytest.mark.race
def test_no_number_is_given_twice(app: Flask, now):
    """Eight hands save at one instant: eight numbers without a gap."""
    actor, said = organizer(), draft()
    together, numbers, troubles = threading.Barrier(HANDS), [], []

    def save() -> None:
        with app.app_context():
            together.wait()
            try:
                with unit_of_work():
                    number = create_event(actor=actor, draft=said, now=now).number
                numbers.append(number)
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    hands = [threading.Thread(target=save) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert troubles == []
    assert sorted(numbers) == list(range(1, HANDS + 1))


def test_years_count_for_themselves(app):
    with unit_of_work():
        given = [next_number(2026), next_number(2027), next_number(2026)]
    rows = db.session.execute(select(EventNumber.year, EventNumber.last_number).order_by(EventNumber.year)).all()
    assert (given, [tuple(row) for row in rows]) == ([1, 1, 2], [(2026, 2), (2027, 1)])
