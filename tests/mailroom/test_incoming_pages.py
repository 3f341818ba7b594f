"""Hộp thư đến: what must be looked at first, why, and what can be done; hostile letters are words."""

import pytest

from kstthc_training.calendars.replies.enums import ReplyReason as R
from kstthc_training.db import db, unit_of_work
from kstthc_training.inbox import service
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.models import InboxBox
from kstthc_training.outbox.models import Message
from kstthc_training.registrations.enums import RegistrationState
from tests.calendars.answering import arrives, mail_of, registration, row_of, seated
from tests.inbox.corpus import CORPUS
from tests.support.factories import make_event

HERE = "/thu-den"
CONFIRMED, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.CANCELLED


def text_of(page) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_what_waits_comes_first_with_why(browser):
    event = make_event("Tập huấn số hóa hồ sơ")
    person = seated(event)
    one_of_two = make_event("Hai buổi", sessions=2)
    arrives(mail_of(one_of_two, seated(one_of_two)))
    arrives(mail_of(event, person))
    arrives(CORPUS["exchange_out_of_office"])

    page = browser.page(HERE)

    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert "Từ chối một trong nhiều buổi; chỗ vẫn giữ." in rows[0] and "Cần xem" in rows[0] and "Hai buổi" in rows[0]
    assert "Máy tự trả lời" in rows[1]
    assert "Đã hủy đăng ký, chỗ dành cho người khác." in rows[2] and "Tập huấn số hóa hồ sơ" in rows[2]
    assert [each.xpath("string(*[2])") for each in page.xpath("//a[@class='fig']")] == ["1", "2", "0"]


def test_the_part_is_a_slice_and_filters_hold(browser):
    arrives(CORPUS["exchange_out_of_office"])
    arrives(CORPUS["outlook_in_words"])
    part = browser.fragment(f"{HERE}?trang-thai=can-xem", "danh-sach").text
    assert part.strip() in browser.get(f"{HERE}?trang-thai=can-xem").text
    assert "RE: Mời họp" in part and "Trả lời tự động" not in part
    assert "Nguyen Thi Lan" in browser.get(f"{HERE}?q=nguyen+lan").text
    assert "Không có thư nào khớp" in browser.get(f"{HERE}?q=khong+ai").text


def test_a_page_costs_the_same_however_many_letters(browser, statements):
    def count() -> int:
        with statements() as seen:
            browser.page(HERE)
        return len(seen)

    event = make_event()
    arrives(mail_of(event, seated(event), "TENTATIVE"))
    browser.page(HERE)
    few = count()
    for _each in range(5):
        arrives(mail_of(event, seated(event), "TENTATIVE"))
    assert count() == few


@pytest.mark.parametrize("name", CORPUS)
def test_every_letter_opens_as_words(browser, name):
    row = arrives(CORPUS[name])
    page = browser.page(f"{HERE}/{row.id}")
    assert not page.xpath("//main//script|//main//img[contains(@src, 'tracker')]|//main//style")


def test_one_session_declined_is_taken_as_no_with_one_click_and_undone(browser):
    event = make_event(sessions=2)
    person = seated(event)
    row = arrives(mail_of(event, person))
    assert browser.page(f"{HERE}/{row.id}").xpath("//button[contains(., 'Hủy đăng ký')]")

    browser.post(f"{HERE}/{row.id}/nhan")
    taken_back = registration(event, person).state
    browser.post(f"{HERE}/{row.id}/hoan-tac")

    assert (taken_back, registration(event, person).state) == (CANCELLED, CONFIRMED)
    assert row_of(row.id).reason == R.UNDONE


def test_a_letter_is_passed_over_and_put_back(browser):
    row = arrives(CORPUS["outlook_in_words"])
    browser.post(f"{HERE}/{row.id}/bo-qua")
    passed = row_of(row.id).state
    browser.post(f"{HERE}/{row.id}/xem-lai")
    assert (passed, row_of(row.id).state, row_of(row.id).reason) == (MailState.IGNORED, MailState.REVIEW, row.reason)


def test_a_proposed_hour_stands_beside_ours_and_the_answer_is_that_it_stays(browser, now):
    event = make_event()
    person = seated(event)
    row = arrives(mail_of(event, person, "TENTATIVE", method="COUNTER"))
    page = browser.page(f"{HERE}/{row.id}")
    assert "Giờ đã định" in text_of(page) and "09:00 – 12:00" in text_of(page)
    assert page.xpath(f"//a[@href='/hop/{event.code}/sua']")

    browser.post(f"{HERE}/{row.id}/khong-doi-gio")
    browser.post(f"{HERE}/{row.id}/khong-doi-gio")

    db.session.rollback()
    letters = db.session.query(Message).filter_by(recipient=person.email, kind="calendar-hour-stays").all()
    assert [each.calendar_method for each in letters] == ["DECLINECOUNTER"]
    assert "METHOD:DECLINECOUNTER" in letters[0].calendar
    assert row_of(row.id).reason == R.COUNTER_DECLINED


def test_what_two_people_do_at_once_is_done_once(browser):
    row = arrives(CORPUS["outlook_in_words"])
    browser.post(f"{HERE}/{row.id}/bo-qua")
    browser.post(f"{HERE}/{row.id}/bo-qua")
    assert "Có người đã xử lý thư này trước." in browser.get(HERE).text


def test_an_answer_of_nobody_known_cannot_be_confirmed(browser):
    row = arrives(CORPUS["outlook_accepted"])
    assert not browser.page(f"{HERE}/{row.id}").xpath("//form[contains(@action, 'nhan')]")
    browser.post(f"{HERE}/{row.id}/nhan")
    assert "Không làm được" in browser.get(HERE).text


def test_trouble_with_the_mailbox_is_shown(browser, app):
    with unit_of_work() as session:
        session.add(InboxBox(name="maildir", validity=0, last_uid=0, trouble="OSError: No space left"))
    assert "No space left" in text_of(browser.page(HERE))


def test_letters_that_are_erased_say_so(browser, now):
    row = arrives(CORPUS["outlook_in_words"])
    with unit_of_work():
        service.erase_raw(settled_before=now, open_before=now.replace(year=2030))
    assert "Nội dung đã xóa theo hạn lưu giữ." in text_of(browser.page(f"{HERE}/{row.id}"))


def test_an_unknown_letter_is_not_found(browser):
    assert browser.get(f"{HERE}/99").status_code == 404
