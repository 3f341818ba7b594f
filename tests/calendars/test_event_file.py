"""One event as a file."""

import icalendar
import vobject

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from tests.support.factories import make_account, make_event, make_organisation, make_registration, make_venue


def test_event_file_publishes_each_session_with_organizer_and_nobody_invited(client_for):
    event = make_event("Họp báo; quý III, 2026", sessions=2, host_id=make_organisation("Văn phòng UBND tỉnh").id)
    answer = client_for(make_account()).get(f"/hop/{event.code}.ics")
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert answer.headers["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert str(calendar["METHOD"]) == "PUBLISH"
    for entry in calendar.walk("VEVENT"):
        assert "ORGANIZER" in entry
        assert "ATTENDEE" not in entry
    assert len({str(e["UID"]) for e in calendar.walk("VEVENT")}) == 2


def test_event_file_is_read_by_another_parser(client_for):
    event = make_event('Tập huấn, phần 1; "mở đầu"', venue_id=make_venue("Phòng họp số 1").id)
    text = client_for(make_account()).get(f"/hop/{event.code}.ics").text
    entry = vobject.readOne(text).vevent
    assert entry.summary.value == event.title
    assert entry.dtstart.value == event.starts_at
    assert entry.location.value == "Phòng họp số 1"


def test_online_address_is_for_those_with_a_seat(client_for):
    event = make_event(mode=EventMode.ONLINE, online_url="https://hop.example/abc")
    registered, stranger = make_account(), make_account()
    make_registration(event, _person(registered))
    assert "hop.example" in client_for(registered).get(f"/hop/{event.code}.ics").text
    assert "hop.example" not in client_for(stranger).get(f"/hop/{event.code}.ics").text
    assert "hop.example" in client_for(make_account(Role.ORGANIZER)).get(f"/hop/{event.code}.ics").text


def test_event_file_speaks_the_language_of_its_reader(client_for):
    event, account = make_event(sessions=2, mode=EventMode.ONLINE), make_account()
    assert "buổi 1/2" in client_for(account).get(f"/hop/{event.code}.ics").text
    with unit_of_work() as session:
        session.get_one(Account, account.id).locale = "en"
    text = client_for(account).get(f"/hop/{event.code}.ics").text
    assert ("session 1/2" in text, "LOCATION:Online" in text) == (True, True)


def test_a_draft_has_no_file_for_outsiders(client_for, client):
    event = make_event(state=EventState.DRAFT)
    assert client_for(make_account()).get(f"/hop/{event.code}.ics").status_code == 404
    assert client.get(f"/hop/{event.code}.ics").status_code == 303


def _person(account):
    person = db.session.get_one(Person, account.person_id)
    db.session.expunge(person)
    return person
