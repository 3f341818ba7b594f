"""Duyệt, từ chối on the tab Đăng ký: those ticked or the one pressed, all or none, with an undo."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import Admission, Promotion, RegistrationState
from tests.conftest import NOW
from tests.registrations.actors import cancelled, registered, steps
from tests.registrations.seats import a_ruled_event, last_letter, states
from tests.support.factories import make_account, make_event, make_person, make_registration

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
REFUSED = RegistrationState.REFUSED


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def applied(app):
    """Two seats, and three who applied one after another."""
    event = a_ruled_event(capacity=2, admission=Admission.APPROVAL)
    names = ("Vũ Mẫu Sớm", "Bùi Mẫu Giữa", "An Mẫu Muộn")
    return event, [registered(event, make_person(name), now=NOW + timedelta(minutes=n)) for n, name in enumerate(names)]


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/dang-ky{act}"


def names(page):
    return [name.text_content() for name in page.xpath("//*[@id='danh-sach']//a[@class='name']")]


def filters(page):
    return [" ".join(label.text_content().split()) for label in page.xpath("//div[@class='seg']/label")]


def buttons(page):
    return [" ".join(button.text_content().split()) for button in page.xpath("//*[@id='danh-sach']//button")]


def test_who_applied_stands_under_a_filter_of_their_own_in_the_order_of_applying(browser, applied):
    event, _rows = applied
    page = browser.page(address(event))
    assert filters(page) == ["Tất cả 3", "Chờ duyệt 3", "Đã đăng ký 0", "Chờ chỗ 0", "Đã hủy 0"]
    assert names(browser.page(address(event, "?tt=cho-duyet"))) == ["Vũ Mẫu Sớm", "Bùi Mẫu Giữa", "An Mẫu Muộn"]
    assert buttons(page).count("Duyệt") == 4
    assert "Từ chối" in buttons(page)


def test_an_event_that_gives_seats_at_once_has_nothing_to_decide(browser):
    event = make_event()
    registered(event)
    page = browser.page(address(event))
    assert filters(page) == ["Tất cả 1", "Đã đăng ký 1", "Chờ chỗ 0", "Đã hủy 0"]
    assert not {"Duyệt", "Từ chối"} & set(buttons(page))


def test_who_is_offered_a_seat_stands_under_a_filter_of_his_own(browser):
    event = a_ruled_event(capacity=1, promotion=Promotion.OFFER)
    seated, _offered = registered(event), registered(event, make_person("Lê Mẫu Lượt"))
    cancelled(seated)
    page = browser.page(address(event, "?tt=giu-cho"))
    assert "Được giữ chỗ 1" in filters(page)
    assert names(page) == ["Lê Mẫu Lượt"]


def test_those_ticked_are_approved_in_the_order_of_applying(browser, applied):
    event, rows = applied
    answer = browser.post(address(event, "/duyet?tt=cho-duyet"), data={"id": [str(row.id) for row in reversed(rows)]})
    assert (answer.status_code, answer.headers["Location"]) == (303, address(event, "?tt=cho-duyet"))
    assert states(*rows) == [CONFIRMED, CONFIRMED, WAITING]
    page = browser.page(address(event))
    assert "Đã duyệt 3 người. 1 người vào danh sách chờ vì hết chỗ." in page.text_content()
    (undo,) = page.xpath("//form[contains(@action, 'xet-lai')]/@action")
    assert browser.post(undo).status_code == 303
    assert states(*rows) == [PENDING, PENDING, PENDING]
    assert "Đã xét lại 3 đăng ký." in browser.page(address(event)).text_content()


def test_the_one_pressed_is_approved_whoever_else_is_ticked(browser, applied):
    event, rows = applied
    data = {"mot": str(rows[1].id), "id": [str(rows[0].id)]}
    assert browser.post(address(event, "/duyet"), data=data).status_code == 303
    assert states(*rows) == [PENDING, CONFIRMED, PENDING]


def test_those_refused_are_told_why_and_considered_again_by_the_undo(browser, applied):
    event, rows = applied
    data = {"id": [str(rows[0].id), str(rows[2].id)], "reason": "Đơn vị đã đủ người"}
    assert browser.post(address(event, "/tu-choi"), data=data).status_code == 303
    assert states(*rows) == [REFUSED, PENDING, REFUSED]
    assert "Lý do: Đơn vị đã đủ người" in last_letter(rows[0]).body
    page = browser.page(address(event))
    assert "Đã từ chối 2 người." in page.text_content()
    assert "Không duyệt 2" in filters(page)
    (undo,) = page.xpath("//form[contains(@action, 'xet-lai')]/@action")
    assert browser.post(undo).status_code == 303
    assert states(*rows) == [PENDING, PENDING, PENDING]
    assert "Đã xét lại 2 đăng ký." in browser.page(address(event)).text_content()


def test_a_refusal_without_a_reason_is_not_made(browser, applied):
    event, rows = applied
    answer = browser.post(address(event, "/tu-choi"), data={"id": [str(rows[0].id)], "reason": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do từ chối" in answer.text
    assert states(*rows) == [PENDING, PENDING, PENDING]


@pytest.mark.parametrize("act", ["/duyet", "/tu-choi"])
def test_nobody_ticked_is_said(browser, applied, act):
    event, rows = applied
    assert browser.post(address(event, act), data={"reason": "x"}).status_code == 303
    assert "Chưa chọn ai." in browser.page(address(event)).text_content()
    assert states(*rows) == [PENDING] * 3


def test_nobody_is_approved_with_one_who_withdrew_meanwhile(browser, applied):
    event, rows = applied
    cancelled(rows[1])
    answer = browser.post(address(event, "/duyet"), data={"id": [str(row.id) for row in rows]})
    assert answer.status_code == 422
    assert "Có người không còn chờ duyệt" in answer.text
    assert states(rows[0], rows[2]) == [PENDING, PENDING]


@pytest.mark.parametrize("act", ["/duyet", "/tu-choi"])
def test_ids_of_other_events_decide_nothing(browser, applied, act):
    event, rows = applied
    foreign = registered(a_ruled_event(admission=Admission.APPROVAL))
    data = {"id": [str(rows[0].id), str(foreign.id)], "reason": "x"}
    assert browser.post(address(event, act), data=data).status_code == 404
    assert states(rows[0], foreign) == [PENDING, PENDING]


def test_once_the_event_began_nothing_is_approved_and_no_button_says_so(browser, applied):
    event, rows = applied
    with unit_of_work() as session:
        session.get_one(Event, event.id).starts_at = NOW
    assert "Duyệt" not in buttons(browser.page(address(event)))
    assert browser.post(address(event, "/duyet"), data={"id": [str(rows[0].id)]}).status_code == 422
    assert states(rows[0]) == [PENDING]


@pytest.mark.parametrize("act", ["/duyet", "/tu-choi", "/xet-lai"])
def test_only_organizers_decide(client, client_for, applied, act):
    event, rows = applied
    data = {"id": [str(rows[0].id)], "reason": "x"}
    assert client_for(make_account()).post(address(event, act), data=data).status_code == 403
    assert client.post(address(event, act), data=data).status_code in (302, 303)
    assert states(rows[0]) == [PENDING]
    assert len(steps(rows[0])) == 1


@pytest.mark.parametrize("when", ["", "hom-qua", "2026-03-18T09:00:00"])
def test_an_undo_of_no_instant_is_not_found(browser, applied, when):
    assert browser.post(address(applied[0], f"/xet-lai?luc={when}")).status_code == 404


def test_a_hundred_who_applied_take_as_many_statements_as_three(browser, applied, statements):
    event, _rows = applied
    browser.get(address(event))
    with statements() as few:
        browser.get(address(event))
    for _ in range(97):
        make_registration(event, state=PENDING)
    with statements() as many, clock.frozen(NOW):
        browser.get(address(event))
    assert len(many) == len(few)
