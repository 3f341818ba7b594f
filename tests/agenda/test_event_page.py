"""What the page of an event shows, and to whom."""

from datetime import date, time, timedelta

import pytest

from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from tests.support.factories import (
    make_account,
    make_agenda_item,
    make_event,
    make_organisation,
    make_person,
    make_registration,
    make_venue,
)

STARTS = at_local(date(2026, 3, 25), time(8))
ONLINE = "https://hop.example/abc"


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình"))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


def words(element):
    return " ".join(element.text_content().split())


def person_of(account):
    person = db.session.get_one(Person, account.person_id)
    db.session.expunge(person)
    return person


def links(page):
    return page.xpath("//main//a/@href")


def test_the_page_says_when_where_and_whom_to_ask(browser):
    event = make_event(
        "Hội nghị sơ kết", kind="hoi-nghi", starts_at=STARTS, chair="Bà Mẫu", contact_name="Ông Mẫu",
        contact_phone="02973000001", audience_note="Lãnh đạo", description="Dòng một\n\nDòng hai",
        venue_id=make_venue("Hội trường A", address="06 Nguyễn Công Trứ").id, host_id=make_organisation("Sở Mẫu").id,
    )  # fmt: skip
    make_agenda_item(event, "Khai mạc", speakers="Ông Mẫu")
    page = browser.page(f"/hop/{event.code}")
    assert words(page.xpath("//h1")[0]) == "Hội nghị sơ kết"
    text = words(page.xpath("//main")[0])
    for said in ("08:00 – 11:00, Thứ Tư 25/03/2026", "Hội trường A", "06 Nguyễn Công Trứ", "Bà Mẫu", "Sở Mẫu", "Ông Mẫu",
                 "Lãnh đạo", "Khai mạc", "Dòng một", "Dòng hai"):  # fmt: skip
        assert said in text
    assert f"/hop/{event.code}.ics" in links(page)


def test_an_event_of_several_sessions_names_each(browser):
    event = make_event(starts_at=STARTS, sessions=2)
    facts = words(browser.page(f"/hop/{event.code}").xpath("//dl")[0])
    assert "08:00 – 11:00, Thứ Tư 25/03/2026" in facts
    assert "08:00 – 11:00, Thứ Năm 26/03/2026" in facts


def test_the_online_address_is_for_those_with_a_seat(browser, client_for, account):
    event = make_event(starts_at=STARTS, mode=EventMode.ONLINE, online_url=ONLINE)
    assert ONLINE not in browser.get(f"/hop/{event.code}").text
    make_registration(event, person_of(account))
    assert ONLINE in links(browser.page(f"/hop/{event.code}"))
    assert ONLINE in links(client_for(make_account(Role.ORGANIZER)).page(f"/hop/{event.code}"))


@pytest.mark.parametrize("state", [RegistrationState.WAITING, RegistrationState.CANCELLED])
def test_the_online_address_is_not_for_those_without(browser, account, state):
    event = make_event(starts_at=STARTS, mode=EventMode.ONLINE, online_url=ONLINE, capacity=1)
    make_registration(event, person_of(account), state=state)
    assert ONLINE not in browser.get(f"/hop/{event.code}").text


def test_who_has_a_seat_finds_the_ticket_instead_of_the_form(browser, account):
    event = make_event(starts_at=STARTS)
    assert f"/hop/{event.code}/dang-ky" in links(browser.page(f"/hop/{event.code}"))
    ticket = make_registration(event, person_of(account)).ticket_code
    found = links(browser.page(f"/hop/{event.code}"))
    assert (f"/ve/{ticket}" in found, f"/hop/{event.code}/dang-ky" in found) == (True, False)


def test_nobody_sees_anybody_elses_ticket(browser):
    event = make_event(starts_at=STARTS)
    other = make_registration(event, make_person("Người Mẫu Khác"))
    body = browser.get(f"/hop/{event.code}").text
    assert other.ticket_code not in body
    assert "Người Mẫu Khác" not in body


@pytest.mark.parametrize(
    ("fields", "open_for_all"),
    [
        ({}, True),
        ({"registration_closes_at": STARTS - timedelta(days=8)}, False),
        ({"registration_opens_at": STARTS - timedelta(days=1)}, False),
        ({"state": EventState.CANCELLED}, False),
        ({"state": EventState.POSTPONED}, False),
        ({"state": EventState.CLOSED, "held_on": STARTS.date()}, False),
        ({"starts_at": STARTS - timedelta(days=10)}, False),
    ],
)
def test_registration_is_offered_while_it_is_open(browser, fields, open_for_all):
    event = make_event(**{"starts_at": STARTS, **fields})
    page = browser.page(f"/hop/{event.code}")
    assert (f"/hop/{event.code}/dang-ky" in page.xpath("//a/@href")) is open_for_all
    if not open_for_all:
        assert words(page.xpath("//*[@id='dang-ky']/p[last()]")[0])


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_what_was_called_off_says_so_on_top_with_the_reason(browser, state):
    event = make_event(starts_at=STARTS, state=state, state_reason="Trùng lịch")
    note = browser.page(f"/hop/{event.code}").xpath("//main//*[contains(@class, 'note')]")[0]
    assert words(note).endswith("Trùng lịch")


def test_who_runs_events_is_led_to_the_workspace_and_others_are_not(browser, client_for):
    event = make_event(starts_at=STARTS)
    workspace = f"/hop/{event.code}/quan-ly"
    assert workspace in links(client_for(make_account(Role.ORGANIZER)).page(f"/hop/{event.code}"))
    assert not [link for link in links(browser.page(f"/hop/{event.code}")) if link.startswith(workspace)]
