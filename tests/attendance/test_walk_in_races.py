"""The same walk-in let in from several phones at one instant is one registration and one mark."""

import pytest
from sqlalchemy import func, select

from kstthc_training.attendance.models import Mark
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import SeatPool
from tests.attendance.arrivals import NONCE, address, rows, running_event, stored
from tests.support.factories import make_account, make_organisation, make_person, make_registration

pytestmark = pytest.mark.race

PHONES = 8


def let_in(event, **data):
    """The press that lets somebody in."""
    return "press", {"account_id": make_account(Role.ORGANIZER).id, "address": address(event), "data": data}


def test_one_press_sent_many_times_counts_once(place, rivals):
    event, person = running_event(capacity=1), make_person()
    make_registration(event)
    answers = rivals.run(*place, [let_in(event, person=person.id, nonce=NONCE)] * PHONES)
    assert {answer.partition(" ")[0] for answer in answers} == {"200"}
    assert stored()[0][1:] == [(person.id, RegistrationState.CONFIRMED, RegistrationSource.WALK_IN)]
    assert (rows(Mark), db.session.scalars(select(SeatPool.taken)).all()) == (1, [1])


def test_somebody_new_typed_on_many_phones_is_one_person(place, rivals):
    event, organisation = running_event(), make_organisation()
    new = {"full_name": "Thạch Mẫu Mới", "organisation_id": str(organisation.id)}
    jobs = [let_in(event, **new, nonce=f"{NONCE}{number}") for number in range(PHONES)]
    answers = rivals.run(*place, jobs)
    assert {answer.partition(" ")[0] for answer in answers} == {"200"}
    assert len(stored()[0]) == 1
    named = select(func.count()).where(Person.full_name == "Thạch Mẫu Mới")
    assert db.session.execute(named).scalar_one() == 1
