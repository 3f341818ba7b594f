"""Organisations end and are continued: many by one, one by many; what they were stays."""

from datetime import date

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations import errors, service
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.organisations.queries import exists_on, predecessors_of, successors_of
from kstthc_training.people.actors import SYSTEM
from tests.organisations.kept import added, fresh

MERGED = date(2025, 7, 1)
EVE = date(2025, 6, 30)
ACT = "Nghị quyết 1654/NQ-UBTVQH15"


def succeed(predecessor, successor, *, now, **said):
    with unit_of_work():
        service.succeed(
            actor=SYSTEM, predecessor=predecessor, successor=successor, effective_on=MERGED, legal_basis=ACT, now=now, **said
        )


def test_whole_predecessors_end_the_day_before(now):
    first, second = added("Xã Ngọc Hòa", now=now), added("Xã Hòa Thuận", now=now)
    new = added("Xã Hòa Thuận", valid_from=MERGED, now=now)
    succeed(first, new, now=now)
    succeed(second, new, now=now)
    assert [fresh(o).valid_to for o in (first, second, new)] == [EVE, EVE, None]
    assert [(c.name, c.effective_on, c.whole, c.legal_basis) for c in successors_of(first.id)] == [
        ("Xã Hòa Thuận", MERGED, True, ACT)
    ]
    assert {c.id for c in predecessors_of(new.id)} == {first.id, second.id}


def test_one_that_is_split_ends_by_its_own_verb(now):
    old = added("Huyện Phú Quốc", now=now)
    parts = [added(f"Đặc khu {n}", valid_from=MERGED, now=now) for n in (1, 2)]
    for part in parts:
        succeed(old, part, whole=False, now=now)
    assert fresh(old).valid_to is None
    with unit_of_work():
        service.end(actor=SYSTEM, organisation=old, valid_to=EVE, now=now)
    assert fresh(old).valid_to == EVE
    assert [c.whole for c in successors_of(old.id)] == [False, False]


def test_an_earlier_end_stays(now):
    old, new = added("Xã A", valid_to=date(2025, 1, 1), now=now), added("Xã B", now=now)
    succeed(old, new, now=now)
    assert fresh(old).valid_to == date(2025, 1, 1)


def test_one_pair_is_on_record_once(now):
    old, new = added("Xã A", now=now), added("Xã B", now=now)
    succeed(old, new, now=now)
    with pytest.raises(errors.AlreadySucceeded):
        succeed(old, new, now=now)
    assert len(db.session.scalars(select(Succession.id)).all()) == 1


@pytest.mark.parametrize("span", [{"valid_from": date(2025, 7, 2)}, {"valid_to": EVE}])
def test_successor_exists_on_the_day(now, span):
    old, new = added("Xã A", now=now), added("Xã B", now=now, **span)
    with pytest.raises(errors.OutsideItsTime):
        succeed(old, new, now=now)
    assert fresh(old).valid_to is None


def test_predecessor_that_begins_on_the_day_cannot_end_before(now):
    old, new = added("Xã A", valid_from=MERGED, now=now), added("Xã B", now=now)
    with pytest.raises(errors.EndsBeforeItBegins):
        succeed(old, new, now=now)
    assert db.session.scalars(select(Succession.id)).all() == []


def test_end_can_be_taken_back(now):
    organisation = added("Xã A", now=now)
    for day in (EVE, EVE, None):
        with unit_of_work():
            service.end(actor=SYSTEM, organisation=organisation, valid_to=day, now=now)
    assert (fresh(organisation).valid_to, fresh(organisation).version) == (None, 3)


@pytest.mark.parametrize(
    ("day", "exists"), [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (EVE, True), (MERGED, False)]
)
def test_first_and_last_day_belong_to_it(now, day, exists):
    added("Xã A", valid_from=date(2020, 1, 1), valid_to=EVE, now=now)
    assert bool(db.session.scalars(select(Organisation.id).where(exists_on(day))).all()) is exists
