"""Somebody declines in his mail program; the organizer finds the seat free, who did it, and can take it back."""

from playwright.sync_api import expect

from tests.calendars.answering import mail_of, seated
from tests.journeys.made import event_of, open_event, within
from tests.support.factories import make_person

ORGANIZER = "to-chuc@mau.example"


def _asked(code: str, name: str, partstat: str) -> bytes:
    event, person = event_of(code), make_person(name)
    seated(event, person)
    return mail_of(event, person, partstat)


def _arrives(product, name: str, octets: bytes) -> None:
    new = product.folder / "data" / "mail-in" / "new"
    new.mkdir(parents=True, exist_ok=True)
    (new / name).write_bytes(octets)


def _shows(page, words: str) -> None:
    for _ in range(60):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(words)


def test_a_seat_is_given_back_by_mail_and_the_lists_show_it(product, visit):
    code = open_event(product, "Lớp trả lời bằng thư", capacity=3)
    _arrives(product, "1.test", within(product, lambda: _asked(code, "Lê Mẫu Vắng", "DECLINED")))
    _arrives(product, "2.test", within(product, lambda: _asked(code, "Lê Mẫu Ngần", "TENTATIVE")))
    page = visit(ORGANIZER)
    page.goto(f"/hop/{code}/quan-ly/dang-ky?tt=da-huy")
    _shows(page, "Từ chối qua thư")
    page.goto(f"/hop/{code}/quan-ly/diem-danh")
    _shows(page, "Chưa chắc, trả lời qua thư")
    expect(page.get_by_text("Lê Mẫu Vắng")).to_have_count(0)

    page.goto("/thu-den")
    page.get_by_role("link", name="Lê Mẫu Vắng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lê Mẫu Vắng: Từ chối")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác.").first).to_be_visible()
    page.goto(f"/hop/{code}/quan-ly/diem-danh")
    expect(page.get_by_text("Lê Mẫu Vắng")).to_be_visible()
