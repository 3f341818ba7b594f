"""One's own account: who one is, the password, language and look, other browsers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, SignIn
from kstthc_training.people.passwords import matches
from kstthc_training.people.service import attempts
from tests.people.at_hand import ANOTHER, PASSWORD, give_password
from tests.support.factories import make_account, make_organisation, make_person


@pytest.fixture
def organisation(app):
    return make_organisation("UBND xã Ngọc Chúc")


@pytest.fixture
def account(organisation):
    person = make_person("Nguyễn Mẫu An", title="Chuyên viên", organisation_id=organisation.id, phone="0912345678")
    return give_password(make_account(Role.ORGANIZER, person=person, focal_of=organisation))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


def change(client, current=PASSWORD, password=ANOTHER, again=None):
    again = password if again is None else again
    return client.post("/tai-khoan/mat-khau", data={"current": current, "password": password, "again": again})


@pytest.mark.parametrize("path", ["/tai-khoan", "/tai-khoan/mat-khau"])
def test_strangers_are_sent_to_sign_in(client, path):
    assert client.get(path).location == f"/vao?next={path}"


@pytest.mark.parametrize("path", ["/tai-khoan/mat-khau", "/tai-khoan/noi-khac", "/tai-khoan/mat-khau/lien-ket"])
def test_strangers_change_nothing(client, path):
    assert client.post(path).location == "/vao"


def test_the_page_tells_who_one_is(browser, account):
    text = browser.page("/tai-khoan").text_content()
    for words in ("Nguyễn Mẫu An", "Chuyên viên", "UBND xã Ngọc Chúc", account.login, "0912 345 678", "Cán bộ tổ chức"):
        assert words in text
    assert "Đầu mối đơn vị: UBND xã Ngọc Chúc" in text


def test_the_page_takes_as_many_statements_whatever_there_is_to_show(browser, account, client_for, statements):
    with statements() as few:
        browser.get("/tai-khoan")
    for _ in range(20):
        client_for(account)
    with statements() as many:
        browser.get("/tai-khoan")
    assert len(many) == len(few)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(browser, account, client_for):
    other = client_for(account)
    with browser.session_transaction() as session:
        before = session["_user_id"]
    answer = change(browser)
    assert (answer.status_code, answer.location) == (303, "/tai-khoan")
    assert browser.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 303
    with browser.session_transaction() as session:
        assert session["_user_id"] != before
    assert matches(db.session.get_one(Account, account.id).password_hash, ANOTHER)
    assert [letter.recipient for letter in db.session.scalars(select(Message))] == [account.login]


@pytest.mark.parametrize(
    ("current", "password", "again", "words"),
    [
        ("không phải mật khẩu ấy", ANOTHER, ANOTHER, "Mật khẩu hiện tại không đúng."),
        ("", ANOTHER, ANOTHER, "Hãy gõ mật khẩu hiện tại."),
        (PASSWORD, "ngắn", "ngắn", "Mật khẩu cần ít nhất 12 ký tự."),
        (PASSWORD, "nguyenmauan2026", "nguyenmauan2026", "Mật khẩu không được là tên"),
        (PASSWORD, "0912345678!!", "0912345678!!", "Mật khẩu không được là tên"),
        (PASSWORD, ANOTHER, PASSWORD, "Hai lần gõ không giống nhau."),
    ],
)
def test_a_refused_change_changes_nothing(browser, account, current, password, again, words):
    answer = change(browser, current, password, again)
    assert answer.status_code == 422
    assert words in answer.text
    assert matches(db.session.get_one(Account, account.id).password_hash, PASSWORD)
    assert db.session.scalars(select(Message)).all() == []


def test_the_present_password_is_guessed_no_more_than_at_the_sign_in(browser, account):
    for _ in range(attempts.PASSWORDS_OF_ACCOUNT.most):
        assert change(browser, "không phải mật khẩu ấy").status_code == 422
    assert change(browser).status_code == 429


def test_who_has_no_password_asks_for_a_link_instead(client_for):
    account = make_account()
    browser = client_for(account)
    assert browser.page("/tai-khoan").xpath("//form[@action='/tai-khoan/mat-khau/lien-ket']")
    assert change(browser, "").status_code == 422
    assert browser.post("/tai-khoan/mat-khau/lien-ket").location == "/tai-khoan"
    (job,) = db.session.scalars(select(Job)).all()
    assert (job.payload["account_id"], job.payload["purpose"]) == (account.id, "set-password")
    assert account.login in browser.get("/tai-khoan").text


def test_signing_out_elsewhere_keeps_this_browser(browser, account, client_for):
    other, stranger = client_for(account), client_for(make_account())
    assert browser.post("/tai-khoan/noi-khac").location == "/tai-khoan"
    assert browser.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 303
    assert stranger.get("/tai-khoan").status_code == 200
    assert [entry.action for entry in db.session.scalars(select(AuditEntry))] == ["sign_in.others_ended"]


def test_only_ones_own_browsers_are_listed(browser, client_for, now):
    client_for(make_account())
    rows = browser.page("/tai-khoan").xpath("//tbody/tr")
    assert len(rows) == 1
    assert "Máy này" in rows[0].text_content()
    assert not browser.page("/tai-khoan").xpath("//form[@action='/tai-khoan/noi-khac']")
    assert len(db.session.scalars(select(SignIn)).all()) == 2


def test_the_language_of_the_account_is_kept(browser, account):
    answer = browser.post("/tai-khoan/ngon-ngu", data={"locale": "en", "next": "/tai-khoan?a=1"})
    assert (answer.status_code, answer.location) == (303, "/tai-khoan?a=1")
    assert db.session.get_one(Account, account.id).locale == "en"
    assert browser.page("/tai-khoan").get("lang") == "en"


def test_the_language_of_a_stranger_is_kept_in_the_browser(client):
    client.post("/tai-khoan/ngon-ngu", data={"locale": "en"})
    assert client.page("/vao").get("lang") == "en"
    client.post("/tai-khoan/ngon-ngu", data={"locale": "vi"})
    assert client.page("/vao").get("lang") == "vi"


def test_the_look_is_kept_for_the_account_and_for_a_stranger(browser, account, client):
    for each in (browser, client):
        each.post("/tai-khoan/giao-dien", data={"theme": "dark", "next": "/vao"})
    assert db.session.get_one(Account, account.id).theme == "dark"
    assert browser.page("/tai-khoan").get("data-theme") == "dark"
    assert client.page("/vao").get("data-theme") == "dark"


@pytest.mark.parametrize(("path", "field"), [("/tai-khoan/ngon-ngu", "locale"), ("/tai-khoan/giao-dien", "theme")])
@pytest.mark.parametrize("value", ["", "xx", '"><script>', "vi\0"])
def test_an_unknown_language_or_look_changes_nothing(browser, account, path, field, value):
    assert browser.post(path, data={field: value}).location == "/tai-khoan"
    kept = db.session.get_one(Account, account.id)
    assert (kept.locale, kept.theme) == ("vi", "auto")


def test_choosing_a_language_leads_to_no_other_server(browser):
    assert browser.post("/tai-khoan/ngon-ngu", data={"locale": "vi", "next": "//evil.example"}).location == "/tai-khoan"


@pytest.mark.parametrize("path", ["/tai-khoan/ngon-ngu", "/tai-khoan/giao-dien", "/tai-khoan/noi-khac"])
def test_acts_are_posted(browser, path):
    assert browser.get(path).status_code == 405


def test_a_browser_is_named_by_its_kind_and_machine(client_for, account, now):
    browser = client_for(account)
    with clock.frozen(now - timedelta(hours=1)):
        client_for(account)
    texts = [row.text_content() for row in browser.page("/tai-khoan").xpath("//tbody/tr")]
    assert [("09:00 18/03/2026" in text, "08:00 18/03/2026" in text) for text in texts] == [(True, False), (False, True)]
    assert all("127.0.0.1" in text for text in texts)
