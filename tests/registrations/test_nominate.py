"""Naming people: whose, in which order, and those the directory does not know."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import AlreadyBegun, ClosedAlready, NobodyNamed
from kstthc_training.registrations.service import NewPerson
from tests.registrations.actors import a_focal_point, again, an_organizer, registered, standings, taken
from tests.support.factories import make_event, make_organisation, make_person

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


@pytest.fixture
def organisation(app):
    return make_organisation()


@pytest.fixture
def focal(organisation):
    return a_focal_point(organisation)


def named(focal, event, organisation, people, new=(), *, now):
    """What became of each: person, state, place given, and whether that is new."""
    with unit_of_work():
        results = service.nominate(
            actor=focal, event=event, organisation_id=organisation.id,
            person_ids=[person.id for person in people], new_people=new, now=now,
        )  # fmt: skip
        return [(r.person.id, r.registration.state, r.registration.queue_number, r.is_new) for r in results]


def test_people_get_seats_in_the_order_they_are_named_and_then_places(organisation, focal, now):
    event = make_event(capacity=2)
    people = [make_person(organisation_id=organisation.id) for _ in range(4)]
    order = [people[2], people[0], people[3], people[1]]
    assert named(focal, event, organisation, order, now=now) == [
        (people[2].id, CONFIRMED, None, True),
        (people[0].id, CONFIRMED, None, True),
        (people[3].id, WAITING, 1, True),
        (people[1].id, WAITING, 2, True),
    ]
    kinds = db.session.scalars(select(Message.kind).order_by(Message.id)).all()
    assert kinds == ["registration-confirmed"] * 2 + ["registration-waiting"] * 2


def test_naming_somebody_twice_names_him_once(organisation, focal, now):
    event, person = make_event(capacity=5), make_person(organisation_id=organisation.id)
    assert len(named(focal, event, organisation, [person, person], now=now)) == 1
    assert named(focal, event, organisation, [person], now=now) == [(person.id, CONFIRMED, None, False)]
    assert taken(event) == 1


def test_who_registered_himself_stays_so(organisation, focal, now):
    event, person = make_event(), make_person(organisation_id=organisation.id)
    own = registered(event, person)
    named(focal, event, organisation, [person], now=now)
    assert again(own).source is RegistrationSource.SELF


def test_people_of_other_organisations_are_unknown_and_nobody_is_named(organisation, focal, now):
    event = make_event()
    mine, other = make_person(organisation_id=organisation.id), make_person(organisation_id=make_organisation().id)
    with pytest.raises(Unknown) as refused:
        named(focal, event, organisation, [mine, other], now=now)
    assert refused.value.facts == {"person_ids": [other.id]}
    assert standings(event) == {}


def test_an_organisation_one_does_not_speak_for_is_unknown(organisation, focal, now):
    other = make_organisation()
    person = make_person(organisation_id=other.id)
    with pytest.raises(Unknown):
        named(focal, make_event(), other, [person], now=now)
    with pytest.raises(Unknown):
        named(an_organizer(), make_event(), other, [person], now=now)


def test_a_nomination_names_somebody(organisation, focal, now):
    with pytest.raises(NobodyNamed):
        named(focal, make_event(), organisation, [], now=now)


@pytest.mark.parametrize(("moment", "refusal"), [(-timedelta(microseconds=1), None), (timedelta(0), ClosedAlready)])
def test_the_window_binds_focal_points(organisation, focal, now, moment, refusal):
    closes_at = now + timedelta(days=1)
    event, person = make_event(registration_closes_at=closes_at), make_person(organisation_id=organisation.id)
    if refusal is None:
        assert named(focal, event, organisation, [person], now=closes_at + moment)[0][1] is CONFIRMED
        return
    with pytest.raises(refusal):
        named(focal, event, organisation, [person], now=closes_at + moment)


def test_nobody_is_named_once_the_event_began_nor_added_to_the_directory(organisation, focal):
    event = make_event()
    before = db.session.execute(select(func.count()).select_from(Person)).scalar_one()
    with pytest.raises(AlreadyBegun):
        named(focal, event, organisation, [], [NewPerson(full_name="Thạch Mẫu Mới")], now=event.starts_at)
    assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == before


def test_somebody_new_joins_the_organisation_and_is_found_and_sorted(organisation, focal, now):
    event = make_event()
    new = NewPerson(full_name="Thạch Mẫu Đức", title="Văn thư", phone="0912 345 678", email="duc@mau.example")
    person_id = named(focal, event, organisation, [], [new], now=now)[0][0]
    person = db.session.get_one(Person, person_id)
    assert (person.full_name, person.title, person.organisation_id) == ("Thạch Mẫu Đức", "Văn thư", organisation.id)
    assert "thach mau duc" in person.search_text
    letter = db.session.scalars(select(Message)).one()
    assert letter.recipient == "duc@mau.example"


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (NewPerson(full_name="Thạch Mẫu Đức"), True),
        (NewPerson(full_name="THẠCH MẪU ĐỨC", phone="+84 912 345 678"), True),
        (NewPerson(full_name="Thạch Mẫu Đức", email="DUC@mau.example"), True),
        (NewPerson(full_name="Thạch Mẫu Đức", phone="0900 000 001"), False),
        (NewPerson(full_name="Thạch Mẫu Đức", email="khac@mau.example"), False),
        (NewPerson(full_name="Thạch Mẫu Dục"), False),
    ],
)
def test_a_name_on_record_is_the_same_person_unless_something_speaks_against_it(organisation, focal, now, typed, same):
    known = NewPerson(full_name="Thạch Mẫu Đức", phone="0912345678", email="duc@mau.example")
    first = named(focal, make_event(), organisation, [], [known], now=now)[0][0]
    second = named(focal, make_event(), organisation, [], [typed], now=now)[0][0]
    assert (first == second) is same


def test_a_namesake_in_another_organisation_is_somebody_else(organisation, focal, now):
    namesake = make_person("Thạch Mẫu Đức", organisation_id=make_organisation().id, email="")
    found = named(focal, make_event(), organisation, [], [NewPerson(full_name="Thạch Mẫu Đức")], now=now)
    assert found[0][0] != namesake.id


def test_sending_the_same_form_twice_names_and_adds_once(organisation, focal, now):
    event, person = make_event(capacity=9), make_person(organisation_id=organisation.id)
    new = [NewPerson(full_name="Thạch Mẫu Mới"), NewPerson(full_name="Thạch Mẫu Khác", phone="0912345678")]
    first = named(focal, event, organisation, [person], new, now=now)
    second = named(focal, event, organisation, [person], new, now=now)
    assert [row[:3] for row in first] == [row[:3] for row in second]
    assert taken(event) == 3


def test_every_calendar_of_those_named_changes_once(organisation, focal, now):
    event = make_event()
    people = [make_person(organisation_id=organisation.id) for _ in range(3)]
    for _ in range(2):
        named(focal, event, organisation, people, now=now)
    revisions = {db.session.get_one(Person, p.id).calendar_revision - p.calendar_revision for p in people}
    assert revisions == {1}
