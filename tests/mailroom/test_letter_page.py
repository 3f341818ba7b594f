"""One letter: why it did not arrive, where it could go, its path and its text."""

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.service import hold_letters, note_bounced
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account, Person
from kstthc_training.people.service import accounts
from tests.mailroom.posted import kept, make_letter, recorded
from tests.people.at_hand import PASSWORD
from tests.support.factories import make_account, make_organisation, make_person

BOUNCED, SENT, WAITING, HELD = MessageState.BOUNCED, MessageState.SENT, MessageState.WAITING, MessageState.HELD
OLD, RIGHT = "mottcua@vinhdieu.example", "motcua@vinhdieu.example"


def came_back(**fields):
    """A letter that came back from its address."""
    message_id = make_letter(state=SENT, **{"recipient": OLD, **fields})
    with unit_of_work():
        known = db.session.get_one(Message, message_id).message_id
        note_bounced(message_id=known, reason="550 5.1.1 user unknown", at=clock.now())
    return message_id


def at(message_id):
    return f"/thu-di/{message_id}"


def offered(browser, message_id):
    return browser.page(at(message_id)).xpath("//input[@name='address']/@value")


def sent_to(browser, message_id, address, *, seen=OLD, **more):
    return browser.post(f"{at(message_id)}/dia-chi", data={"seen": seen, "address": address, **more})


def test_letter_that_came_back_says_why_in_words_and_in_the_servers_own(browser):
    text = browser.page(at(came_back(name="UBND xã Vĩnh Điều"))).text_content()
    assert "Thư bị trả lại: UBND xã Vĩnh Điều" in text
    assert "Không có hộp thư này." in text
    assert "550 5.1.1 user unknown" in text
    assert "Gửi lại địa chỉ cũ sẽ tiếp tục bị trả." in text


def test_path_is_told_from_the_first_move(browser, now):
    message_id = came_back()
    sent_to(browser, message_id, "khac", other=RIGHT)
    moves = browser.page(at(message_id)).xpath("//ol[@class='tl']/li")
    assert [move.xpath("normalize-space(text()[1])") for move in moves] == [
        "Xếp hàng", "Bị trả lại", "Đổi địa chỉ", "Chờ gửi",
    ]  # fmt: skip
    assert "trước là mottcua@vinhdieu.example · Đoàn Mẫu Quân" in moves[2].text_content()


def test_likely_addresses_come_first(browser, now):
    body = make_organisation("UBND xã Vĩnh Điều", email=OLD)
    focal = make_person("Trương Mẫu Quỳnh", email="quynh@vinhdieu.example", organisation_id=body.id)
    make_account(person=focal, focal_of=body)
    make_letter("Ai đó", recipient=RIGHT, state=SENT)
    make_letter("UBND xã Vĩnh Điều", recipient="vanthu@noi-khac.example", state=SENT)
    make_person(email="khac-han@vinhdieu.example")
    message_id = came_back(name="UBND xã Vĩnh Điều")
    found = offered(browser, message_id)
    assert found == [RIGHT, "quynh@vinhdieu.example", "vanthu@noi-khac.example", "khac"]
    hints = [
        hint.text_content()
        for hint in browser.page(at(message_id)).xpath("//label[@class='pick']//span[@class='muted small']")
    ]
    assert hints[0] == "Khác một chữ với địa chỉ cũ; 1 thư đã tới, mới nhất 18/03/2026"
    assert hints[1] == "Đầu mối của đơn vị"


def test_address_that_the_directory_holds_by_now_comes_before_all(browser):
    person = make_person("Bùi Mẫu Lệ", email="le.moi@mau.example")
    assert offered(browser, came_back(person_id=person.id)) == ["le.moi@mau.example", "khac"]


def test_letter_goes_to_another_address_with_the_directory_and_what_waits(browser, now):
    body = make_organisation("UBND xã Vĩnh Điều", email=OLD)
    message_id = came_back(name="UBND xã Vĩnh Điều")
    waits, held = make_letter(recipient=OLD), make_letter(recipient=OLD, state=HELD)
    before = kept(message_id).message_id
    assert "Sửa và gửi lại 3 thư" in browser.get(at(message_id)).text
    sent_to(browser, message_id, "khac", other=RIGHT, in_directory="1", with_others="1")
    letters = [kept(each) for each in (message_id, waits, held)]
    assert [(each.recipient, each.state) for each in letters] == [(RIGHT, WAITING), (RIGHT, WAITING), (RIGHT, HELD)]
    assert (letters[0].message_id, letters[0].run_at) == (before, now)
    assert db.session.get_one(Organisation, body.id, populate_existing=True).email == RIGHT
    assert recorded() == ["organisation.changed", "letter.readdressed"]
    assert "3 thư đi tới motcua@vinhdieu.example." in browser.get(at(message_id)).text


def test_person_is_corrected_and_a_focal_points_own_address_is_nobody_elses(browser):
    body = make_organisation("UBND xã Vĩnh Điều", email=OLD)
    make_account(person=make_person("Trương Mẫu Quỳnh", email="quynh@vinhdieu.example"), focal_of=body)
    message_id = came_back(name="UBND xã Vĩnh Điều")
    sent_to(browser, message_id, "quynh@vinhdieu.example", in_directory="1")
    letter = kept(message_id)
    assert (letter.recipient, letter.recipient_name) == ("quynh@vinhdieu.example", "Trương Mẫu Quỳnh")
    assert db.session.get_one(Organisation, body.id, populate_existing=True).email == OLD

    person = make_person("Bùi Mẫu Lệ", email="le@mau.example")
    message_id = came_back(person_id=person.id, recipient="le@mau.example")
    sent_to(browser, message_id, "khac", other="le.bm@mau.example", seen="le@mau.example", in_directory="1")
    assert db.session.get_one(Person, person.id, populate_existing=True).email == "le.bm@mau.example"


@pytest.mark.parametrize(
    ("address", "other", "said"),
    [
        ("", "", "Hãy chọn một địa chỉ."),
        ("khac", "", "Hãy gõ địa chỉ mới."),
        ("khac", "a b", "Email này không gửi thư tới được."),
        ("khac", "x@mau.example\r\nBcc: y@mau.example", "Email này không gửi thư tới được."),
        (OLD, "", "Hãy chọn địa chỉ khác."),
    ],
)
def test_wrong_addresses_are_refused_and_nothing_changes(browser, address, other, said):
    message_id = came_back()
    answer = sent_to(browser, message_id, address, other=other)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert (kept(message_id).recipient, kept(message_id).state) == (OLD, BOUNCED)


@pytest.mark.parametrize("address", ["ai do", "a@b.example, c@d.example", "<img src=x>@mau.example", "dan@miền.example"])
def test_a_chosen_address_must_be_one_that_letters_can_be_sent_to(browser, address):
    person = make_person("Bùi Mẫu Lệ", email=OLD)
    message_id = came_back(person_id=person.id)

    answer = sent_to(browser, message_id, address, in_directory="y")

    assert (answer.status_code, kept(message_id).recipient) == (422, OLD)
    assert db.session.get_one(Person, person.id).email == OLD


def test_second_of_two_who_mend_it_sees_what_the_first_did(browser, administrator):
    message_id = came_back()
    sent_to(administrator, message_id, "khac", other=RIGHT)
    answer = sent_to(browser, message_id, "khac", other="khac@mau.example")
    assert (answer.status_code, "vừa được người khác sửa" in answer.text) == (422, True)
    assert kept(message_id).recipient == RIGHT


def test_calendar_object_of_a_letter_follows_its_address(browser, now):
    calendar = f"BEGIN:VCALENDAR\r\nATTENDEE;CN=Lệ:mailto:{OLD}\r\nSUMMARY:Gửi {OLD}\r\nEND:VCALENDAR\r\n"
    message_id = came_back(calendar=calendar)
    sent_to(browser, message_id, "khac", other=RIGHT)
    assert kept(message_id).calendar == calendar.replace(f"mailto:{OLD}", f"mailto:{RIGHT}")


def test_private_letters_are_closed_to_organizers_and_go_nowhere_else(browser, administrator):
    message_id = came_back(kind="account.sign_in")
    assert (browser.get(at(message_id)).status_code, administrator.get(at(message_id)).status_code) == (403, 200)
    assert offered(administrator, message_id) == []
    assert sent_to(administrator, message_id, "khac", other=RIGHT).status_code == 422
    assert kept(message_id).recipient == OLD
    assert browser.get("/thu-di/999").status_code == 404


def test_nothing_goes_elsewhere_while_operators_hold(browser, now):
    message_id = came_back()
    with unit_of_work():
        hold_letters(reason="khôi phục", now=now)
    answer = sent_to(browser, message_id, "khac", other=RIGHT)
    assert (answer.status_code, kept(message_id).recipient) == (422, OLD)


def test_one_letter_is_decided_on_from_its_page(browser):
    message_id = make_letter()
    assert browser.post("/thu-di/giu", data={"id": message_id, "thu": message_id}).location == at(message_id)
    page = browser.page(at(message_id))
    (undo,) = page.xpath("//*[@data-toast]//form/@action")
    assert browser.post(undo).location == at(message_id)
    db.session.rollback()
    path = db.session.scalars(select(Step.what).where(Step.message_id == message_id).order_by(Step.id)).all()
    assert path == [PathStep.HELD, PathStep.UNDONE]


@pytest.fixture
def invitation(app):
    """A letter with a link, and the account it opens."""
    account = make_account(person=make_person("Danh Mẫu Hương"))
    with unit_of_work():
        accounts.resend(actor=SYSTEM, account_id=account.id, now=clock.now())
    return account, db.session.scalars(select(Message.id)).one()


def test_without_a_mail_server_the_whole_loop_runs_through_this_page(administrator, client, invitation):
    account, message_id = invitation
    (address,) = administrator.page(at(message_id)).xpath("//*[@class='letter']//a/@href")
    assert address.startswith("http://localhost/vao/")
    path = address.removeprefix("http://localhost")
    assert client.post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert client.get("/tai-khoan").status_code == 200
    over = administrator.page(at(message_id)).text_content()
    assert address not in over
    assert "đã dùng rồi hoặc đã quá hạn" in over
    assert db.session.get_one(Account, account.id).password_hash is not None


@pytest.mark.usefixtures("with_mail_server")
def test_with_a_mail_server_the_link_is_the_recipients_alone(administrator, invitation):
    text = administrator.get(at(invitation[1])).text
    assert "/vao/" not in text.split('<div class="letter">')[1].split("</section>")[0]
    assert "[liên kết riêng của người nhận]" in text
    assert "Chưa đặt máy chủ thư" not in administrator.get("/thu-di").text


def test_erased_letter_says_so_and_goes_nowhere(browser):
    message_id = make_letter(state=MessageState.FAILED)
    with unit_of_work():
        db.session.get_one(Message, message_id).body = None
    page = browser.page(at(message_id))
    assert "Nội dung đã xóa theo hạn lưu giữ" in page.text_content()
    assert not page.xpath("//button[contains(., 'Gửi')]")
    browser.post("/thu-di/gui", data={"id": message_id})
    assert kept(message_id).state is MessageState.FAILED


def test_page_sends_a_fixed_number_of_statements(browser, statements):
    message_id = came_back()
    browser.get(at(message_id))
    with statements() as few:
        browser.get(at(message_id))
    for number in range(8):
        make_person(email=f"{number}ttcua@vinhdieu.example")
        make_letter(recipient=OLD)
    with statements() as many:
        browser.get(at(message_id))
    assert len(many) == len(few)
