"""Several workers at one instant: each reader has one digest, and every notice stands in it once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.messages.enums import Group, Way
from kstthc_training.outbox.models import Message
from kstthc_training.working_days import next_working_day
from tests.messages.test_telling import a_letter, chosen, told
from tests.support.factories import make_account

pytestmark = pytest.mark.race

READERS, WORKERS = 5, 8


def waiting():
    """Readers for whom three notices each wait."""
    for _ in range(READERS):
        account = make_account()
        chosen(account, Group.ORGANISATION, Way.DIGEST)
        reminders = [a_letter(account.person_id, kind="invitation-reminder", subject=f"Số {n}") for n in range(3)]
        told(*reminders, key=f"{account.id}-")


def facts():
    """The next working day at one hour."""
    day = next_working_day(clock.local_date(clock.now()))
    return {"day": day.isoformat(), "now": (clock.now() + timedelta(minutes=1)).isoformat()}


def test_eight_workers_write_one_digest_for_each(place, rivals):
    waiting()
    assert rivals.run(*place, [("digests", facts())] * WORKERS) == ["done"] * WORKERS
    db.session.rollback()
    bodies = db.session.scalars(select(Message.body).where(Message.kind == "digest")).all()
    assert [sum(f"Số {n} " in body for n in range(3)) for body in bodies] == [3] * READERS


def test_workers_that_read_first_are_shown_to_take_the_same(place, rivals):
    waiting()
    answers = rivals.run(*place, [("unguarded digests", facts())] * WORKERS)
    assert sum(answer.startswith(f"took {3 * READERS}") for answer in answers) > 1
