"""A merger under many at one instant: carried out once, undone once, and no seat or name is lost to it."""

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.limits import Limits
from tests.directory.mergers import DAY, communes, merged
from tests.registrations.seats import a_member, pools_wrong, ruled
from tests.support.factories import make_account, make_event

pytestmark = pytest.mark.race

KEEPERS, PEOPLE, QUOTA = 4, 8, 3


def keepers():
    return [make_account(Role.ORGANIZER).id for _ in range(KEEPERS)]


def merging(account_id, before, after):
    said = {"effective_on": f"{DAY:%d/%m/%Y}", "ends": "het", "da_xem": "1", "tu": [each.id for each in before]}
    return "press", {"account_id": account_id, "address": "/danh-ba/sap-nhap/moi", "data": {**said, "vao": after.id}}


def acts():
    db.session.rollback()
    return db.session.scalars(select(DirectoryAct)).all()


def test_a_merger_that_many_carry_out_at_once_is_one_act(place, rivals):
    east, west, new = communes()
    person = a_member(east)
    answers = rivals.run(*place, [merging(account_id, (east, west), new) for account_id in keepers()])
    assert len(acts()) == 1
    assert sum(answer.startswith("303") for answer in answers) == 1
    assert {answer[:3] for answer in answers} <= {"303", "422"}
    assert db.session.get_one(Person, person.id).organisation_id == new.id


def test_a_merger_that_many_undo_at_once_is_undone_once(place, rivals):
    east, west, new = communes()
    person = a_member(east)
    act_id = merged(east, west, into=new)
    address = f"/danh-ba/sap-nhap/{act_id}/hoan-tac"
    answers = rivals.run(*place, [("press", {"account_id": each, "address": address}) for each in keepers()])
    assert {answer[:3] for answer in answers} == {"303"}
    (act,) = acts()
    assert act.undone_at is not None
    assert db.session.get_one(Person, person.id).organisation_id == east.id


def test_who_registers_while_his_commune_is_merged_has_his_seat_in_one_of_the_two(place, rivals):
    east, west, new = communes()
    event = ruled(make_event(capacity=PEOPLE * 2), Limits(each_organisation=QUOTA))
    people = [a_member(body) for body in (east, west) for _ in range(PEOPLE)]
    accounts = [make_account(person=person) for person in people]
    jobs = [("press", {"account_id": each.id, "address": f"/hop/{event.code}/dang-ky"}) for each in accounts]
    jobs.insert(len(jobs) // 2, merging(keepers()[0], (east, west), new))
    answers = rivals.run(*place, jobs)
    assert {answer[:3] for answer in answers} == {"303"}
    db.session.rollback()
    assert pools_wrong(event) == []
    assert db.session.scalar(select(func.count()).where(Registration.event_id == event.id)) == len(people)
    homes = select(Registration.seat_organisation_id).where(Registration.event_id == event.id)
    assert set(db.session.scalars(homes)) == {new.id}
