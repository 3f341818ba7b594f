"""Who a request comes from, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import AccountDisabled
from kstthc_training.people.identity import begin_session
from kstthc_training.people.jobs import tidy
from kstthc_training.people.models import AttemptCount, OneTimeLink, SignIn
from kstthc_training.people.service import attempts, sign_ins
from tests.people.at_hand import give_link
from tests.support.factories import make_account

MINUTE = timedelta(minutes=1)


def is_in(browser):
    return browser.get("/tai-khoan").status_code == 200


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANIZER])
def test_staff_who_do_nothing_for_thirty_minutes_sign_in_again(client_for, now, role):
    browser = client_for(make_account(role))
    with clock.frozen(now + 30 * MINUTE):
        assert is_in(browser)
    with clock.frozen(now + 60 * MINUTE + timedelta(microseconds=1)):
        assert not is_in(browser)


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER])
def test_others_stay_for_twelve_hours_and_not_an_instant_longer(client_for, now, role):
    browser = client_for(make_account(role) if role is Role.LEADER else make_account())
    with clock.frozen(now + timedelta(hours=12) - timedelta(microseconds=1)):
        assert is_in(browser)
    with clock.frozen(now + timedelta(hours=12)):
        assert not is_in(browser)


def test_twelve_hours_end_a_sign_in_however_busy(client_for, now):
    browser = client_for(make_account(Role.ORGANIZER))
    for minutes in range(25, 720, 25):
        with clock.frozen(now + minutes * MINUTE):
            assert is_in(browser)
    with clock.frozen(now + timedelta(hours=12)):
        assert not is_in(browser)


def test_being_seen_is_noted_once_a_minute(client_for, now, statements):
    browser = client_for(make_account())

    def seen_at():
        return db.session.scalars(select(SignIn.seen_at)).one()

    with clock.frozen(now + MINUTE):
        is_in(browser)
    assert seen_at() == now
    with clock.frozen(now + MINUTE + timedelta(microseconds=1)):
        is_in(browser)
    assert seen_at() == now + MINUTE + timedelta(microseconds=1)
    with statements() as sent:
        is_in(browser)
    assert not [text for text in sent.texts if text.startswith("UPDATE")]


@pytest.mark.parametrize("cookie", ["", "x", "'; DROP TABLE sign_ins; --", "\0", "ă" * 500])
def test_a_made_up_session_is_nobodys(client, cookie):
    with client.session_transaction() as session:
        session["_user_id"] = cookie
    assert not is_in(client)


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(client):
    client.get("/vao")
    cookie = client.get_cookie("kstthc")
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_disabled_account_begins_no_session(app):
    account = make_account()
    with unit_of_work() as session:
        session.merge(account).disabled_at = clock.now()
    with app.test_request_context("/"), pytest.raises(AccountDisabled), unit_of_work():
        begin_session(account.id, means="link")
    assert db.session.scalars(select(SignIn)).all() == []
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_what_is_over_is_removed_and_what_holds_is_kept(app, now):
    account = make_account()
    for began in (now - sign_ins.LONGEST, now - sign_ins.LONGEST + MINUTE):
        with clock.frozen(began), unit_of_work():
            sign_ins.open_sign_in(account_id=account.id, address="", browser="", now=began)
    with clock.frozen(now - timedelta(days=31)):
        old_id, _ = give_link(account)
    link_id, _ = give_link(account)
    for at in (now - timedelta(days=2), now):
        with unit_of_work():
            attempts.count_wrong_secret(address="10.0.0.1", now=at)
    tidy({"day": "2026-03-18"}, now)
    assert [row.created_at for row in db.session.scalars(select(SignIn))] == [now - sign_ins.LONGEST + MINUTE]
    assert [row.id for row in db.session.scalars(select(OneTimeLink))] == [link_id]
    assert len(db.session.scalars(select(AttemptCount)).all()) == 1
    assert old_id != link_id
