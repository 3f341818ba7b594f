"""The door and the roster."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kstthc_training.attendance.models import Mark
from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from tests.journeys.made import event_of, running_event, within
from tests.support.factories import make_person

PEOPLE = ("Danh Mẫu Hương", "Lê Mẫu Hạnh", "Nguyễn Mẫu Hòa")


def test_door_staff_check_in_by_name_and_by_code_on_a_phone(product, visit):
    code = running_event(product, "Tập huấn ở cửa", names=PEOPLE, door="cua@mau.example")
    page = visit("cua@mau.example", phone=True)
    page.goto(f"/quet/{code}")
    box = page.get_by_role("searchbox")
    box.press_sequentially("mau huo")
    page.get_by_role("button", name="Ghi có mặt: Danh Mẫu Hương").click()
    expect(page.get_by_role("alert")).to_contain_text("Danh Mẫu Hương")
    expect(page.get_by_text("1 / 3")).to_be_visible()
    ticket = within(product, lambda: _ticket(code, "Lê Mẫu Hạnh"))
    page.get_by_role("searchbox").fill(f"{ticket[:4]} {ticket[4:]}")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Lê Mẫu Hạnh")
    page.get_by_role("link", name="Người tiếp theo").click()
    page.get_by_role("searchbox").fill("ZZZZ ZZZZ")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Không có mã này")
    assert within(product, lambda: len(db.session.scalars(select(Mark.id).join(Registration).where(
        Registration.event_id == event_of(code).id)).all())) == 2  # fmt: skip


def test_a_name_that_looks_like_a_code_is_a_name_and_a_scanner_faster_than_the_search_is_a_code(product, visit):
    code = running_event(product, "Tên như mã", names=PEOPLE, door="cua@mau.example")
    page = visit("cua@mau.example", phone=True)
    page.goto(f"/quet/{code}")
    page.get_by_role("searchbox").fill("danh huon")
    expect(page.get_by_role("button", name="Ghi có mặt: Danh Mẫu Hương")).to_be_visible()
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Danh Mẫu Hương")
    page.get_by_role("link", name="Người tiếp theo").click()
    page.get_by_role("searchbox").fill("hanh")
    expect(page.get_by_role("button", name="Ghi có mặt: Lê Mẫu Hạnh")).to_be_visible()
    page.get_by_role("searchbox").fill(within(product, lambda: _ticket(code, "Nguyễn Mẫu Hòa")))
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nguyễn Mẫu Hòa")


def test_door_works_without_scripts(product, visit):
    code = running_event(product, "Cửa không kịch bản", names=PEOPLE, door="cua@mau.example")
    page = visit("cua@mau.example", phone=True, scripts=False)
    page.goto(f"/quet/{code}")
    page.get_by_role("searchbox").fill("hoa")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("button", name="Ghi có mặt: Nguyễn Mẫu Hòa").click()
    expect(page.get_by_role("alert")).to_contain_text("Nguyễn Mẫu Hòa")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_door_staff_let_in_somebody_not_on_the_list(product, visit, scripts):
    code = running_event(product, "Người đến thêm", names=PEOPLE, door="cua@mau.example")
    name = f"Thạch Mẫu {'Nhanh' if scripts else 'Chậm'}"
    within(product, lambda: make_person(name))
    page = visit("cua@mau.example", phone=True, scripts=scripts)
    page.goto(f"/quet/{code}")
    page.get_by_role("link", name="Thêm người chưa đăng ký").click()
    box = page.get_by_role("searchbox")
    box.press_sequentially(name[:-1].lower())
    if not scripts:
        box.press("Enter")
    page.get_by_role("button", name=f"Thêm và ghi có mặt: {name}").click()
    expect(page.get_by_role("alert")).to_contain_text(name)
    expect(page.get_by_text("1 / 4")).to_be_visible()


def test_organizer_adds_somebody_new_from_the_roster_on_a_phone(product, visit):
    code = running_event(product, "Người mới", names=PEOPLE)
    page = visit("to-chuc@mau.example", phone=True)
    page.goto(f"/hop/{code}/quan-ly/diem-danh")
    page.get_by_role("link", name="Thêm người chưa đăng ký").click()
    page.get_by_text("Ghi tên người mới").click()
    page.get_by_label("Họ và tên").fill("Thạch Mẫu Vừa Đến")
    page.get_by_label("Điện thoại", exact=False).fill("12")
    page.get_by_role("button", name="Thêm và ghi có mặt").click()
    page.get_by_label("Điện thoại", exact=False).fill("0912 345 618")
    page.get_by_role("button", name="Thêm và ghi có mặt").click()
    expect(page.get_by_text("Đã thêm Thạch Mẫu Vừa Đến vào danh sách và ghi có mặt.")).to_be_visible()
    expect(page.get_by_role("cell", name="Thạch Mẫu Vừa Đến Đến không đăng ký", exact=True)).to_be_visible()
    page.get_by_label("Lọc theo đăng ký").select_option("Có đăng ký")
    expect(page.get_by_role("cell", name="Thạch Mẫu Vừa Đến")).to_have_count(0)
    expect(page.locator("[data-roster] td.main")).to_have_count(len(PEOPLE))


def test_organizer_marks_the_roster_by_keyboard_takes_back_and_closes(product, visit):
    code = running_event(product, "Bảng điểm danh", names=PEOPLE)
    page = visit("to-chuc@mau.example")
    page.goto(f"/hop/{code}/quan-ly/diem-danh")
    cells = page.locator("[data-roster] button.slot")
    cells.first.focus()
    page.keyboard.press("Space")
    expect(cells.nth(0)).to_have_text("✓")
    latest, tab = page.locator("[data-last]"), page.locator(".tabs [aria-current] .n")
    expect(latest.nth(0)).to_contain_text("trên bảng, ")
    expect(tab).to_have_text("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    expect(cells.nth(1)).to_have_text("P")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    expect(cells.nth(2)).to_have_text("M")
    expect(page.locator("[data-count]").first).to_have_text("2")
    expect(tab).to_have_text("2")
    for left in ("1", "1", ""):
        page.keyboard.press("Control+z")
        expect(page.locator("[data-count]").first).to_have_text(left or "0")
    expect(cells.nth(2)).to_have_text("")
    expect(latest.nth(0)).to_contain_text("hoàn tác, ")
    expect(tab).to_have_count(0)
    page.reload()
    expect(latest.nth(0)).to_contain_text("hoàn tác, ")
    expect(tab).to_have_count(0)
    page.get_by_role("button", name="Chốt điểm danh").click()
    page.get_by_role("dialog", name="Chốt điểm danh?").get_by_role("button", name="Chốt điểm danh").click()
    expect(page.get_by_text("Đã kết thúc").first).to_be_visible()
    expect(cells).to_have_count(0)


def test_roster_is_marked_without_scripts(product, visit):
    code = running_event(product, "Bảng không kịch bản", names=PEOPLE)
    page = visit("to-chuc@mau.example", scripts=False)
    page.goto(f"/hop/{code}/quan-ly/diem-danh")
    page.get_by_label("Vắng không lý do", exact=True).check()
    page.locator("[data-roster] button.slot").nth(1).click()
    expect(page.locator("[data-roster] button.slot").nth(1)).to_have_text("V")


def _ticket(code, name):
    statement = select(Registration.ticket_code).join(Registration.person).where(Registration.event_id == event_of(code).id)
    return db.session.scalars(statement.where(Person.full_name == name)).one()
