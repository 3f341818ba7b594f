"""Rows of the directory that were closed or erased come to no list again, not by an undo either."""

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations.service import Invitee, invite
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.privacy.service.erasing import erase
from kstthc_training.refusals import Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from tests.directory.unitings import united
from tests.registrations.actors import actor_of, again
from tests.registrations.seats import pools_wrong
from tests.support.factories import make_account, make_event, make_person, make_registration

CANCELLED, PENDING, REFUSED = RegistrationState.CANCELLED, RegistrationState.PENDING, RegistrationState.REFUSED


@pytest.fixture
def event(app):
    return make_event(capacity=5)


@pytest.fixture
def organizer(app):
    return actor_of(make_account(Role.ORGANIZER), Role.ORGANIZER)


@pytest.fixture
def person(app):
    return make_person("Lê Mẫu Ân")


def erased(person):
    with unit_of_work():
        actor = actor_of(make_account(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
        erase(actor=actor, person_id=person.id, typed=person.full_name, now=clock.now())
    db.session.rollback()


def led_on(person, event):
    kept = make_person("Lê Mẫu An")
    make_registration(event, kept)
    united(kept, person)


def closed(how, person, event):
    led_on(person, event) if how == "united" else erased(person)


@pytest.mark.parametrize("how", ["united", "erased"])
def test_the_undo_of_taking_back_brings_only_the_others_back(event, organizer, person, how):
    row, other = make_registration(event, person), make_registration(event)
    at = clock.now()
    with unit_of_work():
        chosen = [row.id, other.id]
        service.cancel_several(actor=organizer, event_id=event.id, registration_ids=chosen, reason="", now=at)
    closed(how, person, event)
    with unit_of_work():
        back = service.restore(actor=organizer, event=event, at=at, now=clock.now())
        assert [each.id for each in back] == [other.id]
    assert (again(row.id).state, pools_wrong(event)) == (CANCELLED, [])


@pytest.mark.parametrize("how", ["united", "erased"])
def test_the_undo_of_a_refusal_brings_only_the_others_back(event, organizer, person, how):
    row, other = (make_registration(event, each, state=PENDING) for each in (person, make_person()))
    at = clock.now()
    with unit_of_work():
        chosen = [row.id, other.id]
        service.refuse(actor=organizer, event_id=event.id, registration_ids=chosen, reason="Hết chỗ", now=at)
    closed(how, person, event)
    with unit_of_work():
        back = service.reconsider(actor=organizer, event_id=event.id, at=at, now=clock.now())
        assert [each.id for each in back] == [other.id]
    assert (again(row.id).state, again(other.id).state) == (REFUSED, PENDING)


def by_organizer(actor, event, person):
    source = RegistrationSource.ORGANIZER
    service.register(actor=actor, event=event, person=person, source=source, now=clock.now())


def from_a_list(actor, event, person):
    service.register_several(actor=actor, event_id=event.id, people=[person], now=clock.now())


def at_the_door(actor, event, person):
    service.register_walk_in(actor=actor, event=event, person=person, now=clock.now())


def by_name(actor, event, person):
    invite(actor=actor, event_id=event.id, invitees=[Invitee(person_id=person.id)], now=clock.now())


@pytest.mark.parametrize("comes", [by_organizer, from_a_list, at_the_door, by_name])
@pytest.mark.parametrize("how", ["united", "erased"])
def test_nobody_comes_to_a_list_by_such_a_row(event, organizer, person, how, comes):
    closed(how, person, event)
    with pytest.raises(Unknown), unit_of_work():
        comes(organizer, event, db.session.get_one(Person, person.id))
    assert pools_wrong(event) == []


def test_the_erased_are_united_with_nobody(event, person):
    other = make_person("Lê Mẫu An")
    erased(person)
    for kept, closing in ((person, other), (other, person)):
        with pytest.raises(Unknown):
            united(kept, closing)
