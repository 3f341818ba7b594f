"""Tickets: found by secret and by code, shown to those they concern, void when renewed."""

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.addresses import LINKS, ticket_link
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import TakenBack
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries import find_by_code, find_by_ticket, get_ticket, ticket_address
from tests.registrations.actors import (
    a_focal_point,
    actor_of,
    again,
    an_organizer,
    cancelled,
    himself,
    registered,
)
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration


@pytest.fixture
def key(app):
    return app.config["SETTINGS"].key


def test_the_secret_leads_back_to_the_registration_and_nothing_else_does(app, key):
    one, other = registered(make_event()), registered(make_event())
    secret = ticket_address(one, key=key)
    assert find_by_ticket(secret, key=key).id == one.id
    for wrong in (
        "", "-", secret[:-1], secret + "a", secret.replace(f"{one.id}-", f"{other.id}-", 1), secret.upper(),
        "0-abc", "999999-" + secret.partition("-")[2], one.ticket_code, "١-abc",
    ):  # fmt: skip
        assert find_by_ticket(wrong, key=key) is None


def test_the_secret_is_long_and_not_in_the_database(app, key):
    registration = registered(make_event())
    secret = ticket_address(registration, key=key).partition("-")[2]
    assert len(secret) * 5 >= 160
    columns = db.session.execute(select(Registration.__table__)).one()
    assert secret not in map(str, columns)


def test_another_key_makes_another_secret(app, key):
    registration = registered(make_event())
    assert find_by_ticket(ticket_address(registration, key=key), key=key + b"x") is None


def test_a_cancelled_one_is_found_so_that_the_door_can_say_why(app, key):
    registration = registered(make_event())
    secret = ticket_address(registration, key=key)
    cancelled(registration)
    assert find_by_ticket(secret, key=key).state is RegistrationState.CANCELLED


def test_a_renewed_ticket_voids_the_old_secret_and_keeps_the_code(app, key, now):
    registration = registered(make_event())
    old = ticket_address(registration, key=key)
    with unit_of_work():
        service.renew_ticket(actor=an_organizer(), registration=db.session.get(Registration, registration.id), now=now)
    renewed = again(registration)
    assert find_by_ticket(old, key=key) is None
    assert find_by_ticket(ticket_address(renewed, key=key), key=key).id == registration.id
    assert renewed.ticket_code == registration.ticket_code
    assert db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "ticket.renewed")).all() == [
        {"registration_id": registration.id, "person_id": registration.person_id}
    ]


def test_a_stranger_renews_nothing(app, now):
    registration = registered(make_event())
    with pytest.raises(NotAllowed), unit_of_work():
        service.renew_ticket(actor=himself(make_person()), registration=registration, now=now)


def test_a_code_is_found_as_people_type_it(app):
    registration = registered(make_event())
    code = registration.ticket_code
    for typed in (code, f"{code[:4]} {code[4:]}", f" {code[:4].lower()}-{code[4:].lower()} "):
        assert find_by_code(event_id=registration.event_id, typed=typed).id == registration.id


def test_a_code_opens_the_door_of_its_own_event_alone(app):
    registration = registered(make_event())
    assert find_by_code(event_id=make_event().id, typed=registration.ticket_code) is None


def test_a_ticket_is_shown_to_those_it_concerns(app):
    event, organisation = make_event(), make_organisation()
    person = make_person(organisation_id=organisation.id)
    registration = make_registration(event, person, source=RegistrationSource.NOMINATION)
    for actor in (himself(person), a_focal_point(organisation), an_organizer()):
        assert get_ticket(actor=actor, code=registration.ticket_code).id == registration.id
    leader = actor_of(make_account(Role.LEADER), Role.LEADER)
    for actor in (himself(make_person()), a_focal_point(make_organisation()), leader):
        with pytest.raises(Unknown):
            get_ticket(actor=actor, code=registration.ticket_code)


def test_a_focal_point_does_not_see_the_ticket_of_who_registered_himself(app):
    organisation = make_organisation()
    registration = registered(make_event(), make_person(organisation_id=organisation.id))
    with pytest.raises(Unknown):
        get_ticket(actor=a_focal_point(organisation), code=registration.ticket_code)


def test_the_link_of_a_letter_is_derived_and_leads_to_the_ticket(app, key):
    registration = registered(make_event())
    address = LINKS["ticket"](registration.id)
    assert address == f"http://localhost/ve/thu/{ticket_address(registration, key=key)}"


def test_no_link_goes_to_the_cancelled_nor_to_nobody(app):
    registration = registered(make_event())
    cancelled(registration)
    with pytest.raises(TakenBack):
        ticket_link(registration.id)
    with pytest.raises(Unknown):
        ticket_link(registration.id + 1000)
