"""Signing in by password, and out."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account, Person, SignIn
from kstthc_training.people.service import accounts, attempts
from tests.people.at_hand import PASSWORD, give_password
from tests.support.browser import CheckingClient
from tests.support.factories import make_account, make_person


@pytest.fixture
def account(app):
    return give_password(make_account(person=make_person("Nguyễn Mẫu An", phone="0912 345 678")))


def enter(client, login, password=PASSWORD, *, machine="10.20.4.31", **more):
    return client.post(
        "/vao", data={"login": login, "password": password, **more}, environ_overrides={"REMOTE_ADDR": machine}
    )


def who(client):
    """The account that a browser is signed in to, by what its next page says."""
    page = client.get("/tai-khoan")
    return page.status_code == 200 and "Nguyễn Mẫu An" in page.text


def actions():
    return [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_the_page_is_shown_to_those_who_are_not_signed_in(client):
    page = client.page("/vao")
    assert page.xpath("string(//h1)") == "Đăng nhập"
    assert page.xpath("//form[@action='/vao']/@method") == ["post"]


def test_the_page_leads_on_who_is_signed_in_already(account, client_for):
    answer = client_for(account).get("/vao?next=/lich")
    assert (answer.status_code, answer.location) == (303, "/lich")


def test_email_and_password_open_the_account(client, account):
    answer = enter(client, account.login)
    assert (answer.status_code, answer.location) == (303, "/")
    assert who(client)
    assert actions() == ["sign_in.begun"]


@pytest.mark.parametrize("typed", ["0912345678", "+84 912.345.678", "0912 345 678"])
def test_the_phone_number_opens_it_too(client, account, typed):
    assert enter(client, typed).status_code == 303
    assert who(client)


def test_the_email_may_be_typed_in_capitals(client, account):
    assert enter(client, f" {account.login.upper()} ").status_code == 303


def test_a_phone_number_of_two_people_opens_neither(client, account):
    give_password(make_account(person=make_person(phone="0912345678")))
    assert enter(client, "0912345678").status_code == 422


def test_a_wrong_password_is_refused_and_recorded(client, account):
    answer = enter(client, account.login, PASSWORD + "!")
    assert answer.status_code == 422
    assert "Không vào được" in answer.text
    assert not who(client)
    assert actions() == ["sign_in.failed"]


def test_the_typed_password_never_comes_back(client, account):
    assert "sai rồi mà dài" not in enter(client, account.login, "sai rồi mà dài").text


def test_empty_fields_are_refused_with_words_at_the_field(client):
    answer = enter(client, "", "")
    assert answer.status_code == 422
    assert "Hãy gõ mật khẩu." in answer.text
    assert db.session.scalars(select(SignIn)).all() == []


def test_known_disabled_passwordless_and_unknown_names_get_the_same_answer(client, account):
    disabled, passwordless = give_password(make_account()), make_account()
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=disabled.id, now=clock.now())
    tries = (
        (account.login, "không phải mật khẩu ấy"),
        (disabled.login, PASSWORD),
        (passwordless.login, PASSWORD),
        ("khong-ai@mau.example", PASSWORD),
        ("0999999999", PASSWORD),
        ("'; DROP TABLE accounts; --", PASSWORD),
    )
    answers = [enter(CheckingClient(client.application), login, password) for login, password in tries]
    bodies = [without_own_values(answer.text) for answer in answers]
    assert {answer.status_code for answer in answers} == {422}
    assert set(bodies) == {bodies[0]}


def without_own_values(body):
    """A page without what differs from one form to the next: its token, and what was typed into it."""
    return re.sub(r'(value=|X-CSRFToken": )"[^"]*"', "", body)


def test_known_and_unknown_names_send_the_same_statements(client, account, statements):
    def sent(login):
        with statements() as seen:
            enter(CheckingClient(client.application), login, "không phải mật khẩu ấy")
        return seen.texts

    assert sent(account.login) == sent("khong-ai@mau.example")


def test_after_signing_in_one_sees_the_page_that_was_asked_for(client, account):
    assert enter(client, account.login, next="/hop/2026-118?buoi=2").location == "/hop/2026-118?buoi=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_nobody_is_led_to_another_server(client, account, elsewhere):
    assert enter(client, account.login, next=elsewhere).location == "/"


def test_a_page_that_needs_an_account_leads_here_and_back(client, account):
    first = client.get("/tai-khoan?a=1")
    assert first.status_code == 303
    assert first.location == "/vao?next=/tai-khoan?a%3D1"
    form = client.page(first.location).xpath("//form[.//input[@type='password']]")[0]
    assert form.xpath(".//input[@name='next']/@value") == ["/tai-khoan?a=1"]


def test_a_new_session_begins_and_the_old_one_is_worth_nothing(client, account):
    client.get("/vao")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["_user_id"] = "a secret that somebody else knows"
    enter(client, account.login)
    with client.session_transaction() as session:
        assert "planted" not in session
        first = session["_user_id"]
    enter(client, account.login)
    with client.session_transaction() as session:
        second = session["_user_id"]
    assert len({first, second, "a secret that somebody else knows"}) == 3
    assert len(db.session.scalars(select(SignIn)).all()) == 1
    stolen = CheckingClient(client.application)
    with stolen.session_transaction() as session:
        session["_user_id"] = first
    assert not who(stolen)


def test_signing_out_ends_the_session_on_the_server(client, account):
    enter(client, account.login)
    with client.session_transaction() as session:
        secret = session["_user_id"]
    answer = client.post("/ra")
    assert (answer.status_code, answer.location) == (303, "/vao")
    with client.session_transaction() as session:
        session["_user_id"] = secret
    assert not who(client)


def test_signing_out_is_harmless_for_who_is_not_signed_in(client):
    assert client.post("/ra").status_code == 303
    assert client.get("/ra").status_code == 405


def test_a_form_of_another_site_signs_nobody_in(client, account):
    client.sends_csrf = False
    assert enter(client, account.login).status_code == 400
    assert not who(client)


def test_the_eleventh_wrong_password_waits_even_when_it_is_right(client, account, now):
    for _ in range(attempts.PASSWORDS_OF_ACCOUNT.most):
        assert enter(client, account.login, "không phải mật khẩu ấy").status_code == 422
    answer = enter(client, account.login)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert not who(client)
    with clock.frozen(now + timedelta(minutes=15)):
        assert enter(client, account.login).status_code == 303


def test_unknown_names_wait_as_known_ones_do(client):
    statuses = [enter(client, "khong-ai@mau.example", "x").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_getting_in_forgives_the_attempts_before(client, account):
    for _ in range(9):
        enter(client, account.login, "không phải mật khẩu ấy")
    assert enter(client, account.login).status_code == 303
    client.post("/ra")
    statuses = [enter(client, account.login, "không phải mật khẩu ấy").status_code for _ in range(10)]
    assert statuses == [422] * 10


def test_an_office_of_three_hundred_signs_in_from_one_address(app, now):
    with unit_of_work():
        waits = {
            wait
            for number in range(300)
            for wait in attempts.count_password(login=f"nguoi{number}@mau.example", address="10.20.4.1", now=now)
        }
    assert waits == {None}


def test_one_address_that_tries_many_names_waits(client):
    limit = attempts.PASSWORDS_FROM_ADDRESS.most
    with unit_of_work():
        for _ in range(limit):
            attempts.count_attempt(attempts.PASSWORDS_FROM_ADDRESS, whose="2001:db8:1:2::/64", now=clock.now())
    assert enter(client, "mot@mau.example", machine="2001:db8:1:2:aaaa::1").status_code == 429
    assert enter(client, "hai@mau.example", machine="2001:db8:1:3::1").status_code == 422


def test_a_password_hashed_with_old_parameters_is_hashed_anew(client, account):
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    give_password(account, kept=old)
    enter(client, account.login)
    kept = db.session.get_one(Account, account.id).password_hash
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    enter(CheckingClient(client.application), account.login)
    assert db.session.get_one(Account, account.id, populate_existing=True).password_hash == kept


def test_a_disabled_accounts_next_request_is_refused(account, client_for):
    client = client_for(account)
    assert who(client)
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=account.id, now=clock.now())
    assert client.get("/tai-khoan").status_code == 303


def test_the_page_speaks_english_to_who_asks_for_it(client):
    client.post("/tai-khoan/ngon-ngu", data={"locale": "en", "next": "/vao"})
    assert client.page("/vao").get("lang") == "en"


def test_hostile_names_are_shown_as_text(client, client_for):
    person = make_person("<script>alert(1)</script> {{7*7}} %s %(name)s", title='"><img src=x>')
    page = client_for(make_account(person=person)).get("/tai-khoan")
    assert page.status_code == 200
    assert "<script>alert(1)</script>" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} %s %(name)s" in page.text
    assert db.session.get_one(Person, person.id).full_name == person.full_name
