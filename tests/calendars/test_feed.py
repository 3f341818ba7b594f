"""One's own feed: what it holds, when it changes, who may not read it."""

import gzip
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import select, update
from werkzeug.http import http_date

from kstthc_training import clock
from kstthc_training.calendars.models import CalendarEntry, Feed
from kstthc_training.calendars.queries import feed_secret, rendering
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, EventKind, Session, Venue
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account, AttemptCount, Person
from kstthc_training.people.service.attempts import FEEDS_FROM_ADDRESS
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.settings.service import set_value
from tests.support.factories import make_account, make_event, make_person, make_registration, make_venue


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


def test_wrong_addresses_are_counted_by_where_they_come_from_and_right_ones_never(client, address):
    assert client.get(address).status_code == 200
    counted = select(AttemptCount.attempts)
    assert db.session.scalars(counted).all() == []
    statuses = [client.get(f"{address[:-12]}{more}/cua-toi.ics").status_code for more in ("x", "x", "y")]
    assert (statuses, db.session.scalars(counted).all()) == ([404, 404, 404], [2])
    with unit_of_work() as session:
        session.execute(update(AttemptCount).values(attempts=FEEDS_FROM_ADDRESS.most))
    over = client.get("/ics/1-abc/cua-toi.ics")
    assert (over.status_code, over.headers["Retry-After"]) == (429, "900")
    assert client.get(address).status_code == 200
    elsewhere = client.get("/ics/1-abc/cua-toi.ics", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 404


def test_nothing_tells_a_dead_address_from_one_made_up(client_for, client, account, address):
    client.get(address)
    client_for(account).post("/cua-toi/dong-bo/ngung", data={"lich": "cua-toi"})
    dead, made_up = client.get(address), client.get("/ics/1-abc/cua-toi.ics")
    kept = {"X-Request-Id"}
    assert (dead.status_code, dead.data) == (made_up.status_code, made_up.data) == (404, b"Not found")
    assert [h for h in dead.headers if h[0] not in kept] == [h for h in made_up.headers if h[0] not in kept]
    assert client.head(address).status_code == 404
    assert client.get(address, headers={"Accept": "text/html"}).data == b"Not found"


def test_a_dead_address_asked_for_again_costs_one_statement(client, address, statements):
    gone = f"{address[:-12]}z/cua-toi.ics"
    client.get(gone)
    with statements() as seen:
        assert client.get(gone).status_code == 404
    assert len(seen) == 1


def test_whoever_asks_without_end_is_told_when_to_come_again(client, account, address):
    tag = {"If-None-Match": client.get(address).headers["ETag"]}
    statuses = {client.get(address, headers=tag).status_code for _ in range(299)}
    over = client.get(address, headers=tag)
    assert (statuses, over.status_code, over.headers["Retry-After"]) == ({304}, 429, "60")
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert client.get(address, headers=tag).status_code == 304


@pytest.mark.parametrize("headers", [{"Accept": "text/html"}, {"Accept": "application/json;q=0.1"}, {}])
def test_what_is_asked_for_beside_the_address_changes_nothing(client, account, address, headers):
    register(account)
    assert client.get(f"{address}?nocache=1&x=%00", headers=headers).data == client.get(address).data


def test_a_304_notes_the_use_once_an_hour(client, account, address):
    tag = {"If-None-Match": client.get(address).headers["ETag"]}
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert client.get(address, headers=tag).status_code == 304
        assert db.session.scalars(select(Feed.used_at)).all() == [clock.now()]


def test_nothing_is_packed_where_packing_is_switched_off(client, app, account, address, monkeypatch):
    register(account)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], feed_gzip=False))
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


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
    assert "Thunderbird đọc lần cuối 09:00 18/03/2026" in client_for(account).get("/cua-toi/dong-bo").text


@pytest.mark.parametrize(
    "asked", ["gzip", "gzip;q=0.5", "deflate, gzip", "*", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip;q=1, identity;q=0.5"]
)
def test_gzip_when_asked(client, account, address, asked):
    register(account)
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": asked})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("asked", ["gzip;q=0", "identity", "identity, gzip;q=0", "*;q=0", "br", "gzip;q=0.5, identity", ""])
def test_no_gzip_when_it_is_not_wanted(client, account, address, asked):
    register(account)
    answer = client.get(address, headers={"Accept-Encoding": asked})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"BEGIN:VCALENDAR")


def rename_person(account):
    with unit_of_work() as session:
        session.get_one(Person, account.person_id).full_name = "Trần Mẫu Mới"


def rename_office(_account):
    with unit_of_work():
        set_value(actor=SYSTEM, name="short_name", value="VP Mới", valid_from=date(2026, 1, 1), now=clock.now())


def rename_venue(_account):
    with unit_of_work() as session:
        session.execute(update(Venue).values(name="Phòng họp Mới", address="Số 1"))


def rename_kind(_account):
    with unit_of_work() as session:
        session.execute(update(EventKind).values(name_vi="Loại Mới", name_en="New kind"))


def choose_english(account):
    with unit_of_work() as session:
        session.get_one(Account, account.id).locale = "en"


def render_anew(_account):
    """As a release of the product does that writes entries otherwise."""
    rendering.RENDERING += 1


@pytest.mark.parametrize(
    "act",
    [rename_person, rename_office, rename_venue, rename_kind, choose_english, render_anew],
    ids=lambda act: act.__name__,
)
def test_feed_changes_with_everything_that_it_shows(client, account, address, monkeypatch, act):
    monkeypatch.setattr(rendering, "RENDERING", rendering.RENDERING)
    register(account, venue_id=make_venue("Phòng họp Cũ").id)
    first = client.get(address)
    act(account)
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        second = client.get(
            address,
            headers={"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]},
        )
        third = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (second.status_code, third.status_code, second.data) == (200, 200, third.data)
    assert (second.data == first.data) is (act is render_anew)
    assert second.headers["ETag"] != first.headers["ETag"]
    assert second.headers["Last-Modified"] > first.headers["Last-Modified"]


@pytest.mark.parametrize("old", ["Phòng họp Cũ", "Tập huấn"])
def test_no_entry_keeps_an_old_name(client, account, address, old):
    register(account, "Họp", venue_id=make_venue("Phòng họp Cũ").id)
    assert old in client.get(address).text
    rename_venue(account)
    rename_kind(account)
    assert old not in client.get(address).text
    assert len(db.session.scalars(select(CalendarEntry.session_id)).all()) == 1


def test_two_events_that_change_places_change_the_feed(client, account, address):
    """One more revision here and one less there are a change, though their sum is the same."""
    first, second = register(account, "Một"), register(account, "Hai")
    change(second)
    before = client.get(address).headers["ETag"]
    with unit_of_work() as session:
        session.execute(update(Event).where(Event.id == first.id).values(revision=2, title="Một mới"))
        session.execute(update(Event).where(Event.id == second.id).values(revision=1))
    assert client.get(address).headers["ETag"] != before


def test_feed_says_since_when_it_is_so(client, account, address):
    register(account)
    first = client.get(address)
    assert first.headers["Last-Modified"] == "Wed, 18 Mar 2026 02:00:00 GMT"
    with clock.frozen(clock.now() + timedelta(hours=3)):
        again = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        plain = client.get(address)
    assert (again.status_code, again.data) == (304, b"")
    assert (plain.status_code, plain.headers["Last-Modified"]) == (200, first.headers["Last-Modified"])


@pytest.mark.parametrize(("since", "status"), [(-1, 200), (0, 304), (60, 304)])
def test_feed_is_compared_by_date_where_no_tag_is_named(client, account, address, since, status):
    register(account)
    client.get(address)
    asked = http_date(clock.now() + timedelta(seconds=since))
    assert client.get(address, headers={"If-Modified-Since": asked}).status_code == status
    assert client.get(address, headers={"If-Modified-Since": asked, "If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-Modified-Since": "gestern"}).status_code == 200


def test_a_change_within_the_same_second_has_a_date_of_its_own(client, account, address):
    """Dates are whole seconds: whoever holds the first date must not be told that the second is the same."""
    event = register(account)
    first = client.get(address)
    change(event, title="Tên mới")
    second = client.get(address)
    assert "Last-Modified" not in second.headers
    again = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, titles(again)) == (200, ["Tên mới"])
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        assert client.get(address).headers["Last-Modified"] == "Wed, 18 Mar 2026 02:00:01 GMT"


def test_feed_speaks_the_language_of_its_readers_account(client, account, address):
    event = register(account, "Tập huấn một cửa", sessions=2, mode=EventMode.ONLINE, chair="Bà Mẫu", contact_name="Ông Mẫu")
    vietnamese = client.get(address)
    choose_english(account)
    english = client.get(address)
    assert titles(vietnamese) == ["Tập huấn một cửa – buổi 1/2", "Tập huấn một cửa – buổi 2/2"]
    assert titles(english) == ["Tập huấn một cửa – session 1/2", "Tập huấn một cửa – session 2/2"]
    entry = entries(english)[0]
    assert str(entry["DESCRIPTION"]).splitlines()[:2] == ["Chair: Bà Mẫu", "Contact: Ông Mẫu"]
    assert (str(entry["LOCATION"]), str(entry["CATEGORIES"].cats[0])) == ("Online", "Training")
    assert "Trực tuyến" in vietnamese.text
    change(event, state=EventState.CANCELLED, changed_at=clock.now())
    assert titles(client.get(address))[0] == "Cancelled: Tập huấn một cửa – session 1/2"


def test_readers_of_two_languages_keep_entries_of_their_own(client, app, account, address):
    event = register(account, sessions=2)
    other = make_account()
    choose_english(other)
    make_registration(event, _person(other))
    secret = feed_secret(app.config["SETTINGS"].key, person_id=other.person_id, generation=1)
    for _ in range(2):
        assert "buổi 1/2" in client.get(address).text
        assert "session 1/2" in client.get(f"/ics/{secret}/cua-toi.ics").text
    assert len(db.session.scalars(select(CalendarEntry.session_id)).all()) == 4


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
