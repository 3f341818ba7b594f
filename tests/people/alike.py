"""What makes rows of people be taken for one person's, or not."""

from datetime import date

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.models import Succession
from kstthc_training.people.models import Person, ToldApart


def continued(one, other, *, whole=True):
    with unit_of_work():
        db.session.add(Succession(predecessor_id=one.id, successor_id=other.id, effective_on=date(2025, 7, 1), whole=whole))


def told_apart(one, other):
    with unit_of_work():
        low, high = sorted((one.id, other.id))
        db.session.add(ToldApart(low_id=low, high_id=high, told_at=clock.now()))


def closed(one, other):
    with unit_of_work():
        db.session.get_one(Person, one.id).merged_into_id = other.id
