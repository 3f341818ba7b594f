"""What the scripts add, in a real browser under the real security policy; and what is left without them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from kstthc_training.people.enums import Role
from kstthc_training.web.access import access, anyone
from tests.support import databases, factories
from tests.support.browser import CheckingClient, sign_in
from tests.support.chromium import launched
from tests.support.sheet import ADDRESS, mount_sheet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("page-scripts")]

AXE = (Path(__file__).resolve().parents[1] / "support" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("scripts")
    databases.fresh_address("sqlite", folder, tmp_path_factory)
    app = databases.create_app(databases.settings_for(folder))
    mount_sheet(app)
    app.add_url_rule("/hong", "broken", access(anyone)(lambda: 1 / 0))
    return app


@pytest.fixture(scope="module")
def address(product: Flask) -> Iterator[str]:
    """The product on a port of its own."""
    server = make_server("127.0.0.1", 0, product, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def cookie(product: Flask) -> str:
    """The cookie of a signed-in organizer."""
    with product.app_context():
        client = sign_in(CheckingClient(product), factories.make_account(Role.ORGANIZER))
        found = client.get_cookie(product.config["SESSION_COOKIE_NAME"])
    assert found is not None
    return found.value


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = launched(["--no-sandbox"])
    yield chromium
    chromium.close()


@pytest.fixture
def context(browser: Browser, address: str, cookie: str, product: Flask) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="vi-VN")
    opened.set_default_timeout(5000)
    opened.add_cookies([{"name": product.config["SESSION_COOKIE_NAME"], "value": cookie, "url": address}])
    yield opened
    opened.close()


@pytest.fixture
def sheet(context: BrowserContext) -> Iterator[Page]:
    """The component sheet; whatever the policy refuses or a script throws fails the test."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(ADDRESS)
    yield page
    assert faults == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))


def test_slash_goes_to_the_search_and_letters_typed_there_stay_letters(sheet: Page) -> None:
    sheet.keyboard.press("/")
    sheet.keyboard.type("nj")
    expect(sheet.get_by_role("searchbox", name="Tìm cuộc họp, người, đơn vị")).to_have_value("nj")
    assert sheet.url.endswith(ADDRESS)


def test_letter_presses_its_link_unless_switched_off_on_this_machine(sheet: Page) -> None:
    sheet.keyboard.press("v")
    assert sheet.url.endswith("#viec-chinh")
    sheet.goto(ADDRESS)
    sheet.keyboard.press("?")
    sheet.get_by_role("checkbox", name="Dùng phím tắt một chữ trên máy này").uncheck()
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("v")
    assert sheet.url.endswith(ADDRESS)


def test_j_k_and_x_walk_and_tick_the_rows(sheet: Page) -> None:
    for key, name in (("j", "Danh Mẫu Hương"), ("j", "Lê Mẫu Hạnh"), ("k", "Danh Mẫu Hương")):
        sheet.keyboard.press(key)
        assert focused(sheet) == name
    sheet.keyboard.press("x")
    expect(sheet.get_by_role("checkbox", name="Chọn Danh Mẫu Hương")).to_be_checked()
    expect(sheet.locator("tr.cur")).to_have_count(1)


def test_ticked_rows_are_counted_and_can_be_let_go(sheet: Page) -> None:
    bar = sheet.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    sheet.get_by_role("checkbox", name="Chọn Danh Mẫu Hương").check()
    expect(bar.get_by_role("status")).to_have_text("Đã chọn 1 người")
    sheet.get_by_role("checkbox", name="Chọn Trần Mẫu Hậu").click(modifiers=["Shift"])
    expect(bar.get_by_role("status")).to_have_text("Đã chọn 3 người")
    expect(sheet.get_by_role("checkbox", name="Chọn tất cả trong trang")).to_be_checked()
    sheet.get_by_role("button", name="Bỏ chọn").click()
    expect(bar).to_be_hidden()


def test_menu_closes_by_escape_and_by_a_click_elsewhere(sheet: Page) -> None:
    menu, summary = sheet.locator(".usermenu"), sheet.locator(".usermenu > summary")
    summary.click()
    expect(menu).to_have_attribute("open", "")
    sheet.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    sheet.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def test_theme_changes_at_once_and_is_remembered_by_the_server(sheet: Page) -> None:
    sheet.locator(".usermenu > summary").click()
    with sheet.expect_response("**/giao-dien") as kept:
        sheet.locator(".usermenu").get_by_role("button", name="Tối").click()
    expect(sheet.locator("html")).to_have_attribute("data-theme", "dark")
    assert kept.value.status == 303
    sheet.reload()
    expect(sheet.locator("html")).to_have_attribute("data-theme", "dark")
    sheet.locator(".usermenu > summary").click()
    with sheet.expect_response("**/giao-dien"):
        sheet.locator(".usermenu").get_by_role("button", name="Theo máy").click()


def test_what_leaves_the_building_is_asked_first_with_the_safe_answer_in_hand(sheet: Page) -> None:
    posted: list[str] = []
    sheet.on("request", lambda request: posted.append(request.method) if request.method == "POST" else None)
    sheet.get_by_role("button", name="Hủy cuộc họp").click()
    question = sheet.get_by_role("dialog", name="Hủy cuộc họp?")
    expect(question).to_contain_text("24 nơi nhận sẽ được báo ngay.")
    expect(question.get_by_role("button", name="Thôi")).to_be_focused()
    sheet.keyboard.press("Escape")
    expect(question).to_be_hidden()
    assert posted == []
    sheet.get_by_role("button", name="Hủy cuộc họp").click()
    question.get_by_role("button", name="Hủy cuộc họp").click()
    expect(sheet.locator("#thong-bao")).to_contain_text("Đã nhận.")
    assert posted == ["POST"]


def test_form_being_sent_says_so_and_goes_once(sheet: Page) -> None:
    posted: list[str] = []
    sheet.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    sheet.evaluate("""() => {
        const button = [...document.querySelectorAll("[data-busy]")].find((b) => b.textContent === "Tiếp tục");
        button.click();
        button.click();
        setTimeout(() => (sessionStorage.busy = `${button.getAttribute("aria-busy")} ${button.textContent}`));
    }""")
    expect(sheet.locator("#thong-bao")).to_contain_text("Đã nhận.")
    assert sheet.evaluate("sessionStorage.busy") == "true Đang gửi"
    assert len(posted) == 1


def test_note_leaves_after_ten_seconds_but_not_under_the_pointer(sheet: Page) -> None:
    sheet.clock.install()
    sheet.get_by_role("button", name="Tiếp tục").click()
    note = sheet.locator("#thong-bao [data-toast]")
    sheet.clock.run_for(200)
    note.hover()
    sheet.clock.run_for(15_000)
    expect(note).to_be_visible()
    sheet.mouse.move(5, 300)
    sheet.clock.run_for(9_000)
    expect(note).to_be_visible()
    sheet.clock.run_for(2_000)
    expect(note).to_have_count(0)


def test_what_another_script_says_is_announced_once(sheet: Page) -> None:
    said = "{ detail: { text: 'Mất kết nối', category: 'problem' } }"
    sheet.evaluate(f"document.dispatchEvent(new CustomEvent('app:say', {said}))")
    expect(sheet.locator("#thong-bao > [data-toast]", has_text="Mất kết nối")).to_have_count(1)


def test_refused_form_is_heard_first_and_leads_to_its_fields(sheet: Page) -> None:
    sheet.goto(f"{ADDRESS}?loi=1")
    expect(sheet.locator(".errsum")).to_be_focused()
    sheet.locator(".errsum").get_by_role("link", name="Nhập họ và tên").click()
    expect(sheet.locator("#r-full_name")).to_be_focused()


def test_part_that_is_refused_is_swapped_in_and_takes_the_focus(sheet: Page) -> None:
    sheet.get_by_role("button", name="Biểu mẫu bị từ chối").click()
    expect(sheet.locator("#tra-loi .errsum")).to_be_focused()


def test_page_that_fails_is_told_and_swaps_nothing(sheet: Page) -> None:
    target, note = sheet.locator("#tra-loi"), sheet.locator("#thong-bao")
    sheet.get_by_role("button", name="Trang không có").click()
    expect(note).to_contain_text("Không thấy trang này")
    sheet.get_by_role("button", name="Đóng").last.click()
    sheet.route("**/khong-co", lambda route: route.continue_(url=route.request.url.replace("khong-co", "hong")))
    sheet.get_by_role("button", name="Trang không có").click()
    expect(note).to_contain_text("Hệ thống vừa gặp lỗi")
    expect(note).to_contain_text("quay lại, nội dung đã gõ vẫn còn")
    sheet.unroute("**/khong-co")
    sheet.route("**/khong-co", lambda route: route.abort())
    sheet.get_by_role("button", name="Trang không có").click()
    expect(note).to_contain_text("Không nối được tới máy chủ")
    expect(target).to_be_empty()


def test_htmx_asks_through_our_dialog(sheet: Page) -> None:
    for answer, outcome in (("Thôi", ""), ("Đồng ý", "Bảng thành phần")):
        sheet.get_by_role("button", name="Hỏi có xác nhận").click()
        sheet.get_by_role("dialog", name="Hỏi thật?").get_by_role("button", name=answer).click()
        expect(sheet.locator("#tra-loi")).to_have_text(outcome)


def test_dialog_opens_over_the_page_and_closes_by_its_cross(sheet: Page) -> None:
    sheet.get_by_label("Thao tác khác").click()
    sheet.get_by_role("button", name="Mở hộp thoại").click()
    dialog = sheet.get_by_role("dialog", name="Hộp thoại")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_be_hidden()


def test_copying_says_so(sheet: Page) -> None:
    sheet.get_by_role("button", name="Sao chép").click()
    expect(sheet.locator("#thong-bao")).to_contain_text("Đã chép")


def test_forms_and_notes_work_without_scripts(browser: Browser, address: str) -> None:
    plain = browser.new_context(base_url=address, java_script_enabled=False)
    page = plain.new_page()
    page.goto(ADDRESS)
    page.get_by_role("button", name="Hủy cuộc họp").click()
    expect(page.locator("#thong-bao")).to_contain_text("Đã nhận.")
    expect(page.get_by_role("button", name="Bỏ chọn")).to_be_hidden()
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}?loi=1", "/khong-co", "/tai-khoan"])
def test_page_is_accessible_and_fits(context: BrowserContext, path: str, width: int, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    page.evaluate(AXE)
    outcome = page.evaluate("(rules) => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES)
    assert [(v["id"], v["nodes"][0]["html"]) for v in outcome["violations"]] == []
    assert len(outcome["passes"]) > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_is_light_also_for_those_who_read_in_the_dark(sheet: Page) -> None:
    sheet.emulate_media(media="print", color_scheme="dark")
    expect(sheet.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(sheet.get_by_role("navigation", name="Điều hướng chính")).to_be_hidden()
