"""How accounts arise, what they may do, how they end, and that an administrator always stays."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import LinkPurpose, Role
from kstthc_training.people.errors import AccountDisabled, HasAccount, LastAdministrator, LoginTaken, NoAddress
from kstthc_training.people.models import Account, OneTimeLink, Person, RoleGrant, SignIn
from kstthc_training.people.service import accounts
from kstthc_training.refusals import Unknown
from tests.people.at_hand import give_link, give_password
from tests.support.factories import make_account, make_organisation, make_person

ADMINISTRATOR, ORGANIZER, LEADER, FOCAL_POINT = Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER, Role.FOCAL_POINT


def invite(person, roles=(), focal_of=()):
    with unit_of_work() as session:
        merged = session.get_one(Person, person.id)
        return accounts.invite(actor=SYSTEM, person=merged, roles=roles, focal_of=focal_of, now=clock.now()).id


def do(verb, account, **facts):
    with unit_of_work():
        verb(actor=SYSTEM, account_id=account.id, **facts, now=clock.now())


def held(account):
    grants = db.session.execute(select(RoleGrant.role, RoleGrant.organisation_id).where(RoleGrant.account_id == account.id))
    return {(row.role, row.organisation_id) for row in grants}


def recorded():
    return [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_an_invitation_opens_an_account_without_a_password_and_posts_a_link_for_seven_days(app, now):
    organisation = make_organisation()
    account_id = invite(make_person("Bùi Mẫu Lệ", email="Le.BM@Mau.Example"), [ORGANIZER], [organisation.id])
    account = db.session.get_one(Account, account_id)
    (link,) = db.session.scalars(select(OneTimeLink)).all()
    (letter,) = db.session.scalars(select(Message)).all()
    assert (account.login, account.password_hash, account.disabled_at) == ("le.bm@mau.example", None, None)
    assert held(account) == {(ORGANIZER, None), (FOCAL_POINT, organisation.id)}
    assert (link.account_id, link.purpose, link.expires_at) == (
        account_id,
        LinkPurpose.SET_PASSWORD,
        now + timedelta(days=7),
    )
    assert (letter.recipient, letter.kind, letter.link_id) == ("le.bm@mau.example", "account.invitation", link.id)
    assert "Kính gửi Ông/Bà Bùi Mẫu Lệ" in letter.body
    assert "09:00 25/03/2026" in letter.body
    assert recorded() == ["account.invited", "account.role_granted", "account.role_granted"]


@pytest.mark.parametrize("email", ["", "không có", "an@localhost", "ân@mau.example"])
def test_nobody_is_invited_without_an_address(app, email):
    person = make_person(email=email)
    with pytest.raises(NoAddress):
        invite(person)
    assert db.session.scalars(select(Account)).all() == []


def test_a_person_has_one_account(app):
    account = make_account()
    person = db.session.get_one(Person, account.person_id)
    with pytest.raises(HasAccount) as refusal:
        invite(person)
    assert refusal.value.facts == {"account_id": account.id}


def test_an_address_opens_one_account(app):
    invite(make_person(email="chung@mau.example"))
    with pytest.raises(LoginTaken):
        invite(make_person(email="CHUNG@mau.example"))
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_two_invitations_at_one_time_open_one_account(app):
    people = [make_person(email="chung@mau.example") for _ in range(4)]
    gate, refusals = threading.Barrier(4), []

    def attempt(person):
        with app.app_context():
            gate.wait()
            try:
                invite(person)
            except LoginTaken as refusal:
                refusals.append(refusal)
            db.session.remove()

    run_together([threading.Thread(target=attempt, args=(person,)) for person in people])
    assert len(db.session.scalars(select(Account)).all()) == 1
    assert len(refusals) == 3


def run_together(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # what is read from here on is what they left


def test_resending_posts_a_new_link_and_ends_the_old_one(app, now):
    account = make_account()
    old_id, _ = give_link(account, LinkPurpose.SET_PASSWORD)
    do(accounts.resend, account)
    links = {link.id: link.used_at for link in db.session.scalars(select(OneTimeLink))}
    assert links.pop(old_id) == now
    assert list(links.values()) == [None]
    assert [letter.link_id for letter in db.session.scalars(select(Message))] == list(links)
    assert recorded() == ["account.link_resent"]


def test_nothing_is_sent_to_a_disabled_account(app):
    account = make_account()
    do(accounts.disable, account)
    with pytest.raises(AccountDisabled):
        do(accounts.resend, account)
    assert db.session.scalars(select(Message)).all() == []


def test_granting_twice_is_granting_once(app):
    account, organisation = make_account(), make_organisation()
    for _ in range(2):
        do(accounts.grant, account, role=ORGANIZER)
        do(accounts.grant, account, role=FOCAL_POINT, organisation_id=organisation.id)
    assert held(account) == {(ORGANIZER, None), (FOCAL_POINT, organisation.id)}
    assert recorded() == ["account.role_granted"] * 2


def test_everyone_is_a_member_without_a_grant(app):
    account = make_account()
    do(accounts.grant, account, role=Role.MEMBER)
    assert held(account) == set()


def test_revoking_takes_one_role_from_one_account(app):
    mine, yours = make_organisation(), make_organisation()
    account, other = make_account(ORGANIZER, focal_of=mine), make_account(ORGANIZER, focal_of=mine)
    do(accounts.grant, account, role=FOCAL_POINT, organisation_id=yours.id)
    do(accounts.revoke, account, role=FOCAL_POINT, organisation_id=mine.id)
    assert held(account) == {(ORGANIZER, None), (FOCAL_POINT, yours.id)}
    assert held(other) == {(ORGANIZER, None), (FOCAL_POINT, mine.id)}
    do(accounts.revoke, account, role=LEADER)
    assert recorded() == ["account.role_granted", "account.role_revoked"]


def test_disabling_ends_sign_ins_and_links_and_enabling_brings_none_back(app, client_for, now):
    account = give_password(make_account(ORGANIZER))
    browser = client_for(account)
    _, path = give_link(account)
    do(accounts.disable, account)
    assert browser.get("/tai-khoan").status_code == 303
    assert db.session.scalars(select(SignIn)).all() == []
    do(accounts.enable, account)
    assert browser.get("/tai-khoan").status_code == 303
    assert browser.get(path).status_code == 410
    kept = db.session.get_one(Account, account.id)
    assert kept.disabled_at is None
    assert kept.password_hash is not None
    assert held(account) == {(ORGANIZER, None)}
    assert recorded() == ["account.disabled", "account.enabled"]


def test_disabling_twice_is_disabling_once(app, now):
    account = make_account()
    do(accounts.disable, account)
    with clock.frozen(now + timedelta(hours=1)):
        do(accounts.disable, account)
    assert db.session.get_one(Account, account.id).disabled_at == now
    assert recorded() == ["account.disabled"]


def test_the_last_administrator_keeps_the_role(app):
    account = make_account(ADMINISTRATOR)
    gone = make_account(ADMINISTRATOR)
    do(accounts.disable, gone)
    with pytest.raises(LastAdministrator):
        do(accounts.revoke, account, role=ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        do(accounts.disable, account)
    assert held(account) == {(ADMINISTRATOR, None)}
    assert db.session.get_one(Account, account.id).disabled_at is None


def test_a_disabled_administrator_may_lose_the_role(app):
    make_account(ADMINISTRATOR)
    gone = make_account(ADMINISTRATOR)
    do(accounts.disable, gone)
    do(accounts.revoke, gone, role=ADMINISTRATOR)
    assert held(gone) == set()


def test_others_are_disabled_though_one_administrator_is_left(app):
    make_account(ADMINISTRATOR)
    organizer = make_account(ORGANIZER)
    do(accounts.disable, organizer)
    assert db.session.get_one(Account, organizer.id).disabled_at is not None


@pytest.mark.parametrize("round_", range(5))
@pytest.mark.parametrize("verbs", [("disable", "disable"), ("revoke", "revoke"), ("disable", "revoke")])
def test_two_administrators_who_remove_each_other_at_one_time_leave_one(app, verbs, round_):
    pair = [make_account(ADMINISTRATOR), make_account(ADMINISTRATOR)]
    gate, refusals = threading.Barrier(2), []

    def remove(verb, account):
        facts = {"role": ADMINISTRATOR} if verb == "revoke" else {}
        with app.app_context():
            gate.wait()
            try:
                do(getattr(accounts, verb), account, **facts)
            except LastAdministrator as refusal:
                refusals.append(refusal)
            db.session.remove()

    run_together([threading.Thread(target=remove, args=each) for each in zip(verbs, pair, strict=True)])
    assert len(refusals) == 1
    left = select(Account.id).join(RoleGrant).where(RoleGrant.role == ADMINISTRATOR, Account.disabled_at.is_(None))
    assert len(db.session.scalars(left).all()) == 1


def test_the_login_changes_and_the_old_address_is_told(app):
    account = make_account()
    _, path = give_link(account)
    do(accounts.change_login, account, login=" Moi@Mau.Example ")
    assert db.session.get_one(Account, account.id).login == "moi@mau.example"
    (letter,) = db.session.scalars(select(Message)).all()
    assert (letter.recipient, letter.link_id) == (account.login, None)
    assert "moi@mau.example" in letter.body
    assert app.test_client().get(path).status_code == 410


def test_the_login_changes_to_nobody_elses_and_to_nothing(app):
    account, other = make_account(), make_account()
    with pytest.raises(LoginTaken):
        do(accounts.change_login, account, login=other.login.upper())
    with pytest.raises(NoAddress):
        do(accounts.change_login, account, login="0912345678")
    do(accounts.change_login, account, login=account.login)
    assert db.session.get_one(Account, account.id).login == account.login
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.parametrize("verb", ["resend", "change_login"])
def test_verbs_on_nobody_know_nobody(app, verb):
    facts = {"login": "a@mau.example"} if verb == "change_login" else {}
    with pytest.raises(Unknown), unit_of_work():
        getattr(accounts, verb)(actor=SYSTEM, account_id=999, now=clock.now(), **facts)
