"""One's own feed: what it holds, when it changes, who may not read it."""

import gzip
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select, update

from kstthc_training import clock
from kstthc_training.calendars.models import CalendarEntry, Feed
from kstthc_training.calendars.queries import feed_secret
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import RegistrationState
from tests.support.factories import make_account, make_event, make_person, make_registration


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình"))


@pytest.fixture
def address(app, account):
    secret = feed_secret(app.config["SETTINGS"].key, person_id=account.person_id, generation=1)
    return f"/ics/{secret}/cua-toi.ics"


def entries(answer):
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def titles(answer):
    return sorted(str(e["SUMMARY"]) for e in entries(answer))


def register(account, title="Tập huấn", **fields):
    event = make_event(title, **fields)
    make_registration(event, _person(account))
    return event


def _person(account):
    person = db.session.get_one(Person, account.person_id)
    db.session.expunge(person)
    return person


def change(event, **values):
    with unit_of_work() as session:
        session.execute(update(Event).where(Event.id == event.id).values(revision=Event.revision + 1, **values))


def test_feed_holds_the_registered_sessions_each_with_its_stored_uid(client, account, address):
    event = register(account, sessions=2)
    make_event("không đăng ký")
    uids = {str(uid) for uid in db.session.scalars(select(Session.uid).where(Session.event_id == event.id))}
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert {str(e["UID"]) for e in entries(answer)} == uids
    assert b"METHOD" not in answer.data


def test_feed_without_events_is_still_a_calendar(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"BEGIN:VTIMEZONE" in answer.data


def test_feed_unchanged_is_304_without_body_and_sets_no_cookie(client, account, address):
    register(account)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["ETag"]}'})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in first.headers
    assert first.headers["ETag"].startswith("W/")


def test_feed_is_the_same_octets_until_something_changes(client, account, address):
    event = register(account)
    first = client.get(address)
    assert client.get(address).data == first.data
    change(event, title="Tên mới")
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, titles(second)) == (200, ["Tên mới"])


def test_feed_renders_an_entry_once_per_change(client, account, address):
    event = register(account)
    client.get(address)
    assert db.session.scalars(select(CalendarEntry.revision)).all() == [1]
    change(event, title="Tên mới")
    client.get(address)
    assert db.session.scalars(select(CalendarEntry.revision)).all() == [2]


def test_feed_changes_with_the_day_of_its_window(client, account, address):
    register(account)
    first = client.get(address)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_feed_window_is_ninety_days_back_and_a_year_ahead(client, account, address):
    now = clock.now()
    for days, title in ((-89, "trong sau"), (-92, "ngoài sau"), (364, "trong trước"), (367, "ngoài trước")):
        register(account, title, starts_at=now + timedelta(days=days))
    assert titles(client.get(address)) == ["trong sau", "trong trước"]


@pytest.mark.parametrize("state", [RegistrationState.WAITING, RegistrationState.CANCELLED])
def test_feed_leaves_out_who_has_no_seat(client, account, address, state):
    make_registration(make_event(capacity=1), _person(account), state=state)
    assert entries(client.get(address)) == []


@pytest.mark.parametrize(("state", "prefix"), [(EventState.CANCELLED, "Đã hủy: "), (EventState.POSTPONED, "Hoãn: ")])
def test_feed_says_what_was_called_off_for_thirty_days(client, account, address, state, prefix):
    event = register(account, "Họp báo")
    change(event, state=state, changed_at=clock.now())
    (entry,) = entries(client.get(address))
    assert (str(entry["SUMMARY"]), str(entry["STATUS"])) == (prefix + "Họp báo", "CANCELLED")
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert entries(client.get(address)) == []


@pytest.mark.parametrize("wrong", ["1-abc", "abc", "99999-" + "a" * 32, "-", "%00"])
def test_wrong_addresses_are_unknown_alike(client, address, wrong):
    answer = client.get(f"/ics/{wrong}/cua-toi.ics")
    assert answer.status_code == 404
    assert client.head(f"/ics/{wrong}/cua-toi.ics").status_code == 404


def test_another_persons_number_does_not_open_with_ones_own_key(client, address):
    other = make_account()
    secret = address.split("/")[2].partition("-")[2]
    assert client.get(f"/ics/{other.person_id}-{secret}/cua-toi.ics").status_code == 404


def test_a_disabled_account_has_no_feed(client, account, address):
    with unit_of_work() as session:
        session.get_one(Account, account.id).disabled_at = clock.now()
    assert client.get(address).status_code == 404


def test_a_renewed_address_replaces_the_old_one(client_for, client, account, address):
    browser = client_for(account)
    assert browser.post("/cua-toi/dong-bo/doi-dia-chi").status_code == 303
    assert client.get(address).status_code == 404
    assert address not in browser.get("/cua-toi/dong-bo").text
    assert db.session.scalars(select(Feed.generation)).all() == [2]


def test_last_use_is_noted_and_shown(client_for, client, account, address):
    client.get(address, headers={"User-Agent": "Thunderbird/140"})
    assert "Thunderbird/140" in client_for(account).get("/cua-toi/dong-bo").text


def test_gzip_only_when_asked(client, account, address):
    register(account)
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_feed_needs_the_same_statements_for_many(client, account, address, statements):
    counts = []
    for more in (1, 20):
        for _ in range(more):
            register(account)
        client.get(address)
        with statements() as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_304_costs_two_statements(client, account, address, statements):
    register(account)
    tag = client.get(address).headers["ETag"]
    with statements() as seen:
        client.get(address, headers={"If-None-Match": tag})
    assert len(seen) == 2
