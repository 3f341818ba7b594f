"""Settings are set from a day on, by several at once if need be."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.refusals import Stale
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import state_of
from kstthc_training.settings.service import set_value, set_values

DAY = date(2026, 7, 1)
GROUP = ("place", "agency")


def stored():
    return [(row.name, row.valid_from, row.value) for row in db.session.scalars(select(Setting).order_by(Setting.name))]


def put(name, value, day=DAY):
    with unit_of_work():
        set_value(actor=SYSTEM, name=name, value=value, valid_from=day, now=clock.now())


def at_once(app, act, values):
    """What comes of an act done by several writers at one instant."""
    barrier, outcomes = Barrier(len(values)), []

    def run(value):
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work():
                    act(value)
                outcomes.append("set")
            except Stale:
                outcomes.append("stale")

    threads = [Thread(target=run, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return sorted(outcomes)


def test_a_value_of_a_day_is_replaced_and_other_days_keep_theirs(app):
    for day, value in ((date(2020, 1, 1), "A"), (DAY, "B"), (DAY, "C")):
        put("place", value, day)
    assert stored() == [("place", date(2020, 1, 1), "A"), ("place", DAY, "C")]


def test_a_value_that_was_read_before_is_seen_as_it_is_now(app):
    put("place", "A")
    with unit_of_work():
        held = db.session.get(Setting, ("place", DAY))
        set_value(actor=SYSTEM, name="place", value="B", valid_from=DAY, now=clock.now())
        assert held.value == "B"


def test_writers_of_one_value_at_one_instant_never_meet_the_key(app):
    def act(value):
        set_value(actor=SYSTEM, name="place", value=value, valid_from=DAY, now=clock.now())

    assert at_once(app, act, list("ABCDEF")) == ["set"] * 6
    assert len(stored()) == 1


def test_of_writers_who_saw_the_same_state_one_is_first_and_the_others_are_told(app):
    seen = state_of(GROUP)

    def act(value):
        set_values(actor=SYSTEM, group=GROUP, seen=seen, values={"place": value}, valid_from=DAY, now=clock.now())

    assert at_once(app, act, list("ABCD")) == ["set", "stale", "stale", "stale"]
    assert len(stored()) == 1


@pytest.mark.parametrize(("name", "same"), [("agency", False), ("signer_name", True)])
def test_the_state_of_a_group_changes_with_its_own_values_alone(app, name, same):
    before = state_of(GROUP)
    put(name, "X", date(2030, 1, 1))
    assert (state_of(GROUP) == before) is same
