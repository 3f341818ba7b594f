"""What the office is called and who signs, from a day on."""

from datetime import date

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.administration.office_fields import GROUPS, LABELS
from kstthc_training.administration.queries.settings import history
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import Office, office_on
from kstthc_training.settings.service import set_value
from tests.support.factories import make_account

PAPERS, SIGNERS, NAMES = (f"/quan-tri/cai-dat/{path}" for path in ("van-ban", "nguoi-ky", "ten-goi"))
SIGNER = {"signer_post": "CHÁNH VĂN PHÒNG", "signer_name": "Huỳnh Mẫu Sơn"}


def put(name, value, day):
    with unit_of_work():
        set_value(actor=SYSTEM, name=name, value=value, valid_from=day, now=clock.now())


def filled(browser, path, **changes):
    """The form as the page filled it, with changes."""
    form = browser.page(path).xpath(f"//form[@action='{path}']")[0]
    fields = form.xpath(".//input[@name][@name != 'csrf_token']")
    return {**{field.get("name"): field.get("value", "") for field in fields}, **changes}


def test_the_first_group_opens_by_itself(browser):
    assert browser.get("/quan-tri/cai-dat").location == PAPERS


def test_every_field_of_the_office_can_be_set():
    assert sorted(name for group in GROUPS for name in group.names) == sorted(Office.__dataclass_fields__)
    assert set(LABELS) == set(Office.__dataclass_fields__)


@pytest.mark.parametrize("path", [PAPERS, SIGNERS, NAMES])
def test_the_form_is_filled_with_what_holds_today(browser, path):
    data = filled(browser, path)
    office = office_on(date(2026, 3, 18))
    assert data.pop("valid_from") == "18/03/2026"
    assert data.pop("seen")
    assert data == {name: getattr(office, name) for name in data}


def test_only_what_differs_is_set_and_from_that_day_on(browser):
    answer = browser.post(PAPERS, data=filled(browser, PAPERS, valid_from="1/7/2026", parent_agency="UBND TỈNH AN GIANG"))
    assert (answer.status_code, answer.location) == (303, PAPERS)
    assert [(row.name, row.valid_from, row.value) for row in db.session.scalars(select(Setting))] == [
        ("parent_agency", date(2026, 7, 1), "UBND TỈNH AN GIANG")
    ]
    assert office_on(date(2026, 6, 30)).parent_agency == "UBND TỈNH"
    assert office_on(date(2026, 7, 1)).parent_agency == "UBND TỈNH AN GIANG"


def test_each_change_is_recorded_with_what_was_before(browser, administrator):
    browser.post(SIGNERS, data=filled(browser, SIGNERS, **SIGNER))
    browser.post(SIGNERS, data=filled(browser, SIGNERS, **SIGNER | {"signer_name": "Phan Mẫu Thành"}))
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "setting.changed").order_by(AuditEntry.id)
    ).all()
    assert [(entry.account_id, entry.facts["before"], entry.facts["after"]) for entry in entries] == [
        (administrator.id, None, "Huỳnh Mẫu Sơn"),
        (administrator.id, "Huỳnh Mẫu Sơn", "Phan Mẫu Thành"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": ""}, "Hãy gõ ngày các giá trị bắt đầu có hiệu lực."),
        ({"valid_from": "31/02/2026"}, "Ngày không đọc được."),
        ({"agency": ""}, "Hãy điền ô này."),
        ({"place": "x" * 301}, "nhiều nhất là 300"),
        ({}, "Các giá trị này đã có hiệu lực vào ngày ấy"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_set(browser, changes, words):
    answer = browser.post(PAPERS, data=filled(browser, PAPERS, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalars(select(Setting)).all() == []


def test_the_history_shows_each_period_and_which_holds(browser):
    put("place", "Kiên Giang", date(2020, 1, 1))
    put("parent_agency", "UBND TỈNH KIÊN GIANG", date(2020, 1, 1))
    put("parent_agency", "UBND TỈNH AN GIANG", date(2026, 7, 1))
    table = browser.page(PAPERS).xpath("//tbody/tr")
    assert [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in table] == [
        ["từ 01/07/2026", "UBND TỈNH AN GIANG", "VĂN PHÒNG", "Kiên Giang", "VP", "Sắp tới"],
        ["01/01/2020 – 30/06/2026", "UBND TỈNH KIÊN GIANG", "VĂN PHÒNG", "Kiên Giang", "VP", "Đang dùng"],
        ["đến 31/12/2019", "UBND TỈNH", "VĂN PHÒNG", "–", "VP", "Đã hết"],
    ]


def test_without_any_value_the_neutral_wording_holds_on_every_day(app):
    (only,) = history(("place", "agency"))
    assert (only.since, only.until, only.values) == (None, None, {"place": "", "agency": "VĂN PHÒNG"})


@pytest.mark.parametrize(
    ("day", "place"), [(date(2019, 12, 31), ""), (date(2020, 1, 1), "A"), (date(2025, 6, 30), "A"), (date(2025, 7, 1), "B")]
)
def test_a_period_includes_its_first_and_its_last_day(app, day, place):
    put("place", "A", date(2020, 1, 1))
    put("place", "B", date(2025, 7, 1))
    holding = [period.values["place"] for period in history(("place",)) if period.holds_on(day)]
    assert holding == [place]
    assert office_on(day).place == place


def test_the_preview_is_todays_letterhead(browser):
    put("place", "Kiên Giang", date(2020, 1, 1))
    preview = browser.page(PAPERS).xpath("string(//*[@class='sheetprev'])")
    assert "Kiên Giang, ngày 18 tháng 3 năm 2026" in preview
    assert "/BC-VP" in preview


def test_the_product_bears_the_name_it_is_given_today(browser):
    browser.post(NAMES, data=filled(browser, NAMES, product="Lịch mẫu", short_name="Văn phòng mẫu"))
    assert "Lịch mẫu, Văn phòng mẫu" in browser.page(NAMES).xpath("string(//title)")


def test_who_changed_last_is_said(browser):
    put("place", "Kiên Giang", date(2020, 1, 1))
    assert "Sửa gần nhất: Hệ thống, 09:00 18/03/2026." in browser.page(SIGNERS).text_content()


def test_the_page_takes_as_many_statements_whatever_the_history(browser, statements):
    put("place", "0", date(2000, 1, 1))
    with statements() as few:
        browser.get(PAPERS)
    for year in range(2001, 2020):
        put("place", str(year), date(year, 1, 1))
    with statements() as many:
        browser.get(PAPERS)
    assert len(many) == len(few)


def test_hostile_values_are_shown_as_text(browser):
    browser.post(NAMES, data=filled(browser, NAMES, name="<script>alert(1)</script>", division='"><img src=x> {{7*7}} %s'))
    for path in (NAMES, "/quan-tri/nhat-ky?nhom=van-hanh"):
        text = browser.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_who_comes_second_sees_what_was_set_meanwhile_and_can_set_it_anew(browser, client_for):
    mine = filled(browser, SIGNERS, signer_name="Phan Mẫu Thành")
    other = client_for(make_account(Role.ADMINISTRATOR))
    theirs = filled(other, SIGNERS, signer_name="Huỳnh Mẫu Sơn", signer_post="KT. CHÁNH VĂN PHÒNG")
    assert other.post(SIGNERS, data=theirs).status_code == 303

    answer = browser.post(SIGNERS, data=mine)
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 409
    assert [" ".join(line.text_content().split()) for line in page.xpath("//dl[@class='diff']/*")] == [
        "Quyền hạn, chức vụ người ký",
        "đã lưu: KT. CHÁNH VĂN PHÒNG · vừa gõ: CHÁNH VĂN PHÒNG",
        "Họ và tên người ký",
        "đã lưu: Huỳnh Mẫu Sơn · vừa gõ: Phan Mẫu Thành",
    ]
    assert page.xpath("string(//input[@name='signer_name']/@value)") == "Phan Mẫu Thành"
    assert office_on(date(2026, 3, 18)).signer_name == "Huỳnh Mẫu Sơn"

    again = mine | {"seen": page.xpath("string(//input[@name='seen']/@value)")}
    assert browser.post(SIGNERS, data=again).status_code == 303
    assert office_on(date(2026, 3, 18)).signer_name == "Phan Mẫu Thành"


def test_another_group_may_be_set_meanwhile(browser, client_for):
    mine = filled(browser, SIGNERS, **SIGNER)
    other = client_for(make_account(Role.ADMINISTRATOR))
    assert other.post(PAPERS, data=filled(other, PAPERS, place="An Giang")).status_code == 303
    assert browser.post(SIGNERS, data=mine).status_code == 303


@pytest.mark.parametrize("seen", ["", "x" * 16])
def test_a_forged_state_is_stale(browser, seen):
    assert browser.post(SIGNERS, data=filled(browser, SIGNERS, **SIGNER, seen=seen)).status_code == 409
