"""Registering on a phone: two taps for whoever is signed in or invited, one short page for a guest nobody knows."""

import re

import pytest
from playwright.sync_api import expect

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventMode
from kstthc_training.events.models import Event
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.service.questions import QuestionDraft, add_question
from tests.invitations.asked import invited
from tests.journeys.made import event_of, open_event, within
from tests.registrations.actors import an_organizer
from tests.registrations.seats import ruled
from tests.support.factories import make_person

MEMBER, ORGANIZER = "phong-vien@mau.example", "to-chuc@mau.example"


def asked(code, kind, label, **fields):
    with unit_of_work():
        draft = QuestionDraft(kind, label, **fields)
        add_question(actor=an_organizer(), event_id=event_of(code).id, draft=draft, now=clock.now())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_two_taps_and_one_to_take_it_back(product, visit, scripts):
    code = open_event(product, f"Hai lần chạm {'có' if scripts else 'không'} kịch bản", capacity=5)
    page = visit(MEMBER, phone=True, scripts=scripts)
    page.goto(f"/hop/{code}")
    first = page.get_by_role("link", name="Đăng ký ngay").last
    expect(first).to_be_in_viewport()
    first.tap()
    second = page.get_by_role("button", name="Đăng ký ngay")
    expect(second).to_be_in_viewport()
    second.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đăng ký dự họp")
    page.get_by_role("button", name="Hoàn tác").tap()
    page.wait_for_url(f"**/hop/{code}")
    expect(page.get_by_text("Đã hủy đăng ký.")).to_be_visible()


def test_where_to_take_part_is_chosen_already_and_a_question_costs_one_tap_more(product, visit):
    code = open_event(product, "Vừa trong phòng vừa trực tuyến")

    def ask():
        with unit_of_work() as session:
            session.get_one(Event, event_of(code).id).mode = EventMode.BOTH
        asked(code, QuestionKind.CHOICE, "Hình thức tác nghiệp", is_required=True, choices=("Viết", "Quay phim"))

    within(product, ask)
    page = visit(MEMBER, phone=True)
    page.goto(f"/hop/{code}")
    page.get_by_role("link", name="Đăng ký ngay").last.tap()
    page.get_by_text("Quay phim").tap()
    page.get_by_role("button", name="Đăng ký ngay").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đăng ký dự họp")
    expect(page.get_by_text("Tại phòng họp")).to_be_visible()


def test_whoever_is_invited_opens_the_letter_and_taps_once(product, visit):
    code = open_event(product, "Mời đích danh")
    link = within(product, lambda: invitation_link(invited(event_of(code), people=[make_person("Danh Mẫu Được Mời")])[0].id))
    page = visit(phone=True)
    page.goto(link)
    page.get_by_role("button", name="Tôi sẽ dự").tap()
    expect(page.get_by_text("Đã đăng ký", exact=True)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_guest_fills_one_page_is_admitted_and_shows_his_ticket(product, visit, scripts):
    title = f"Họp báo đón khách {'có' if scripts else 'không'} kịch bản"
    code = open_event(product, title)
    link = within(product, lambda: guest_link(ruled(event_of(code), guests_allowed=True, asks_credentials=True).id))
    guest = visit(phone=True, scripts=scripts)
    guest.goto(link)
    guest.get_by_role("button", name="Gửi đăng ký").tap()
    expect(guest.get_by_role("alert")).to_contain_text("Hãy ghi họ và tên.")
    guest.get_by_label("Họ và tên").fill("Trần Mẫu Khách")
    guest.get_by_label(re.compile("^Cơ quan, đơn vị")).fill("Báo Mẫu Tỉnh Xa")
    guest.get_by_label("Điện thoại").fill("0900 555 123" if scripts else "0900 555 124")
    guest.get_by_text("Giấy giới thiệu của cơ quan báo chí").tap()
    letter = {"name": "giay.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 32}
    guest.get_by_label(re.compile("^Giấy giới thiệu, chụp")).set_input_files(letter)
    guest.get_by_role("button", name="Gửi đăng ký").tap()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Đăng ký đang chờ duyệt")
    organizer = visit(ORGANIZER, scripts=scripts)
    organizer.goto(f"/hop/{code}/quan-ly/dang-ky")
    organizer.get_by_role("link", name="1 khách chờ duyệt").click()
    with organizer.expect_download() as download:
        organizer.get_by_role("link", name="giay.png").click()
    assert download.value.path().read_bytes() == letter["buffer"]
    organizer.get_by_role("button", name="Duyệt", exact=True).click()
    expect(organizer.get_by_text("Đã duyệt 1 người.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Đã đăng ký dự họp")
    expect(guest.get_by_role("img", name="Mã QR điểm danh")).to_be_visible()
    guest.get_by_role("link", name="Hủy đăng ký").tap()
    guest.get_by_role("button", name="Hủy đăng ký").tap()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Đã hủy đăng ký")
