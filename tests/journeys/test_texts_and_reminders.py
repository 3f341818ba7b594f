"""An administrator words a letter and somebody gets it so; an event is moved and what reminds of it moves along."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.outbox.models import Message
from kstthc_training.web.locale import day
from tests.journeys.made import NUMBERS, event_of, open_event, within
from tests.support.factories import make_event, make_venue

ADMINISTRATOR, ORGANIZER, VISITOR = "quan-tri@mau.example", "to-chuc@mau.example", "phong-vien@mau.example"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_letter_worded_anew_is_what_the_next_one_gets(product, visit, scripts):
    words = f"Hẹn gặp {'có' if scripts else 'không'} kịch bản"
    page = visit(ADMINISTRATOR, scripts=scripts)
    page.goto("/quan-tri/mau-thu")
    page.get_by_role("link", name="Đã có chỗ dự").click()
    body = page.get_by_label("Nội dung bằng tiếng Việt")
    if scripts:
        body.press("Control+End")
        body.press_sequentially(f"\n\n{words}, ")
        page.get_by_role("button", name="{ho_ten}").click()
        preview = page.locator("#xem-truoc-vi")
        expect(preview).to_contain_text(f"{words}, Nguyễn Mẫu An")
    else:
        body.fill(f"{body.input_value()}\n\n{words}, {{ho_ten}}")
        page.get_by_role("button", name="Xem trước").click()
        expect(page.locator("#xem-truoc-vi")).to_contain_text(f"{words}, Nguyễn Mẫu An")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu. Thư viết từ nay dùng lời này.")).to_be_visible()
    code = open_event(product, f"Đăng ký để đọc thư {'có' if scripts else 'không'} kịch bản")
    visitor = visit(VISITOR, scripts=scripts)
    visitor.goto(f"/hop/{code}/dang-ky")
    visitor.get_by_role("button", name="Đăng ký").last.click()
    visitor.wait_for_url("**/ve/*")
    assert words in within(product, lambda: _letter_about(code))


def _letter_about(code):
    event_id = event_of(code).id
    return db.session.scalars(
        select(Message.body).where(Message.event_id == event_id, Message.kind == "registration-confirmed")
    ).one()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_what_reminds_of_an_event_moves_with_it(product, visit, scripts):
    start = within(product, lambda: clock.at_local(clock.local_date(clock.now()), clock.local(clock.now()).time()))
    starts_at = (start + timedelta(days=20)).replace(hour=2, minute=0, second=0, microsecond=0)
    code = within(product, lambda: _event(f"Cuộc họp sẽ dời {'có' if scripts else 'không'} kịch bản", starts_at))
    page = visit(ORGANIZER, scripts=scripts)
    page.goto(f"/hop/{code}/quan-ly/dang-ky/nhac")
    coming = page.get_by_role("table")
    expect(coming).to_contain_text(f"09:00 {day(starts_at - timedelta(days=1))}")
    page.goto(f"/hop/{code}/sua")
    page.get_by_label("Ngày", exact=True).first.fill(day(starts_at + timedelta(days=1)))
    page.get_by_role("button", name="Lưu thay đổi").locator("visible=true").first.click()
    page.wait_for_url("**/quan-ly")
    page.goto(f"/hop/{code}/quan-ly/dang-ky/nhac")
    expect(coming).to_contain_text(f"09:00 {day(starts_at)}")
    expect(coming).not_to_contain_text(f"09:00 {day(starts_at - timedelta(days=1))}")
    page.get_by_role("button", name="Bỏ lần này").first.click()
    expect(page.get_by_role("table")).to_contain_text("Đã bỏ")


def _event(title, starts_at):
    venue = make_venue()
    fields = {"venue_id": venue.id, "contact_name": "Nguyễn Mẫu An", "contact_phone": "0900 000 021"}
    return make_event(title, starts_at=starts_at, number=next(NUMBERS), **fields).code
