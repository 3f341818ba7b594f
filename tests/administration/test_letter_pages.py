"""The mail page: counts, one letter, its link, and what is done about those that failed."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.outbox.models import Hold, Message, Worker
from kstthc_training.outbox.service import Letter, hold_letters, post_letter
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account
from kstthc_training.people.service import accounts
from tests.people.at_hand import PASSWORD
from tests.support.factories import make_account, make_event, make_person

MAIL = "/quan-tri/thu"


def make_letter(name="Bùi Mẫu Lệ", *, subject="Giấy mời tập huấn", body="Kính gửi,\n\nMời dự.", state=None, **fields):
    """A letter, by default one that waits."""
    number = len(db.session.scalars(select(Message.id)).all()) + 1
    with unit_of_work():
        letter = Letter(
            kind="test", recipient=f"nhan{number}@mau.example", recipient_name=name, subject=subject, body=body,
            event_id=fields.pop("event_id", None),
        )  # fmt: skip
        post_letter(letter, key=f"thu-{number}", now=clock.now())
        message = db.session.scalars(select(Message).where(Message.key == f"thu-{number}")).one()
        message.state = state or MessageState.WAITING
        for field, value in fields.items():
            setattr(message, field, value)
        return message.id


def names(browser, query=""):
    return browser.page(f"{MAIL}{query}").xpath("//tbody/tr/td[1]/a/text()")


def kept(message_id):
    return db.session.get_one(Message, message_id, populate_existing=True)


def recorded():
    """What the log holds besides readings."""
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [entry.action for entry in entries if not entry.action.endswith(".read")]


@pytest.fixture
def invitation(app):
    """A letter with a link, and the account it opens."""
    account = make_account(person=make_person("Danh Mẫu Hương"))
    with unit_of_work():
        accounts.resend(actor=SYSTEM, account_id=account.id, now=clock.now())
    return account, db.session.scalars(select(Message.id)).one()


@pytest.fixture
def with_mail_server(app):
    """The product where a mail server is set."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, smtp_host="mail.mau.example")
    yield
    app.config["SETTINGS"] = before


def test_letters_are_listed_newest_first_with_their_event(browser):
    event = make_event("Tập huấn số hóa hồ sơ")
    make_letter("Người một")
    make_letter("Người hai", event_id=event.id)
    page = browser.page(MAIL)
    assert page.xpath("//tbody/tr/td[1]/a/text()") == ["Người hai", "Người một"]
    assert page.xpath("//tbody/tr/td[3]/text()") == ["Tập huấn số hóa hồ sơ", "–"]


def test_the_figures_count_by_state_and_open_what_they_count(browser):
    make_letter("Chờ")
    make_letter("Xong", state=MessageState.SENT, sent_at=clock.now())
    make_letter("Hỏng một", state=MessageState.FAILED, last_error="550 5.1.1 user unknown")
    make_letter("Hỏng hai", state=MessageState.FAILED, last_error=KnownTrouble.NO_LINK.value)
    page = browser.page(MAIL)
    figures = {each.xpath("string(*[1])"): each for each in page.xpath("//a[@class='fig']")}
    counts = {label: each.xpath("string(*[2])") for label, each in figures.items()}
    assert {label: count for label, count in counts.items() if count != "0"} == {
        "Chờ gửi": "1", "Đã gửi": "1", "Không gửi được": "2",
    }  # fmt: skip
    assert names(browser, figures["Không gửi được"].get("href").removeprefix(MAIL)) == ["Hỏng hai", "Hỏng một"]
    assert "550 5.1.1 user unknown" in page.text_content()
    assert "Liên kết riêng trong thư không còn dùng được" in page.text_content()


def test_letters_are_searched_without_diacritics_within_a_state(browser):
    make_letter("Bùi Mẫu Lệ", subject="Đổi giờ, đổi phòng")
    make_letter("Danh Mẫu Hương", subject="Đổi giờ", state=MessageState.FAILED)
    assert names(browser, "?q=doi gio") == ["Danh Mẫu Hương", "Bùi Mẫu Lệ"]
    assert names(browser, "?q=doi gio&trang-thai=failed") == ["Danh Mẫu Hương"]
    assert names(browser, "?q=bui doi phong") == ["Bùi Mẫu Lệ"]
    assert names(browser, "?q=%25&trang-thai=la") == []


def test_the_list_is_paged_by_a_fixed_number_of_statements(browser, statements):
    event = make_event()
    make_letter(event_id=event.id)
    browser.get(MAIL)
    with statements() as few:
        browser.get(MAIL)
    for _ in range(50):
        make_letter(event_id=event.id)
    with statements() as many:
        page = browser.page(MAIL)
    assert len(page.xpath("//tbody/tr")) == 50
    assert len(many) == len(few)
    assert len(names(browser, "?trang=2")) == 1


def test_a_part_of_the_list_is_a_slice_of_the_page(browser):
    make_letter()
    assert browser.fragment(MAIL, "danh-sach").text.strip() in browser.get(MAIL).text


def test_without_a_mail_server_the_whole_loop_runs_through_this_page(browser, client, invitation):
    account, message_id = invitation
    page = browser.page(f"{MAIL}/{message_id}")
    (address,) = page.xpath("//*[@class='letter']//a/@href")
    assert address.startswith("http://localhost/vao/")
    path = address.removeprefix("http://localhost")
    assert client.post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert client.get("/tai-khoan").status_code == 200
    over = browser.page(f"{MAIL}/{message_id}").text_content()
    assert address not in over
    assert "đã dùng rồi hoặc đã quá hạn" in over
    assert db.session.get_one(Account, account.id).password_hash is not None


@pytest.mark.usefixtures("with_mail_server")
def test_with_a_mail_server_the_link_is_the_recipients_alone(browser, invitation):
    text = browser.get(f"{MAIL}/{invitation[1]}").text
    assert "/vao/" not in text.split('<div class="letter">')[1].split("</section>")[0]
    assert "[liên kết riêng của người nhận]" in text
    assert "Chưa đặt máy chủ thư" not in browser.get(MAIL).text


def test_who_reads_a_letter_is_recorded(browser, administrator):
    message_id = make_letter()
    for _ in range(2):
        browser.get(f"{MAIL}/{message_id}")
    browser.get(MAIL)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.subject_id, entry.account_id) for entry in entries] == [
        ("letter.read", message_id, administrator.id),
        ("letters.read", None, administrator.id),
    ]


def test_an_erased_letter_says_so(browser):
    message_id = make_letter(body="x", state=MessageState.FAILED)
    with unit_of_work():
        kept(message_id).body = None
    page = browser.page(f"{MAIL}/{message_id}")
    assert "Nội dung đã xóa theo hạn lưu giữ" in page.text_content()
    assert not page.xpath(f"//form[@action='{MAIL}/{message_id}/gui-lai']")
    browser.post(f"{MAIL}/{message_id}/gui-lai")
    assert "không gửi lại được" in browser.get(f"{MAIL}/{message_id}").text
    assert kept(message_id).state is MessageState.FAILED


def test_a_failed_letter_is_sent_again_as_if_new(browser, now):
    message_id = make_letter(state=MessageState.FAILED, last_error="550", tries=7)
    assert browser.page(f"{MAIL}/{message_id}").xpath(f"//form[@action='{MAIL}/{message_id}/gui-lai']")
    assert browser.post(f"{MAIL}/{message_id}/gui-lai").location == f"{MAIL}/{message_id}"
    letter = kept(message_id)
    assert (letter.state, letter.tries, letter.last_error, letter.run_at) == (MessageState.WAITING, 0, "550", now)
    assert recorded() == ["letter.sent_again"]
    browser.post(f"{MAIL}/{message_id}/gui-lai")
    assert "không gửi lại được" in browser.get(f"{MAIL}/{message_id}").text
    assert recorded() == ["letter.sent_again"]


def test_all_failed_letters_are_sent_again_but_those_given_up_or_erased(browser, now):
    failed = [make_letter(state=MessageState.FAILED, last_error="550") for _ in range(2)]
    without_reason = make_letter(state=MessageState.FAILED)
    given_up = make_letter(state=MessageState.DISCARDED)
    erased = make_letter(state=MessageState.FAILED, last_error="550", body="x")
    sent = make_letter(state=MessageState.SENT, sent_at=now)
    with unit_of_work():
        kept(erased).body = None
    browser.post(f"{MAIL}/gui-lai")
    assert [kept(each).state for each in (*failed, without_reason)] == [MessageState.WAITING] * 3
    assert [kept(each).state for each in (given_up, erased, sent)] == [
        MessageState.DISCARDED,
        MessageState.FAILED,
        MessageState.SENT,
    ]
    assert "3 thư được gửi lại." in browser.get(MAIL).text


def test_letters_are_held_and_let_go(browser):
    browser.post(f"{MAIL}/giu")
    page = browser.page(MAIL)
    assert "Thư đang được giữ lại từ 09:00 18/03/2026" in page.text_content()
    assert page.xpath("//*[@data-toast]//form/@action") == [f"{MAIL}/cho-gui"]
    assert not page.xpath(f"//form[@action='{MAIL}/giu']")
    browser.post(f"{MAIL}/cho-gui")
    assert db.session.scalars(select(Hold)).all() == []
    assert recorded() == ["letters.held", "letters.let_go"]


def test_a_hold_after_a_restore_says_why(browser, now):
    with unit_of_work():
        hold_letters(reason="Vừa khôi phục từ bản sao lưu", now=now)
    assert "Vừa khôi phục từ bản sao lưu" in browser.page(MAIL).text_content()


def test_a_mail_server_that_refuses_is_told_on_top(browser, now):
    with unit_of_work() as session:
        session.add(Worker(name="w", started_at=now, seen_at=now, line_trouble="535 authentication failed"))
    assert "535 authentication failed" in browser.page(MAIL).text_content()


def test_hostile_letters_are_shown_as_text(browser):
    hostile = "<script>alert(1)</script> {{7*7}} %s"
    message_id = make_letter(hostile, subject=hostile, body=f"{hostile}\n\n<a href=javascript:alert(1)>x</a>")
    for path in (MAIL, f"{MAIL}/{message_id}"):
        text = browser.get(path).text
        assert "<script>alert" not in text
        assert "<a href=javascript" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} %s" in text
