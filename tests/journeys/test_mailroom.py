"""Letters are held, let go, taken back and sent elsewhere, while a worker carries them."""

from datetime import timedelta

from playwright.sync_api import expect

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter, post_letter
from tests.journeys.made import open_event, within

ORGANIZER, JOURNALIST = "to-chuc@mau.example", "phong-vien@mau.example"


def _letter(key: str, recipient: str, *, state: MessageState = MessageState.WAITING) -> int:
    """A letter for tomorrow, in some state."""
    letter = Letter(kind="journey", recipient=recipient, recipient_name=f"Người {key}", subject=f"Thư {key}", body="Chào.\n")
    tomorrow = clock.now() + timedelta(days=1)
    with unit_of_work():
        post_letter(letter, key=key, now=clock.now(), run_at=tomorrow)
        row = db.session.query(Message).filter_by(key=key).one()
        row.state = state
        if state is MessageState.BOUNCED:
            row.last_error, row.sent_at = "550 5.1.1 user unknown", clock.now()
        return row.id


def _goes(page, words: str) -> None:
    """Wait until the row of a letter says so."""
    for _ in range(40):
        if page.locator("tbody tr", has_text=words).first.get_by_text("Đã gửi").is_visible():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"the letter {words!r} did not go")


def test_letters_of_an_event_are_held_read_and_let_go(product, visit):
    code = open_event(product, "Họp giữ thư lại")
    page = visit(ORGANIZER)
    page.goto(f"/hop/{code}/quan-ly")
    page.get_by_label("Thao tác khác").click()
    page.get_by_role("button", name="Giữ thư lại").click()
    expect(page.get_by_text("Thư của cuộc họp đang được giữ từ")).to_be_visible()
    visitor = visit(JOURNALIST, phone=True)
    visitor.goto(f"/hop/{code}/dang-ky")
    visitor.get_by_role("button", name="Đăng ký").last.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Đã đăng ký dự họp")
    page.goto(f"/thu-di?cuoc={code}")
    expect(page.locator("tbody tr").first).to_contain_text("Đang giữ")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thư gửi")
    expect(page.get_by_role("link", name="/ve/thu/")).to_be_visible()
    page.get_by_role("link", name="Hộp thư đi").click()
    page.get_by_role("button", name="Cho thư đi: Họp giữ thư lại").click()
    page.wait_for_url(f"**/thu-di?cuoc={code}")
    _goes(page, "Họp giữ thư lại")


def test_letters_are_held_by_a_key_taken_back_and_sent_at_once(product, visit):
    within(product, lambda: _letter("phím", "phim@mau.example"))
    page = visit(ORGANIZER)
    page.goto("/thu-di?q=phim@mau.example")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Hẹn")
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.locator("tbody tr").first).to_contain_text("Đang giữ")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("tbody tr").first).to_contain_text("Hẹn")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("1 thư đi sau 10 giây.")).to_be_visible()
    _goes(page, "phim@mau.example")


def test_without_scripts_a_letter_that_came_back_goes_elsewhere(product, visit):
    within(product, lambda: _letter("sai địa chỉ", "mottcua@vinh-dieu.example", state=MessageState.BOUNCED))
    page = visit(ORGANIZER, phone=True, scripts=False)
    page.goto("/thu-di?trang-thai=bi-tra-lai")
    page.get_by_role("link", name="Người sai địa chỉ").click()
    expect(page.get_by_text("Không có hộp thư này.")).to_have_count(1)
    page.get_by_label("Địa chỉ khác").fill("motcua@vinh-dieu.example")
    page.get_by_role("button", name="Sửa và gửi lại").click()
    expect(page.get_by_text("1 thư đi tới motcua@vinh-dieu.example.")).to_be_visible()
    page.goto("/thu-di?q=motcua@vinh-dieu.example")
    _goes(page, "motcua@vinh-dieu.example")
