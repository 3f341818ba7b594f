"""An erasure while the person registers at the same instant: he is on no list to come, by whichever came first."""

import pytest
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import GONE
from kstthc_training.registrations.models import Registration
from tests.registrations.seats import a_member, pools_wrong
from tests.support.factories import make_account, make_event

pytestmark = pytest.mark.race

PEOPLE = 4


def test_nobody_erased_is_left_on_a_list_that_he_came_to_meanwhile(place, rivals):
    event, keeper = make_event(capacity=2), make_account(Role.ADMINISTRATOR)
    make_account(Role.ADMINISTRATOR)
    people = [a_member(full_name=f"Lê Mẫu Thử {number}") for number in range(PEOPLE)]
    jobs = []
    for person in people:
        account = make_account(person=person)
        erasing = {"account_id": keeper.id, "address": f"/quan-tri/du-lieu/{person.id}", "data": {"typed": person.full_name}}
        jobs += [("press", {"account_id": account.id, "address": f"/hop/{event.code}/dang-ky"}), ("press", erasing)]
    answers = rivals.run(*place, jobs)
    assert [answer for answer in answers if answer.startswith(("error", "5"))] == []
    db.session.rollback()
    ids = [person.id for person in people]
    assert None not in db.session.scalars(select(Person.erased_at).where(Person.id.in_(ids))).all()
    left = select(Registration.id).where(Registration.event_id == event.id, Registration.state.not_in(GONE))
    assert db.session.scalars(left).all() == []
    assert pools_wrong(event) == []
