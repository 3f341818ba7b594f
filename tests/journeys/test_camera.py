"""Tickets are scanned by the camera of a phone, and whoever has none is told what to do."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kstthc_training.attendance.enums import MarkMethod
from kstthc_training.attendance.models import Mark
from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.tickets import ticket_address
from tests.journeys.conftest import CHROMIUM_FLAGS, PHONE, sign_in
from tests.journeys.film import film_of_tickets
from tests.journeys.made import event_of, running_event, within

PEOPLE = ("Danh Mẫu Hương", "Lê Mẫu Hạnh", "Nguyễn Mẫu Hòa")
DOOR = "cua@mau.example"
PRESS = "Quét mã QR bằng máy ảnh"


@pytest.fixture
def filmed(product, browser):
    """Opens a phone whose camera sees a film, signed in at the door; nothing may be refused or thrown meanwhile."""
    opened, complaints = [], []

    def open_phone(film, *, allowed=True):
        fake = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        chromium = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM_FLAGS, *fake])
        opened.append(chromium)
        context = chromium.new_context(base_url=product.address, viewport=PHONE, has_touch=True, locale="vi-VN")
        if allowed:
            context.grant_permissions(["camera"])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        sign_in(page, DOOR)
        return page

    yield open_phone
    for chromium in opened:
        chromium.close()
    assert complaints == []


def tickets(product, code, names):
    """What the QR squares of these people's tickets hold."""

    def secrets():
        held = select(Registration).join(Registration.person).where(Registration.event_id == event_of(code).id)
        found = [db.session.scalars(held.where(Person.full_name == name)).one() for name in names]
        return [ticket_address(registration, key=product.app.config["SETTINGS"].key) for registration in found]

    return within(product, secrets)


def methods(product, code):
    statement = select(Mark.method).join(Registration).where(Registration.event_id == event_of(code).id)
    return db.session.scalars(statement.order_by(Mark.id)).all()


def test_tickets_held_before_the_camera_go_in_one_after_the_other(product, filmed, tmp_path):
    code = running_event(product, "Cửa có máy ảnh", names=PEOPLE, door=DOOR)
    film = film_of_tickets(tmp_path / "hai-ve.y4m", tickets(product, code, PEOPLE[:2]))
    page = filmed(film)
    page.goto(f"/quet/{code}")
    page.get_by_role("button", name=PRESS).click()
    alert = page.get_by_role("alert")
    for name in PEOPLE[:2]:
        expect(alert).to_contain_text(name)
        expect(alert).to_contain_text("Có mặt")
        expect(alert).to_have_count(0)  # a green screen leaves by itself, and the camera goes on
    expect(page.get_by_text("2 / 3")).to_be_visible()
    expect(alert).to_contain_text("Đã điểm danh lúc")  # the film begins again
    page.get_by_role("link", name="Người tiếp theo").click()
    expect(page.get_by_label("Hình từ máy ảnh")).to_be_visible()
    assert within(product, lambda: methods(product, code)) == [MarkMethod.TICKET] * 2
    page.get_by_role("button", name="Tắt máy ảnh").click()
    expect(page.get_by_role("button", name=PRESS)).to_be_visible()


def test_a_square_that_is_no_ticket_is_refused_and_the_camera_goes_on(product, filmed, tmp_path):
    code = running_event(product, "Cửa có mã lạ", names=PEOPLE, door=DOOR)
    page = filmed(film_of_tickets(tmp_path / "la.y4m", ["079200001234|01011990", *tickets(product, code, PEOPLE[2:])]))
    page.goto(f"/quet/{code}")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_role("alert")).to_contain_text("Không có mã này")
    page.get_by_role("link", name="Người tiếp theo").click()
    expect(page.get_by_role("alert")).to_contain_text(PEOPLE[2])


def test_who_does_not_let_the_camera_be_used_is_told_to_type(product, filmed, tmp_path):
    code = running_event(product, "Cửa không cho máy ảnh", names=PEOPLE, door=DOOR)
    page = filmed(film_of_tickets(tmp_path / "trang.y4m", ["-"]), allowed=False)
    page.goto(f"/quet/{code}")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Trình duyệt chưa cho dùng máy ảnh.")).to_be_visible()
    expect(page.get_by_role("button", name=PRESS)).to_be_enabled()


def test_a_machine_without_a_camera_says_to_type_the_code(product, visit):
    code = running_event(product, "Cửa không máy ảnh", names=PEOPLE, door=DOOR)
    page = visit(DOOR, phone=True)
    page.context.grant_permissions(["camera"])
    page.goto(f"/quet/{code}")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Máy này không có máy ảnh. Hãy gõ mã vé 8 ký tự ghi dưới mã QR, hoặc gõ tên.")).to_be_visible()


def test_a_browser_that_offers_no_camera_says_to_type_the_code(product, visit):
    code = running_event(product, "Cửa trình duyệt cũ", names=PEOPLE, door=DOOR)
    page = visit(DOOR, phone=True)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined })")
    page.goto(f"/quet/{code}")
    expect(page.get_by_text("Trình duyệt không mở được máy ảnh ở đây.")).to_be_visible()
    expect(page.get_by_role("button", name=PRESS)).to_be_hidden()


def test_without_scripts_no_camera_is_offered(product, visit):
    code = running_event(product, "Cửa không kịch bản và máy ảnh", names=PEOPLE, door=DOOR)
    page = visit(DOOR, phone=True, scripts=False)
    page.goto(f"/quet/{code}")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("button", name=PRESS)).to_be_hidden()
