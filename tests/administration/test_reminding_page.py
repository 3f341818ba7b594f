"""Cài đặt › Nhắc việc: quiet hours and the usual reminders, from a day on."""

from datetime import date, time

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.messages.quiet import QuietHours, quiet_on
from kstthc_training.people.enums import Role
from kstthc_training.reminders.queries import usual_rules
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import values_on
from tests.support.factories import make_account

PAGE = "/quan-tri/cai-dat/nhac-viec"


def filled(browser, **changes):
    form = browser.page(PAGE).xpath(f"//form[@action='{PAGE}']")[0]
    fields = form.xpath(".//input[@type='text' or @type='hidden'][@name != 'csrf_token']")
    data = {field.get("name"): field.get("value", "") for field in fields}
    for box in form.xpath(".//input[@type='checkbox'][@checked]"):
        data.setdefault(box.get("name"), []).append(box.get("value"))
    return {**data, **changes}


def test_the_form_shows_what_holds_today(browser):
    data = filled(browser)
    assert (data["quiet_from"], data["quiet_until"], data["valid_from"]) == ("21:00", "06:30", "18/03/2026")
    assert (data["minutes"], data["days"]) == (["1440", "120"], ["3", "0"])
    assert "quiet_days_off" not in data


def test_other_values_hold_from_their_day_on(browser):
    changes = {"valid_from": "1/4/2026", "quiet_from": "22h", "quiet_days_off": "y", "minutes": ["60"], "days": []}
    answer = browser.post(PAGE, data=filled(browser, **changes))
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert quiet_on(date(2026, 3, 31)) == QuietHours()
    assert quiet_on(date(2026, 4, 1)) == QuietHours(time(22), time(6, 30), True)
    rules = usual_rules(values_on(date(2026, 4, 1)))
    assert (rules.minutes_before, rules.names_days) == ((60,), ())
    cells = [" ".join(cell.text_content().split()) for cell in browser.page(PAGE).xpath("//tbody/tr[1]/td")]
    assert cells == ["từ 01/04/2026", "22:00 – 06:30", "yên tĩnh", "1 giờ", "không nhắc", ""]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quiet_from": "25:00"}, "Giờ không đọc được"),
        ({"quiet_until": ""}, "Hãy gõ giờ kết thúc"),
        ({"minutes": ["7"]}, "Lựa chọn này không có"),
        ({"valid_from": "x"}, "Ngày không đọc được"),
    ],
)
def test_what_cannot_be_read_is_refused(browser, changes, words):
    answer = browser.post(PAGE, data=filled(browser, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalars(select(Setting)).all() == []


def test_of_two_who_change_it_the_second_is_told(browser):
    data = filled(browser)
    assert browser.post(PAGE, data={**data, "quiet_from": "20:00"}).status_code == 303
    answer = browser.post(PAGE, data={**data, "quiet_from": "23:00"})
    assert answer.status_code == 409
    assert "Người khác vừa đổi" in answer.text
    assert quiet_on(clock.local_date(clock.now())).begins == time(20)


def test_only_administrators_come_here(client_for):
    assert client_for(make_account(Role.ORGANIZER)).get(PAGE).status_code == 403
