"""Hộp thư đi: figures, filters, what is done with several letters, and holding back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queue
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Hold, Message, Worker
from kstthc_training.outbox.service import hold_letters
from tests.mailroom.posted import kept, make_letter, recorded
from tests.support.factories import make_event

HERE = "/thu-di"
STATES = tuple(MessageState)


def names(browser, query=""):
    return browser.page(f"{HERE}{query}").xpath("//tbody/tr/td[2]/a/text()")


def figures(browser, query=""):
    found = {each.xpath("string(*[1])"): each for each in browser.page(HERE + query).xpath("//a[@class='fig']")}
    return {label: each.xpath("string(*[2])") for label, each in found.items()}, found


def tags(browser):
    return [" ".join(cell.text_content().split()) for cell in browser.page(HERE).xpath("//tbody/tr/td[7]")]


def test_what_waits_for_somebody_comes_first_then_the_newest(browser, now):
    event = make_event("Tập huấn số hóa hồ sơ")
    for state in (MessageState.SENT, MessageState.WAITING, MessageState.FAILED, MessageState.HELD, MessageState.BOUNCED):
        make_letter(state.value, state=state, event_id=event.id if state is MessageState.BOUNCED else None)
    assert names(browser) == ["bounced", "failed", "held", "waiting", "sent"]
    assert tags(browser) == ["Bị trả lại", "Bị từ chối", "Đang giữ", "Chờ gửi", "Đã gửi"]
    page = browser.page(HERE)
    assert page.xpath("//tbody/tr[1]/td[4]/text()") == ["Tập huấn số hóa hồ sơ"]
    assert [cell.text_content().strip() for cell in page.xpath("//tbody/tr/td[8]")] == ["Sửa", "Sửa", "Mở", "", ""]


def test_figures_count_and_open_what_they_count(browser, now):
    for state in STATES:
        make_letter(state.value, state=state)
    make_letter("yesterday", state=MessageState.SENT, sent_at=now - timedelta(days=1))
    counts, links = figures(browser)
    assert counts == {"Đang giữ": "1", "Chờ gửi": "1", "Đã gửi hôm nay": "1", "Bị từ chối": "1", "Bị trả lại": "1"}
    shown = {label: names(browser, link.get("href").removeprefix(HERE)) for label, link in links.items()}
    assert shown == {
        "Đang giữ": ["held"], "Chờ gửi": ["waiting"], "Đã gửi hôm nay": ["sent"], "Bị từ chối": ["failed"],
        "Bị trả lại": ["bounced"],
    }  # fmt: skip
    assert names(browser, "?trang-thai=da-gui") == ["yesterday", "sent"]
    assert names(browser, "?trang-thai=da-bo") == ["discarded"]
    _counts, pressed = figures(browser, "?trang-thai=bi-tra-lai")
    assert (pressed["Bị trả lại"].get("aria-current"), pressed["Bị trả lại"].get("href")) == ("true", HERE)


def test_paused_and_later_letters_say_when(browser, now):
    make_letter("later", run_at=now + timedelta(minutes=5), tries=0)
    make_letter("again", run_at=now + timedelta(minutes=7), tries=1)
    assert tags(browser) == ["Thử lại 09:07", "Hẹn 09:05"]


def test_letters_are_narrowed_by_words_state_and_event(browser):
    event = make_event()
    make_letter("Bùi Mẫu Lệ", subject="Đổi giờ, đổi phòng", event_id=event.id)
    make_letter("Danh Mẫu Hương", subject="Đổi giờ", state=MessageState.FAILED)
    assert names(browser, "?q=doi gio") == ["Danh Mẫu Hương", "Bùi Mẫu Lệ"]
    assert names(browser, "?q=doi gio&trang-thai=bi-tu-choi") == ["Danh Mẫu Hương"]
    assert names(browser, "?q=bui doi phong") == ["Bùi Mẫu Lệ"]
    assert names(browser, f"?cuoc={event.code}") == ["Bùi Mẫu Lệ"]
    assert names(browser, "?q=%25&trang-thai=la&cuoc=x") == []


def test_list_is_paged_by_a_fixed_number_of_statements(browser, statements):
    event = make_event()
    make_letter(event_id=event.id)
    browser.get(HERE)
    with statements() as few:
        browser.get(HERE)
    for number in range(50):
        make_letter(event_id=event.id, state=STATES[number % len(STATES)])
    with statements() as many:
        page = browser.page(HERE)
    assert len(page.xpath("//tbody/tr")) == 50
    assert len(many) == len(few)
    assert len(names(browser, "?trang=2")) == 1


def test_part_of_the_list_is_a_slice_of_the_page(browser):
    make_letter()
    assert browser.fragment(HERE, "danh-sach").text.strip() in browser.get(HERE).text


def test_letters_about_accounts_and_own_data_are_the_administrators(browser, administrator):
    make_letter("bí mật", kind="account.sign_in", state=MessageState.FAILED)
    make_letter("của riêng", kind="privacy.received", state=MessageState.FAILED)
    make_letter("chung", state=MessageState.FAILED)
    assert (names(browser), names(administrator)) == (["chung"], ["chung", "của riêng", "bí mật"])
    assert (figures(browser)[0]["Bị từ chối"], figures(administrator)[0]["Bị từ chối"]) == ("1", "3")
    assert "1 thư không gửi được" in browser.get("/dieu-hanh").text


@pytest.mark.parametrize(
    ("verb", "was", "after", "said", "act"),
    [
        ("gui", MessageState.HELD, MessageState.WAITING, "2 thư đi sau 10 giây.", "letters.sent_again"),
        ("giu", MessageState.WAITING, MessageState.HELD, "Đã giữ 2 thư.", "letters.chosen_held"),
        ("bo", MessageState.BOUNCED, MessageState.DISCARDED, "Đã bỏ 2 thư, không gửi.", "letters.chosen_discarded"),
    ],
)
def test_ticked_letters_are_decided_on_and_it_is_taken_back(browser, now, verb, was, after, said, act):
    ids = [make_letter(state=was) for _ in range(2)]
    answer = browser.post(f"{HERE}/{verb}?trang-thai=dang-giu", data={"id": ids})
    assert answer.location == f"{HERE}?trang-thai=dang-giu"
    assert [kept(each).state for each in ids] == [after] * 2
    page = browser.page(HERE)
    assert said in page.text_content()
    (undo,) = page.xpath("//*[@data-toast]//form/@action")
    browser.post(undo)
    assert [kept(each).state for each in ids] == [was] * 2
    assert "2 thư trở lại như trước." in browser.get(HERE).text
    assert recorded() == [act, "letters.undone"]
    browser.post(undo)
    assert "không hoàn tác được" in browser.get(HERE).text


def test_letters_that_moved_on_are_left_alone_and_it_is_said(browser, now):
    waiting, sent, in_hand = make_letter(), make_letter(state=MessageState.SENT), make_letter()
    with unit_of_work():
        queue.claim(Message.id == in_hand, Message, worker="w", limit=1, now=now)
    browser.post(f"{HERE}/bo", data={"id": [waiting, sent, in_hand]})
    assert [kept(each).state for each in (waiting, sent, in_hand)] == [
        MessageState.DISCARDED, MessageState.SENT, MessageState.WAITING,
    ]  # fmt: skip
    text = browser.get(HERE).text
    assert "Đã bỏ 1 thư" in text
    assert "2 thư để nguyên" in text
    browser.post(f"{HERE}/bo", data={"id": []})
    assert "Chưa chọn thư nào." in browser.get(HERE).text


def test_organizer_decides_on_no_letter_that_he_does_not_see(browser):
    private = make_letter(kind="account.sign_in")
    for verb in ("gui", "giu", "bo"):
        browser.post(f"{HERE}/{verb}", data={"id": [private]})
    assert (kept(private).state, recorded()) == (MessageState.WAITING, [])


def test_everything_is_held_and_let_go(browser):
    make_letter()
    browser.post(f"{HERE}/giu-moi-thu")
    page = browser.page(HERE)
    assert "Mọi thư đang được giữ lại từ 09:00 18/03/2026" in page.text_content()
    assert "Đoàn Mẫu Quân giữ lại" in page.text_content()
    assert page.xpath("//*[@data-toast]//form/@action") == [f"{HERE}/cho-moi-thu-di"]
    assert not page.xpath(f"//form[@action='{HERE}/giu-moi-thu']")
    assert (figures(browser)[0]["Đang giữ"], tags(browser)) == ("1", ["Đang giữ"])
    browser.post(f"{HERE}/cho-moi-thu-di")
    assert db.session.scalars(select(Hold)).all() == []
    assert recorded() == ["letters.held", "letters.let_go"]


def test_hold_of_operators_is_ended_by_administrators_alone(browser, administrator, now):
    held = make_letter()
    with unit_of_work():
        hold_letters(reason="Vừa khôi phục từ bản sao lưu", now=now)
    assert "Vừa khôi phục từ bản sao lưu" in browser.page(HERE).text_content()
    assert not browser.page(HERE).xpath(f"//form[@action='{HERE}/cho-moi-thu-di']")
    browser.post(f"{HERE}/cho-moi-thu-di")
    assert "Người vận hành đang giữ mọi thư" in browser.get(HERE).text
    browser.post(f"{HERE}/gui", data={"id": [held]})
    assert (kept(held).let_go_at, len(db.session.scalars(select(Hold)).all())) == (None, 1)
    administrator.post(f"{HERE}/cho-moi-thu-di")
    assert db.session.scalars(select(Hold)).all() == []


def test_one_events_letters_are_held_from_its_workspace(browser):
    event = make_event("Tập huấn số hóa hồ sơ")
    make_letter("của cuộc", event_id=event.id)
    make_letter("của việc khác")
    workspace = f"/hop/{event.code}/quan-ly"
    assert browser.page(workspace).xpath(f"//form[@action='{workspace}/giu-thu']")
    assert browser.post(f"{workspace}/giu-thu").location == workspace
    assert "Thư của cuộc họp đang được giữ từ" in browser.get(workspace).text
    assert names(browser, "?trang-thai=dang-giu") == ["của cuộc"]
    assert "Thư của cuộc họp “Tập huấn số hóa hồ sơ” đang được giữ" in browser.page(HERE).text_content()
    assert browser.post(f"{workspace}/cho-thu-di", data={"ve": "thu"}).location == f"{HERE}?cuoc={event.code}"
    assert names(browser, "?trang-thai=dang-giu") == []
    assert recorded() == ["event.letters_held", "event.letters_let_go"]


def test_mail_server_that_refuses_is_told_on_top(browser, now):
    with unit_of_work() as session:
        session.add(Worker(name="w", started_at=now, seen_at=now, line_trouble="535 authentication failed"))
    text = browser.page(HERE).text_content()
    assert "Máy chủ thư không nhận mật khẩu của hệ thống." in text
    assert "535 authentication failed" in text


def test_who_reads_the_list_is_recorded_once(browser, organizer):
    browser.get(HERE)
    browser.get(HERE)
    entries = db.session.scalars(select(AuditEntry)).all()
    assert [(entry.action, entry.account_id) for entry in entries] == [("letters.read", organizer.id)]


def test_hostile_letters_are_shown_as_text(browser):
    hostile = "<script>alert(1)</script> {{7*7}} %s"
    message_id = make_letter(hostile, subject=hostile, body=f"{hostile}\n\n<a href=javascript:alert(1)>x</a>")
    for path in (HERE, f"{HERE}/{message_id}"):
        text = browser.get(path).text
        assert "<script>alert" not in text
        assert "<a href=javascript" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} %s" in text
