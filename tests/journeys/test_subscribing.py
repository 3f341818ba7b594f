"""Calendars and tickets, as people and their programs use them."""

import urllib.error
import urllib.request

import icalendar
import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from tests.journeys.made import event_of, open_event, within

JOURNALIST = "phong-vien@mau.example"


def test_journalist_registers_in_two_taps_and_gets_a_ticket(product, visit):
    code = open_event(product, "Họp báo hai chạm", capacity=5)
    page = visit(JOURNALIST, phone=True)
    page.goto(f"/hop/{code}")
    page.get_by_role("link", name="Đăng ký ngay").last.click()
    page.get_by_role("button", name="Đăng ký").last.click()
    page.wait_for_url("**/ve/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã đăng ký")
    page.goto("/cua-toi")
    expect(page.get_by_role("link", name="Họp báo hai chạm", exact=True)).to_be_visible()


def test_full_event_queues_and_a_cancelled_seat_goes_to_the_first_in_the_queue(product, visit):
    code = open_event(product, "Lớp một chỗ", capacity=1, names=("Trần Mẫu Trước",))
    page = visit(JOURNALIST, phone=True)
    page.goto(f"/hop/{code}")
    page.get_by_role("link", name="Vào danh sách chờ").last.click()
    page.get_by_role("button", name="danh sách chờ").last.click()
    page.goto("/cua-toi")
    expect(page.get_by_text("Chờ, thứ 1")).to_be_visible()
    organizer = visit("to-chuc@mau.example")
    organizer.goto(f"/hop/{code}/quan-ly/dang-ky")
    organizer.get_by_role("checkbox", name="Trần Mẫu Trước").check()
    organizer.get_by_role("button", name="Hủy đăng ký").first.click()
    dialog = organizer.get_by_role("dialog")
    if dialog.is_visible():
        dialog.get_by_role("button", name="Hủy đăng ký").click()
    expect(organizer.get_by_text("Đã hủy 1 đăng ký.")).to_be_visible()
    page.goto("/cua-toi")
    expect(page.get_by_text("Chờ, thứ 1")).to_have_count(0)


def test_subscribed_calendar_follows_a_change_without_signing_in(product, visit):
    code = open_event(product, "Hội nghị trong lịch")
    page = visit(JOURNALIST)
    page.goto(f"/hop/{code}/dang-ky")
    page.get_by_role("button", name="Đăng ký").last.click()
    page.wait_for_url("**/ve/**")
    page.goto("/cua-toi/dong-bo")
    address = page.get_by_label("Hoặc dán địa chỉ này vào ứng dụng lịch").input_value()
    first, tag = fetch(address)
    assert "Hội nghị trong lịch" in titles(first)
    assert fetch(address, tag)[0] == b""
    within(product, lambda: _rename(code, "Hội nghị đã đổi tên"))
    assert "Hội nghị đã đổi tên" in titles(fetch(address, tag)[0])


def test_subscribed_on_the_phone_in_the_dialog_a_changed_room_comes_by_itself_until_it_is_stopped(product, visit):
    code = open_event(product, "Hội nghị đổi phòng")
    page = visit(JOURNALIST, phone=True)
    page.goto(f"/hop/{code}/dang-ky")
    page.get_by_role("button", name="Đăng ký").last.click()
    page.wait_for_url("**/ve/**")
    page.goto("/cua-toi")
    page.get_by_role("link", name="Đồng bộ lịch").click()
    dialog = page.get_by_role("dialog", name="Đồng bộ lịch")
    expect(dialog.get_by_label("Cuộc tôi đã có chỗ")).to_be_checked()
    dialog.get_by_label("Cuộc tôi đang chờ chỗ hoặc chờ duyệt").check()
    dialog.get_by_role("link", name="Outlook").click()
    expect(dialog.get_by_text("Outlook tự xem lại trong vài giờ.")).to_be_visible()
    expect(dialog.get_by_label("Cuộc tôi đang chờ chỗ hoặc chờ duyệt")).to_be_checked()
    address = dialog.get_by_label("Hoặc dán địa chỉ này vào ứng dụng lịch").input_value()
    first, tag = fetch(address)
    organizer = visit("to-chuc@mau.example")
    organizer.goto(f"/hop/{code}/sua")
    organizer.get_by_label("Địa điểm", exact=True).select_option(index=2)
    room = organizer.get_by_label("Địa điểm", exact=True).locator("option:checked").inner_text().partition(" – ")[0]
    organizer.get_by_label("Đầu mối liên hệ", exact=True).fill("Ông Mẫu")
    organizer.get_by_label("Điện thoại đầu mối").fill("0900 000 018")
    organizer.get_by_role("button", name="Lưu thay đổi").last.click()
    organizer.wait_for_url(f"**/hop/{code}/quan-ly**")
    assert (place(first, "Hội nghị đổi phòng"), room in place(fetch(address, tag)[0], "Hội nghị đổi phòng")) == ("", True)
    page.goto("/cua-toi/dong-bo")
    read = page.get_by_role("listitem").filter(has=page.locator("input[name=lich][value=cua-toi]"))
    read.get_by_role("button", name="Ngừng").click()
    page.get_by_role("dialog").get_by_role("button", name="Ngừng").click()
    expect(page.get_by_text("Đã ngừng: địa chỉ ấy không dùng được nữa.")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address, timeout=10)


def fetch(address, tag=""):
    request = urllib.request.Request(address, headers={"If-None-Match": tag} if tag else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.headers["Set-Cookie"] is None
            return answer.read(), answer.headers["ETag"]
    except urllib.error.HTTPError as error:
        assert error.code == 304
        return b"", error.headers["ETag"]


def titles(feed):
    return [str(entry["SUMMARY"]) for entry in icalendar.Calendar.from_ical(feed).walk("VEVENT")]


def place(feed, title):
    entries = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return next(str(entry.get("LOCATION", "")) for entry in entries if str(entry["SUMMARY"]) == title)


def _rename(code, title):
    event = event_of(code)
    with unit_of_work() as session:
        session.execute(update(Event).where(Event.id == event.id).values(title=title, revision=Event.revision + 1))
