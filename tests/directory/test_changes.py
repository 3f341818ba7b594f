"""Rows changed at once: each only as it was seen, all or none, kept as JSON, and written back."""

import json
from datetime import date

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.changes import added, changed, not_as_left, removed, restored, stored, write
from kstthc_training.directory.errors import RowChanged
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.people.models import Person, RoleGrant
from tests.directory.mergers import only
from tests.support.factories import make_account, make_organisation, make_person


@pytest.fixture
def two(now):
    return make_organisation(), make_organisation()


def written(*changes):
    db.session.rollback()
    with unit_of_work():
        write(changes)


def succession(one, other, **values):
    values = {"effective_on": date(2026, 3, 1), "whole": True, "legal_basis": "", **values}
    key = ("predecessor_id", "successor_id")
    return added(Succession, key=key, predecessor_id=one.id, successor_id=other.id, **values)


def test_a_column_that_is_so_already_is_no_change(two):
    person = make_person(organisation_id=two[0].id)
    assert changed(person, organisation_id=two[0].id) is None


def test_a_row_that_somebody_changed_meanwhile_takes_the_whole_act_back(two):
    one, other = two
    first, second = (make_person(organisation_id=one.id) for _ in range(2))
    changes = [changed(each, organisation_id=other.id) for each in (first, second)]
    with unit_of_work():
        db.session.get_one(Person, second.id).organisation_id = None
    with pytest.raises(RowChanged) as refused:
        written(*changes)
    assert refused.value.facts["change"].key == {"id": second.id}
    assert only(Person, id=first.id).organisation_id == one.id


def test_a_row_that_came_meanwhile_is_not_added_twice(two):
    written(succession(*two))
    with pytest.raises(RowChanged):
        written(succession(*two))
    assert only(Succession).legal_basis == ""


def test_a_row_that_goes_comes_back_with_all_its_columns(two):
    account = make_account(focal_of=two[0])
    grant = only(RoleGrant, account_id=account.id)
    before = {column.name: getattr(grant, column.name) for column in RoleGrant.__table__.columns}
    gone = removed(grant)
    written(gone)
    assert not_as_left([gone]) == []
    (kept,) = restored(json.loads(json.dumps(stored([gone]))))
    written(kept.reversed())
    back = only(RoleGrant, account_id=account.id)
    assert {name: getattr(back, name) for name in before} == before
    assert not_as_left([gone]) == [gone]


def test_days_instants_and_numbers_come_back_from_json_as_they_were(two):
    changes = [changed(two[0], valid_to=date(2026, 2, 28), name="Tên khác"), succession(*two)]
    assert restored(json.loads(json.dumps(stored(changes)))) == changes


def test_versions_rise_both_ways_so_that_stale_forms_are_noticed(two):
    change = changed(two[0], valid_to=clock.local_date(clock.now()))
    written(change)
    written(change.reversed())
    assert (only(Organisation, id=two[0].id).valid_to, only(Organisation, id=two[0].id).version) == (None, 3)
