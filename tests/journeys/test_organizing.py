"""An organizer schedules an event, an agency names people, a leader reads what came of it."""

import io
from datetime import timedelta

import docx
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.registrations.models import Registration
from kstthc_training.web.locale import day
from tests.journeys.made import event_of, open_event, within

ORGANIZER, FOCAL_POINT, LEADER = "to-chuc@mau.example", "dau-moi@mau.example", "lanh-dao@mau.example"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_organizer_schedules_a_training_of_two_sessions_and_releases_it(product, visit, scripts):
    title = f"Tập huấn một cửa {'có' if scripts else 'không'} kịch bản"
    page = visit(ORGANIZER, scripts=scripts)
    page.goto("/hop/tao")
    page.get_by_label("Tên cuộc họp").fill(title)
    page.get_by_role("radio", name="Tập huấn", exact=True).check()
    _session(page, 0, days=14, hours=("08:00", "11:00"))
    page.get_by_role("button", name="Thêm buổi").click()
    _session(page, 1, days=14, hours=("13:30", "16:30"))
    page.get_by_label("Địa điểm", exact=True).select_option(index=1)
    page.get_by_label("Thành phần", exact=True).select_option(label="Cán bộ và báo chí")
    page.get_by_label("Chủ trì", exact=True).fill("Chánh Văn phòng")
    page.get_by_label("Điện thoại đầu mối").fill("0900 000 018")
    page.get_by_role("button", name="Phát hành").last.click()
    if scripts and page.get_by_role("dialog").is_visible():
        page.get_by_role("dialog").get_by_role("button", name="Phát hành").click()
    page.wait_for_url("**/quan-ly")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    code = page.url.split("/hop/")[1].split("/")[0]
    visitor = visit("phong-vien@mau.example", phone=True)
    visitor.goto(f"/hop/{code}")
    expect(visitor.get_by_role("link", name="Đăng ký ngay").last).to_be_visible()


def test_a_form_with_mistakes_comes_back_with_everything_typed(product, visit):
    page = visit(ORGANIZER)
    page.goto("/hop/tao")
    page.get_by_label("Tên cuộc họp").fill("Họp <b>{{ 7*7 }}</b> “thử”")
    page.get_by_label("Ngày", exact=True).first.fill("31/02/2027")
    page.get_by_role("button", name="Lưu nháp").last.click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Cần sửa")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Tên cuộc họp")).to_have_value("Họp <b>{{ 7*7 }}</b> “thử”")
    expect(page.get_by_label("Ngày", exact=True).first).to_have_value("31/02/2027")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_focal_point_names_people_of_the_organisation(product, visit, scripts):
    code = open_event(product, f"Cử người {'có' if scripts else 'không'} kịch bản", capacity=2)
    page = visit(FOCAL_POINT, scripts=scripts)
    page.goto("/don-vi")
    page.get_by_role("link", name=f"Cử người {'có' if scripts else 'không'} kịch bản", exact=True).click()
    boxes = page.get_by_role("checkbox")
    for place in range(3):
        boxes.nth(place).check()
    page.get_by_role("button", name="Cử").last.click()
    seated = within(product, lambda: _states(code))
    assert sorted(seated) == ["confirmed", "confirmed", "waiting"]


def test_leader_reads_the_figures_opens_their_rows_and_takes_the_paper(product, visit):
    page = visit(LEADER)
    page.goto("/bao-cao")
    figure = page.locator("a.fig").first
    number = figure.locator(".v").inner_text().split()[0]
    figure.click()
    expect(page.get_by_text(f"{number}").first).to_be_visible()
    page.goto("/bao-cao")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").first.click()
    content = download.value.path().read_bytes()
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Kính gửi" in words
    assert download.value.suggested_filename.endswith(".docx")


def test_administrator_invites_somebody_who_sets_a_password_by_the_letter(product, visit):
    page = visit("quan-tri@mau.example")
    page.goto("/quan-tri/tai-khoan/moi/nguoi-moi")
    page.get_by_label("Họ và tên").fill("Phan Mẫu Mới")
    page.get_by_label("Email", exact=False).first.fill("phan-mau@mau.example")
    page.get_by_role("button", name="Gửi").last.click()
    page.goto("/thu-di")
    for _ in range(20):
        page.reload()
        if page.get_by_text("phan-mau@mau.example").first.is_visible():
            break
        page.wait_for_timeout(500)
    page.locator("tr", has_text="phan-mau@mau.example").get_by_role("link").first.click()
    page.wait_for_url("**/thu-di/*")
    link = page.get_by_text("/vao/").first.inner_text()
    address = next(word for word in link.split() if "/vao/" in word)
    newcomer = visit(phone=True)
    newcomer.goto(address[address.index("/vao/") :])
    for field in newcomer.locator("input[type=password]").all():
        field.fill("song-cai-lon-chay-ra-bien")
    newcomer.get_by_role("button").last.click()
    newcomer.wait_for_url("**/lich")


def _session(page, place, *, days, hours):
    when = day(clock.local(clock.now()) + timedelta(days=days))
    page.get_by_label("Ngày", exact=True).nth(place).fill(when)
    page.get_by_label("Bắt đầu", exact=True).nth(place).fill(hours[0])
    page.get_by_label("Kết thúc", exact=True).nth(place).fill(hours[1])


def _states(code):
    event = event_of(code)
    return [s.value for s in db.session.scalars(select(Registration.state).where(Registration.event_id == event.id))]
