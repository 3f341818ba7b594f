"""Cách nhận đăng ký: the page shows what applies, stores rules and limits together, and lets nobody save over another."""

from datetime import time, timedelta

import pytest

from kstthc_training import clock
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import Admission, Promotion, RegistrationState
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.limits import Limits, limits_of
from kstthc_training.registrations.queries.rules import rules_of
from tests.registrations.seats import a_member, entered, pools_wrong, ruled, states
from tests.support.factories import make_account, make_event, make_organisation

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING
PLAIN = {"admission": "direct", "promotion": "seat", "offer_hours": "24", "cutoff_hours": "0", "version": "0"}
LIMITS = {"press", "officials", "room", "online", "each_organisation"}


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def address(event):
    return f"/hop/{event.code}/quan-ly/dang-ky/cach-nhan"


def asked(page):
    """The names of the fields of the form."""
    names = set(page.xpath("//main//form[contains(@action, 'cach-nhan')]//*[@name]/@name"))
    return names - {"csrf_token", "version"}


def text(page):
    return " ".join(page.xpath("//main")[0].text_content().split())


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ({}, set()),
        ({"audience": Audience.PRESS}, {"asks_credentials"}),
        ({"audience": Audience.BOTH}, {"asks_credentials", "press", "officials"}),
        ({"mode": EventMode.BOTH}, {"room", "online"}),
    ],
)
def test_only_what_applies_to_the_event_is_asked(browser, fields, more):
    always = {
        "admission", "promotion", "offer_hours", "cutoff_hours", "names_day", "names_hour", "each_organisation",
        "guests_allowed",
    }  # fmt: skip
    assert asked(browser.page(address(make_event(**fields)))) == always | more


def test_what_is_stored_is_shown_and_the_tab_leads_there(browser, now):
    event = make_event(audience=Audience.BOTH)
    ruled(event, Limits(press=4), admission=Admission.APPROVAL, offer_hours=6, names_until=event.starts_at)
    page = browser.page(address(event))
    assert page.xpath("//input[@name='admission' and @checked]/@value") == ["approval"]
    values = {name: page.xpath(f"//input[@name='{name}']/@value") for name in ("press", "officials", "offer_hours")}
    assert values == {"press": ["4"], "officials": [""], "offer_hours": ["6"]}
    assert page.xpath("//input[@name='names_day']/@value") == [f"{clock.local(event.starts_at):%d/%m/%Y}"]
    tab = browser.page(f"/hop/{event.code}/quan-ly/dang-ky")
    assert address(event) in tab.xpath("//a/@href")


def test_rules_and_limits_are_stored_together_and_who_may_move_up_does(browser):
    event = make_event(capacity=9, audience=Audience.BOTH, mode=EventMode.BOTH)
    ruled(event, Limits(officials=1))
    rows = [entered(event) for _ in range(3)]
    day = clock.local_date(event.starts_at - timedelta(days=1))
    data = {
        **PLAIN, "version": "1", "admission": "approval", "promotion": "seat", "cutoff_hours": "2", "officials": "2",
        "press": "3", "room": "5", "names_day": f"{day:%d/%m/%Y}", "asks_credentials": "y",
    }  # fmt: skip
    answer = browser.post(address(event), data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/hop/{event.code}/quan-ly/dang-ky")
    assert "Đến lượt 1 người chờ." in browser.get(answer.headers["Location"]).text
    until = clock.at_local(day, time(17))
    expected = Rules(Admission.APPROVAL, cutoff_hours=2, names_until=until, asks_credentials=True, version=2)
    assert rules_of(event.id) == expected
    assert limits_of(event.id) == Limits(press=3, officials=2, room=5)
    assert states(*rows) == [CONFIRMED, CONFIRMED, WAITING]
    assert pools_wrong(event) == []


def test_a_limit_that_is_not_asked_stays(browser):
    event = ruled(make_event(), Limits(press=4, room=2, each_organisation=3))
    assert browser.post(address(event), data={**PLAIN, "version": "1", "each_organisation": ""}).status_code == 303
    assert limits_of(event.id) == Limits(press=4, room=2)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offer_hours": "0"}, "Số này phải từ 1 đến 720."),
        ({"offer_hours": ""}, "Hãy ghi số giờ."),
        ({"cutoff_hours": "721"}, "Số này phải từ 0 đến 720."),
        ({"cutoff_hours": "mai"}, "Hãy gõ một số nguyên"),
        ({"admission": "lottery"}, "Hãy chọn một trong những giá trị có sẵn."),
        ({"promotion": ""}, "Hãy chọn một trong những giá trị có sẵn."),
        ({"each_organisation": "nhiều"}, "Hãy gõ một số từ 1 trở lên"),
        ({"names_day": "32/1/2026"}, "Ngày không đọc được"),
        ({"names_hour": "9:00"}, "Hãy điền cả ngày."),
        ({"each_organisation": "1"}, "Đã có 2 chỗ được dùng, không đặt giới hạn còn 1 được."),
    ],
)
def test_what_cannot_be_is_said_kept_and_not_stored(browser, changes, said):
    event = make_event()
    body = make_organisation()
    for _ in range(2):
        entered(event, a_member(body))
    answer = browser.post(address(event), data={**PLAIN, **changes})
    assert answer.status_code == 422
    assert said in answer.text
    assert (rules_of(event.id), limits_of(event.id)) == (Rules(), Limits())


def test_who_saves_over_another_sees_both_and_may_save_again(browser):
    event = make_event()
    browser.page(address(event))
    ruled(event, Limits(each_organisation=7), promotion=Promotion.OFFER)
    answer = browser.post(address(event), data={**PLAIN, "admission": "approval", "each_organisation": "5"})
    assert answer.status_code == 409
    for shown in ("Có người vừa lưu trước", "Bản đang lưu:", "<ins>7</ins>", 'value="5"'):
        assert shown in answer.text
    assert rules_of(event.id) == Rules(promotion=Promotion.OFFER, version=1)
    again = browser.post(address(event), data={**PLAIN, "version": "1", "admission": "approval", "each_organisation": "5"})
    assert again.status_code == 303
    assert (rules_of(event.id).admission, limits_of(event.id)) == (Admission.APPROVAL, Limits(each_organisation=5))


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.CLOSED])
def test_rules_of_a_settled_event_are_shown_without_a_button_and_stay(browser, now, state):
    event = make_event(state=state, held_on=now.date() if state is EventState.CLOSED else None)
    page = browser.page(address(event))
    assert "giữ nguyên" in text(page)
    assert page.xpath("//form[contains(@action, 'cach-nhan')]//button") == []
    assert browser.post(address(event), data={**PLAIN, "admission": "approval"}).status_code == 422
    assert rules_of(event.id) == Rules()


def test_only_organizers_have_the_page(client, client_for, app):
    event = make_event()
    stranger = client_for(make_account())
    assert stranger.get(address(event)).status_code == 403
    assert stranger.post(address(event), data=PLAIN).status_code == 403
    assert client.get(address(event)).status_code in (302, 303)
    assert rules_of(event.id) == Rules()


def test_the_page_takes_as_many_statements_for_many_as_for_few(browser, statements):
    event = make_event()
    browser.get(address(event))
    with statements() as few:
        browser.get(address(event))
    for _ in range(20):
        entered(event)
    with statements() as many:
        browser.get(address(event))
    assert len(many) == len(few)
