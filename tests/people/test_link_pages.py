"""One-time links: asking for one, following it, and all the ways in which one opens nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.jobs import answer_link_request
from kstthc_training.people.models import Account, OneTimeLink, SignIn
from kstthc_training.people.passwords import matches
from kstthc_training.people.service import accounts, attempts
from kstthc_training.people.service.links import ASKED_FOR, INVITATION, REQUESTED
from tests.people.at_hand import ANOTHER, PASSWORD, give_link, give_password
from tests.support.browser import CheckingClient
from tests.support.factories import make_account, make_person

SIGN_IN, SET_PASSWORD = LinkPurpose.SIGN_IN, LinkPurpose.SET_PASSWORD


@pytest.fixture
def account(app):
    return make_account(person=make_person("Nguyễn Mẫu An", phone="0912345678"))


def ask(client, login, purpose=SIGN_IN):
    return client.post("/vao/gui-lien-ket", data={"login": login, "viec": purpose.value})


def work():
    """Do what the worker would."""
    for job in db.session.scalars(select(Job).where(Job.kind == REQUESTED)).all():
        answer_link_request(dict(job.payload), clock.now())


def signed_in(client):
    return client.get("/tai-khoan").status_code == 200


def set_password(client, path, password=PASSWORD, again=None):
    return client.post(path, data={"password": password, "again": password if again is None else again})


@pytest.mark.parametrize(("path", "heading"), [("", "Gửi liên kết đăng nhập"), ("?viec=set-password", "Quên mật khẩu")])
def test_the_page_that_asks_for_an_address(client, path, heading):
    assert client.page(f"/vao/gui-lien-ket{path}").xpath("string(//h1)") == heading


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_asking_brings_a_letter_to_the_accounts_address(client, account, purpose):
    answer = ask(client, "0912 345 678", purpose)
    assert (answer.status_code, answer.location) == (303, f"/vao/da-gui?viec={purpose.value}")
    assert client.page(answer.location).xpath("string(//h1)") == "Hãy mở hộp thư"
    work()
    (letter,) = db.session.scalars(select(Message)).all()
    (link,) = db.session.scalars(select(OneTimeLink)).all()
    assert (letter.recipient, letter.link_purpose, letter.link_id) == (account.login, purpose.value, link.id)
    assert "{{link}}" in letter.body
    assert (link.purpose, link.expires_at) == (purpose, clock.now() + ASKED_FOR[purpose].valid_for)


def test_the_letter_goes_to_the_login_not_to_the_address_in_the_directory(client, app):
    account = make_account(person=make_person(email="dia-chi-ai-do-sua@mau.example"))
    ask(client, account.login)
    work()
    assert [letter.recipient for letter in db.session.scalars(select(Message))] == [account.login]


def test_the_worker_that_is_killed_and_begins_again_sends_one_letter(client, account):
    ask(client, account.login)
    work()
    work()
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_asking_answers_the_same_for_known_disabled_and_unknown(client, account, statements):
    disabled = make_account()
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=disabled.id, now=clock.now())
    seen = {}
    for login in (account.login, disabled.login, "khong-ai@mau.example", "0999999999", "rác"):
        with statements() as sent:
            answer = ask(CheckingClient(client.application), login)
        seen[login] = (answer.status_code, answer.location, answer.text, sent.texts)
    phone, *_rest = seen.pop("0999999999"), seen.pop("rác")
    assert phone[:3] == seen[account.login][:3]
    assert all(each == seen[account.login] for each in seen.values())
    work()
    assert [letter.recipient for letter in db.session.scalars(select(Message))] == [account.login]


def test_asking_for_nobody_is_refused_in_words(client):
    answer = ask(client, "  ")
    assert answer.status_code == 422
    assert "Hãy gõ email" in answer.text
    assert db.session.scalars(select(Job)).all() == []


def test_the_sixth_letter_in_an_hour_waits(client, account, now):
    statuses = [ask(client, account.login).status_code for _ in range(attempts.LINKS_FOR_ACCOUNT.most + 1)]
    assert statuses == [303] * 5 + [429]
    with clock.frozen(now + timedelta(hours=1)):
        assert ask(client, account.login).status_code == 303


def test_opening_a_link_changes_nothing(client, account):
    link_id, path = give_link(account)
    for _ in range(3):
        page = client.page(path)
    assert page.xpath("string(//h1)") == "Chào Nguyễn Mẫu An"
    assert not signed_in(client)
    assert db.session.get_one(OneTimeLink, link_id).used_at is None


def test_the_button_signs_in_once(client, account):
    link_id, path = give_link(account)
    answer = client.post(path)
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in(client)
    assert db.session.get_one(OneTimeLink, link_id).used_at == clock.now()
    second = CheckingClient(client.application)
    assert second.post(path).status_code == 410
    assert not signed_in(second)


def test_a_link_to_sign_in_sets_no_password(client, account):
    _, path = give_link(account)
    set_password(client, path)
    assert db.session.get_one(Account, account.id).password_hash is None


@pytest.mark.parametrize(("purpose", "lasts"), [(SIGN_IN, timedelta(minutes=10)), (SET_PASSWORD, timedelta(hours=1))])
def test_a_link_works_until_its_time_is_over(client, account, now, purpose, lasts):
    _, path = give_link(account, purpose)
    with clock.frozen(now + lasts - timedelta(microseconds=1)):
        assert client.get(path).status_code == 200
    with clock.frozen(now + lasts):
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 410


def test_an_invitation_works_for_seven_days(client, account, now):
    _, path = give_link(account, SET_PASSWORD, kind=INVITATION)
    with clock.frozen(now + timedelta(days=7) - timedelta(microseconds=1)):
        assert client.get(path).status_code == 200
    with clock.frozen(now + timedelta(days=7)):
        assert client.get(path).status_code == 410


def test_a_link_of_a_disabled_account_opens_nothing(client, account):
    _, path = give_link(account)
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=account.id, now=clock.now())
    assert client.post(path).status_code == 410


def test_expired_used_and_unknown_links_give_one_page(client, account, now):
    used, unknown = give_link(account)[1], "/vao/999999-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    client.post(used)
    client.post("/ra")
    expired = give_link(account)[1]
    with clock.frozen(now + timedelta(minutes=10)):
        pages = [CheckingClient(client.application).get(path) for path in (used, unknown, expired)]
    assert {page.status_code for page in pages} == {410}
    bodies = {re.sub(r'"/vao/[^"]*"|(value=|X-CSRFToken": )"[^"]*"', "", page.text) for page in pages}
    assert len(bodies) == 1
    assert "Liên kết không còn dùng được" in bodies.pop()


def test_the_number_of_a_link_without_its_secret_opens_nothing(client, account):
    link_id, path = give_link(account)
    secret = path.rpartition("-")[2]
    other_id, _ = give_link(account)
    for wrong in (
        f"{link_id}",
        f"{link_id}-",
        f"{link_id}-{'a' * 32}",
        f"{other_id}-{secret}",
        f"-{secret}",
        f"{link_id}-{secret}x",
    ):
        assert client.get(f"/vao/{wrong}").status_code == 410
    assert client.get(path).status_code == 200


def test_a_secret_made_for_one_purpose_serves_no_other(client, account):
    _, path = give_link(account, SET_PASSWORD)
    with unit_of_work():
        db.session.scalars(select(OneTimeLink)).one().purpose = SIGN_IN
    assert client.get(path).status_code == 410


def test_trying_links_is_counted_by_address(client, now):
    with unit_of_work():
        for _ in range(attempts.SECRETS_FROM_ADDRESS.most):
            attempts.count_wrong_secret(address="2001:db8::1", now=now)
    here, there = {"REMOTE_ADDR": "2001:db8::2"}, {"REMOTE_ADDR": "10.0.0.1"}
    assert client.get("/vao/1-a", environ_overrides=here).status_code == 429
    assert client.get("/vao/1-a", environ_overrides=there).status_code == 410


def test_following_good_links_is_not_counted(client, account):
    _, path = give_link(account)
    assert {client.get(path).status_code for _ in range(attempts.SECRETS_FROM_ADDRESS.most + 1)} == {200}


def test_the_secret_leaves_in_no_referer(client, account):
    _, path = give_link(account)
    answer = client.get(path)
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get("/vao/1-a").headers["Referrer-Policy"] == "strict-origin"


def test_the_link_page_over_tls_takes_the_form_with_an_origin_alone(app, account):
    app.config["WTF_CSRF_SSL_STRICT"] = True
    try:
        client = CheckingClient(app)
        _, path = give_link(account)
        base = "https://localhost"
        client.get(path, base_url=base)
        answer = client.post(path, base_url=base, headers={"Referer": "https://localhost/"})
    finally:
        app.config["WTF_CSRF_SSL_STRICT"] = False
    assert answer.status_code == 303


def test_setting_a_password_signs_in_and_ends_every_other_sign_in(client, account, client_for):
    elsewhere = client_for(account)
    _, path = give_link(account, SET_PASSWORD)
    _, other_path = give_link(account, SET_PASSWORD)
    page = client.page(path)
    assert page.xpath("//input[@autocomplete='username']/@value") == [account.login]
    assert page.xpath("//input[@autocomplete='new-password']/@type") == ["password", "password"]
    answer = set_password(client, path)
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in(client)
    assert not signed_in(elsewhere)
    assert matches(db.session.get_one(Account, account.id).password_hash, PASSWORD)
    assert client.get(other_path).status_code == 410


def test_a_first_password_brings_no_letter_and_a_later_one_does(client, account):
    set_password(client, give_link(account, SET_PASSWORD)[1])
    assert db.session.scalars(select(Message)).all() == []
    set_password(client, give_link(account, SET_PASSWORD)[1], ANOTHER)
    assert [letter.kind for letter in db.session.scalars(select(Message))] == ["account.password_changed"]


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("", "", "Hãy gõ mật khẩu mới."),
        ("trâu bò lợn", None, "Mật khẩu cần ít nhất 12 ký tự."),
        ("matkhau123456", None, "Mật khẩu này quá dễ đoán."),
        ("Nguyễn Mẫu An!", None, "Mật khẩu không được là tên"),
        ("ba bốn năm sáu " * 14, None, "Mật khẩu dài nhất 200 ký tự."),
        (PASSWORD, PASSWORD + " ", "Hai lần gõ không giống nhau."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays_good(client, account, password, again, words):
    link_id, path = give_link(account, SET_PASSWORD)
    answer = set_password(client, path, password, again)
    assert answer.status_code == 422
    assert words in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert db.session.get_one(Account, account.id).password_hash is None
    assert db.session.get_one(OneTimeLink, link_id).used_at is None
    assert db.session.scalars(select(SignIn)).all() == []


def test_a_link_is_followed_by_get_and_used_by_post_alone(client, account):
    _, path = give_link(account)
    assert client.put(path).status_code == 405
    assert client.delete(path).status_code == 405


def test_a_link_of_another_account_takes_the_browser_over(account, client_for):
    client, other = client_for(give_password(make_account())), account
    client.post(give_link(other)[1])
    assert "Nguyễn Mẫu An" in client.get("/tai-khoan").text
    assert [row.account_id for row in db.session.scalars(select(SignIn))] == [other.id]


def test_a_hostile_name_is_shown_as_text(client):
    account = make_account(person=make_person("<b onclick=alert(1)>{{link}}</b>"))
    text = client.get(give_link(account)[1]).text
    assert "<b onclick" not in text
    assert "&lt;b onclick=alert(1)&gt;{{link}}&lt;/b&gt;" in text
