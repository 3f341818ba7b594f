"""Registering oneself and taking it back, as pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission, RegistrationState
from kstthc_training.registrations.models import Registration
from tests.registrations.actors import registered, standings, taken
from tests.registrations.seats import a_ruled_event
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_venue

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED


@pytest.fixture
def account(app):
    organisation = make_organisation("Báo Mẫu")
    return make_account(person=make_person("Trần Mẫu Bình", title="Phóng viên", organisation_id=organisation.id))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


real = service.register


def address(event, act="dang-ky"):
    return f"/hop/{event.code}/{act}"


def only(event):
    return db.session.scalars(select(Registration).where(Registration.event_id == event.id)).one()


def test_two_taps_register_and_lead_to_the_ticket(browser, account):
    event = make_event(capacity=3, venue_id=make_venue("Phòng họp 1").id)
    page = browser.page(address(event))
    text = page.text_content()
    for said in (
        "Trần Mẫu Bình",
        "Phóng viên, Báo Mẫu",
        "Phòng họp 1",
        "Bảo vệ dữ liệu cá nhân",
        "0 / 3 chỗ",
        "Đăng ký ngay",
    ):
        assert said in text
    answer = browser.post(page.xpath("//main//form")[0].get("action"))
    registration = only(event)
    assert (registration.person_id, registration.state) == (account.person_id, CONFIRMED)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ve/{registration.ticket_code}")


def test_a_second_press_answers_the_same(browser):
    event = make_event()
    first, second = (browser.post(address(event)) for _ in range(2))
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert len(standings(event)) == 1


def test_who_is_registered_is_shown_the_ticket(browser):
    event = make_event()
    browser.post(address(event))
    answer = browser.get(address(event))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ve/{only(event).ticket_code}")


def test_when_full_the_button_leads_into_the_queue(browser):
    event = make_event(capacity=1)
    registered(event)
    assert "Vào danh sách chờ" in browser.page(address(event)).text_content()
    assert browser.post(address(event)).status_code == 303
    assert sorted(standings(event).values(), key=str) == [(CONFIRMED, None), (WAITING, 1)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"registration_opens_at": timedelta(days=1)}, "Đăng ký mở lúc 09:00 19/03/2026."),
        ({"registration_closes_at": timedelta(0)}, "Đã hết hạn đăng ký lúc 09:00 18/03/2026."),
        ({"starts_at": timedelta(0)}, "Cuộc họp đã bắt đầu"),
        ({"state": EventState.POSTPONED}, "Cuộc họp đã hoãn."),
        ({"state": EventState.CANCELLED}, "Cuộc họp đã hủy."),
    ],
)
def test_what_cannot_be_is_said_before_and_after_the_press(browser, now, fields, said):
    given = {name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    event = make_event(**given)
    page = browser.page(address(event))
    assert said in page.text_content()
    assert page.xpath("//main//form") == []
    answer = browser.post(address(event))
    assert answer.status_code == 422
    assert said in answer.text
    assert standings(event) == {}


def test_a_refusal_is_told_also_while_what_the_act_read_is_still_held(browser, account, now, monkeypatch):
    event = make_event(registration_closes_at=now)
    held = []
    monkeypatch.setattr(service, "register", lambda **said: held.append(said["person"]) or real(**said))
    answer = browser.post(address(event))
    assert (answer.status_code, "Báo Mẫu" in answer.text) == (422, True)


def test_strangers_sign_in_first(client):
    event = make_event()
    for act in ("dang-ky", "huy-dang-ky"):
        answer = client.get(address(event, act))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/vao?next=/hop/{event.code}/{act}")
        assert client.post(address(event, act)).status_code == 303
    assert standings(event) == {}


def test_a_draft_is_not_there(browser):
    event = make_event(state=EventState.DRAFT)
    assert browser.get(address(event)).status_code == 404
    assert browser.post(address(event)).status_code == 404


@pytest.mark.parametrize("act", ["dang-ky", "huy-dang-ky"])
def test_other_methods_are_refused(browser, act):
    event = make_event()
    for method in ("put", "delete", "patch"):
        assert getattr(browser, method)(address(event, act)).status_code in (400, 405)


def test_without_the_token_nothing_is_written(browser):
    event = make_event()
    browser.sends_csrf = False
    assert browser.post(address(event)).status_code == 400
    assert standings(event) == {}


@pytest.mark.parametrize(
    ("admission", "lost", "kept"),
    [
        (Admission.DIRECT, "Mã QR sẽ không dùng được nữa.", "Giữ chỗ"),
        (Admission.APPROVAL, "Đăng ký sẽ không được xét nữa.", "Giữ đăng ký"),
    ],
)
def test_cancelling_says_what_is_lost(browser, admission, lost, kept):
    event = a_ruled_event(admission=admission)
    browser.post(address(event))
    asked = browser.page(address(event, "huy-dang-ky"))
    assert lost in asked.text_content()
    assert asked.xpath("//form//a")[0].text_content() == kept


def test_cancelling_asks_then_does_and_can_be_undone(browser):
    event = make_event()
    browser.post(address(event))
    asked = browser.page(address(event, "huy-dang-ky"))
    assert asked.xpath("//h1")[0].text_content() == "Hủy đăng ký?"
    assert only(event).state is CONFIRMED
    answer = browser.post(address(event, "huy-dang-ky"), data={"reason": "Bận họp khác"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/hop/{event.code}")
    assert only(event).state is CANCELLED
    page = browser.page(f"/hop/{event.code}")
    undo = page.xpath("//*[@data-toast]//form")[0].get("action")
    browser.post(undo)
    assert only(event).state is CONFIRMED


def test_cancelling_twice_is_the_same(browser):
    event = make_event()
    browser.post(address(event))
    for _ in range(2):
        assert browser.post(address(event, "huy-dang-ky")).status_code == 303
    assert taken(event) == 0
    assert browser.get(address(event, "huy-dang-ky")).headers["Location"] == address(event)


def test_who_was_never_registered_has_nothing_to_cancel(browser):
    event = make_event()
    registered(event)
    assert browser.get(address(event, "huy-dang-ky")).status_code == 404
    assert browser.post(address(event, "huy-dang-ky")).status_code == 404
    assert list(standings(event).values()) == [(CONFIRMED, None)]


def test_cancelling_after_the_beginning_is_refused_with_the_form_kept(browser, account, now):
    event = make_event(starts_at=now + timedelta(minutes=1))
    registered(event, db.session.get_one(Person, account.person_id), actor=None)
    with clock.frozen(now + timedelta(minutes=1)):
        answer = browser.post(address(event, "huy-dang-ky"), data={"reason": "Bận"})
    assert answer.status_code == 422
    assert "Cuộc họp đã bắt đầu lúc 09:01 18/03/2026:" in answer.text
    assert 'value="Bận"' in answer.text
    assert only(event).state is CONFIRMED


def test_a_reason_that_is_too_long_is_refused(browser):
    event = make_event()
    browser.post(address(event))
    answer = browser.post(address(event, "huy-dang-ky"), data={"reason": "x" * 301})
    assert answer.status_code == 422
    assert only(event).state is CONFIRMED


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "' onmouseover='alert(1)", "{{ 7*7 }}"])
def test_hostile_words_stand_as_they_are(client_for, hostile):
    account = make_account(person=make_person(hostile, title=hostile))
    event = make_event(hostile, venue_id=make_venue(hostile).id)
    browser = client_for(account)
    before = browser.page(address(event))
    ticket = browser.page(browser.post(address(event)).headers["Location"])
    for page in (before, ticket):
        assert page.text_content().count(hostile) >= 3
        assert page.xpath("//script[not(@src)] | //*[@onmouseover]") == []


def test_the_page_needs_as_many_statements_for_a_full_event(browser, statements):
    counts = []
    for size in (1, 12):
        event = make_event(capacity=2)
        for _ in range(size):
            registered(event)
        with statements() as seen:
            browser.get(address(event))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_registering_takes_one_request(browser, statements):
    event = make_event()
    with statements() as seen:
        browser.post(address(event))
    assert len(seen) <= 28
