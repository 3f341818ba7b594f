"""For whom an event is: who registers himself or is named, what others are told, and what is offered to whom."""

from datetime import timedelta

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.people.enums import Role
from kstthc_training.registrations import policy, service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import ClosedAlready, NotInvited, NotOpenYet
from kstthc_training.registrations.offer import offer_to
from kstthc_training.registrations.policy import Belonging
from kstthc_training.registrations.queries import belonging_to, belongings_to, open_events, seat_count
from kstthc_training.registrations.service import NewPerson
from tests.registrations.actors import a_focal_point, an_organizer, himself, registered, standings
from tests.support.factories import make_account, make_event, make_organisation, make_person

ALL = set(Audience)


@pytest.fixture
def bodies(app):
    """The office, a division of it, a division of that, a department, and a newspaper."""
    office = make_organisation("Văn phòng Mẫu", kind="office")
    division = make_organisation("Phòng Mẫu", kind="office", parent_id=office.id)
    team = make_organisation("Tổ Mẫu", kind="office", parent_id=division.id)
    return {
        "office": office, "division": division, "team": team,
        "department": make_organisation("Sở Mẫu"), "press": make_organisation("Báo Mẫu", kind="press"),
    }  # fmt: skip


def events_of(host):
    return {audience: make_event(audience.value, audience=audience, host_id=host.id) for audience in Audience}


INVITED = [
    ("office", ALL - {Audience.PRESS, Audience.INTERNAL}),
    ("division", ALL - {Audience.PRESS}),
    ("team", ALL - {Audience.PRESS}),
    ("department", {Audience.OFFICIALS, Audience.BOTH}),
    ("press", {Audience.PRESS, Audience.BOTH}),
]


@pytest.mark.parametrize(("body", "expected"), INVITED)
def test_people_register_themselves_for_events_that_are_for_them(bodies, body, expected):
    person = make_person(organisation_id=bodies[body].id)
    entered = set()
    for audience, event in events_of(bodies["division"]).items():
        try:
            registered(event, person)
        except NotInvited as refusal:
            assert refusal.facts == {"audience": audience}
        else:
            entered.add(audience)
    assert entered == expected


@pytest.mark.parametrize(("body", "expected"), INVITED)
def test_what_waits_for_names_is_what_focal_points_may_answer(bodies, now, body, expected):
    organisation, events = bodies[body], events_of(bodies["division"])
    belonging = belonging_to(organisation.id)
    waiting = {event.title for event in open_events(organisation.id, belonging=belonging, now=now)}
    assert waiting == {audience.value for audience in expected}
    named = set()
    for audience, event in events.items():
        try:
            with unit_of_work():
                service.nominate(
                    actor=a_focal_point(organisation), event=event, organisation_id=organisation.id, person_ids=[],
                    new_people=[NewPerson(full_name="Lê Mẫu Ái")], now=now,
                )  # fmt: skip
        except NotInvited:
            assert standings(event) == {}
        else:
            named.add(audience)
    assert named == expected


def test_without_an_organisation_one_counts_among_the_officials(app):
    assert belonging_to(None) == Belonging()
    invited = {a for a in Audience if policy.is_invited(make_event(audience=a), Belonging())}
    assert invited == {Audience.OFFICIALS, Audience.BOTH}


def test_an_organizer_puts_anyone_on_any_list(bodies):
    person = make_person(organisation_id=bodies["press"].id)
    for event in events_of(bodies["division"]).values():
        assert registered(event, person, actor=an_organizer()).state is RegistrationState.CONFIRMED


def test_bodies_in_a_ring_end_too(bodies, statements):
    with unit_of_work() as session:
        session.merge(bodies["office"]).parent_id = bodies["team"].id
    ring = {bodies[name].id for name in ("office", "division", "team")}
    with statements() as seen:
        found = belongings_to([bodies["team"].id, bodies["press"].id])
    assert len(seen) == 1
    assert found == {
        bodies["team"].id: Belonging(False, frozenset(ring)),
        bodies["press"].id: Belonging(True, frozenset({bodies["press"].id})),
    }


def test_that_an_event_is_for_others_is_said_before_its_window(app, now):
    event = make_event(audience=Audience.PRESS, registration_opens_at=now + timedelta(days=1))
    assert isinstance(policy.obstacle(event, Belonging(), now), NotInvited)
    assert isinstance(policy.obstacle(event, Belonging(is_press=True), now), NotOpenYet)
    assert policy.obstacle(event, None, now) is None


def test_an_offer_follows_the_queue_not_only_the_seats(app, now):
    event, person = make_event(capacity=1), make_person()
    first = registered(event)
    registered(event)
    with unit_of_work():
        service.set_capacity(actor=an_organizer(), event=event, capacity=None, now=now)
    offer = offer_to(Belonging(), event, seats=seat_count(event.id), now=now)
    assert (offer.may_enter, offer.would_wait, offer.may_cancel) == (True, False, False)
    own = offer_to(Belonging(), event, seats=seat_count(event.id), own=first.state, now=now)
    assert (own.may_enter, own.may_cancel) == (False, True)
    begun = offer_to(Belonging(), event, seats=seat_count(event.id), own=first.state, now=event.starts_at)
    assert (begun.may_enter, begun.may_cancel) == (False, False)
    with unit_of_work():
        registration = service.register(
            actor=himself(person), event=event, person=person, source=RegistrationSource.SELF, now=now
        )
        assert registration.state is RegistrationState.CONFIRMED


def test_a_window_that_closes_offers_no_more(app, now):
    event = make_event(registration_closes_at=now)
    offer = offer_to(Belonging(), event, seats=seat_count(event.id), now=now)
    assert isinstance(offer.refusal, ClosedAlready)
    assert not offer.may_enter


SAID = {
    Audience.OFFICIALS: "Cuộc họp này dành cho cán bộ, công chức.",
    Audience.PRESS: "Cuộc họp này mời báo chí.",
    Audience.INTERNAL: "Cuộc họp nội bộ: chỉ người của đơn vị chủ trì và các đơn vị trực thuộc đăng ký được.",
}


@pytest.mark.parametrize(
    ("audience", "body"), [(Audience.OFFICIALS, "press"), (Audience.PRESS, "department"), (Audience.INTERNAL, "department")]
)
def test_who_is_not_invited_sees_the_event_and_why(client_for, bodies, audience, body):
    event = events_of(bodies["division"])[audience]
    person = make_person("Lê Mẫu Ái", organisation_id=bodies[body].id)
    browser = client_for(make_account(person=person))
    page = browser.page(f"/hop/{event.code}")
    assert SAID[audience] in page.text_content()
    assert page.xpath("//a[contains(@href, '/dang-ky')]") == []
    agenda = browser.page("/lich")
    assert event.title in agenda.xpath("//a[@class='ev__n']/text()")
    assert f"/hop/{event.code}/dang-ky" not in agenda.xpath("//a/@href")
    assert SAID[audience] in browser.page(f"/hop/{event.code}/dang-ky").text_content()
    answer = browser.post(f"/hop/{event.code}/dang-ky")
    assert (answer.status_code, SAID[audience] in answer.text) == (422, True)
    assert standings(event) == {}


def test_a_focal_point_is_led_to_the_organisation_that_is_invited(client_for, bodies):
    event = events_of(bodies["division"])[Audience.PRESS]
    account = make_account(focal_of=bodies["department"])
    href = f"//a[contains(@href, '/don-vi/')][contains(@href, '{event.code}')]/@href"
    assert client_for(account).page(f"/hop/{event.code}").xpath(href) == []
    page = client_for(make_account(focal_of=bodies["press"])).page(f"/hop/{event.code}")
    assert page.xpath(href) == [f"/don-vi/{bodies['press'].id}/{event.code}"]
    naming = client_for(account).page(f"/don-vi/{bodies['department'].id}/{event.code}")
    assert SAID[Audience.PRESS] in naming.text_content()


def test_the_editor_says_for_whom_each_audience_is(client_for, app):
    page = client_for(make_account(Role.ORGANIZER)).page("/hop/tao")
    hint = page.xpath("string(//p[@id='audience-hint'])")
    assert "Nội bộ: chỉ người của đơn vị chủ trì và các đơn vị trực thuộc." in hint
