"""An erasure takes a person out of everything but the figures: every table is searched for what he was known by."""

import io
import re

import pytest
from sqlalchemy import select, text

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.service import record
from kstthc_training.audit.words import ERASED
from kstthc_training.db import Base, db, unit_of_work
from kstthc_training.directory.errors import UndoContradicted
from kstthc_training.directory.uniting.against import ErasedSince
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import SentFile, own_store
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import LastAdministrator
from kstthc_training.people.models import Account, Person, RoleGrant, SignIn
from kstthc_training.people.queries import get_account
from kstthc_training.privacy import jobs
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.errors import AlreadyErased, NotConfirmed, OwnErasure
from kstthc_training.privacy.models import Erasure, ErasureRequest
from kstthc_training.privacy.service.erasing import DISCARD, FORGET_LAST_LETTER, erase
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration, SeatPool
from tests.directory.unitings import parted, united
from tests.privacy.kept import EMAIL, LOGIN, MARKS, NAME, PHONE, TITLE, everything, holder, past_event
from tests.registrations.actors import actor_of
from tests.registrations.visitors import arrived, open_to_guests
from tests.support.factories import make_account, make_event, make_person, make_registration

REPORTS = ("/bao-cao/2026/nam", "/bao-cao/2026/nam/cuoc", "/bao-cao/2026/nam/tuan-thu", "/bao-cao/2026/quy-1")


def done(actor: Account, account: Account, typed: str = NAME, role: Role = Role.ADMINISTRATOR) -> None:
    with unit_of_work():
        erase(actor=actor_of(actor, role), person_id=account.person_id, typed=typed, now=clock.now())


def run(kind: str) -> None:
    """What the worker does for the jobs of a kind."""
    for payload in db.session.scalars(select(Job.payload).where(Job.kind == kind)).all():
        db.session.rollback()
        jobs.HANDLERS[kind](payload, clock.now())


def found_in_database() -> list[tuple[str, str, str]]:
    """Each mark that stands in any column of any table, JSON read as text."""
    hits = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for column, value in row.items():
                said = str(value).lower()
                hits += [(table.name, str(column), mark) for mark in MARKS if mark.lower() in said]
    return hits


def words_of(browser, address: str) -> str:
    (main,) = browser.page(address).xpath("//main")
    return " ".join(re.sub(r"\s+", " ", main.text_content()).split())


@pytest.fixture
def administrator():
    return make_account(Role.ADMINISTRATOR)


def test_nothing_of_the_person_is_left_anywhere(app, administrator):
    account = holder(Role.ORGANIZER)
    everything(account)
    assert {mark for _table, _column, mark in found_in_database()} == set(MARKS)
    key = db.session.scalars(select(StoredFile.key).where(StoredFile.name == "giay.pdf")).one()
    done(administrator, account)
    run(DISCARD)
    run(FORGET_LAST_LETTER)
    assert found_in_database() == []
    assert not own_store().path(key).exists()


def test_reports_say_the_same_before_and_after(client_for, administrator):
    account = holder()
    past_event(db.session.get_one(Person, account.person_id))
    browser = client_for(administrator)
    before = [words_of(browser, address) for address in REPORTS]
    assert "1" in before[0]
    done(administrator, account)
    assert [words_of(browser, address) for address in REPORTS] == before


def test_the_account_opens_no_more(client_for, administrator):
    account = holder(Role.LEADER)
    browser = client_for(account)
    assert browser.get("/tai-khoan/du-lieu").status_code == 200
    done(administrator, account)
    assert browser.get("/tai-khoan/du-lieu").status_code == 303
    closed, person = get_account(account.id)
    assert (closed.login, closed.password_hash, closed.disabled_at is not None) == (f"da-xoa-{account.id}", None, True)
    assert (person.full_name, person.phone, person.email, person.title, person.organisation_id) == (ERASED, "", "", "", None)
    assert db.session.scalars(select(SignIn).where(SignIn.account_id == account.id)).all() == []
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).all() == []
    administers = client_for(administrator)
    assert administers.get(f"/quan-tri/tai-khoan/{account.id}").status_code == 404
    assert administers.post(f"/quan-tri/tai-khoan/{account.id}/mo-lai").status_code == 404


def test_a_seat_to_come_goes_to_the_next_in_the_queue(app, administrator):
    account = holder()
    event = make_event(capacity=1)
    his = make_registration(event, db.session.get_one(Person, account.person_id))
    next_one = make_registration(event, state=RegistrationState.WAITING)
    done(administrator, account)
    states = dict(db.session.execute(select(Registration.id, Registration.state)).all())
    assert states == {his.id: RegistrationState.CANCELLED, next_one.id: RegistrationState.CONFIRMED}
    assert db.session.scalars(select(SeatPool.taken)).all() == [1]


def test_letters_that_wait_do_not_go_to_him(app, administrator):
    account = holder()
    everything(account)
    done(administrator, account)
    states = {row.key: row.state for row in db.session.scalars(select(Message))}
    assert (states["own"], states["shared"], states["other"]) == (
        MessageState.DISCARDED, MessageState.DISCARDED, MessageState.WAITING,
    )  # fmt: skip
    going = db.session.scalars(select(Message.recipient).where(Message.state == MessageState.WAITING)).all()
    assert sorted(going) == [LOGIN, "khac@mau.example"]  # the last letter, and one to somebody else


def test_events_to_come_go_over_to_whoever_erases(app, administrator):
    account = holder(Role.ORGANIZER)
    owner = db.session.get_one(Person, account.person_id)
    coming, past = make_event(owner=owner), make_event(owner=owner, starts_at=clock.now().replace(year=2025))
    done(administrator, account)
    owners = dict(db.session.execute(select(Event.id, Event.owner_id)).all())
    assert (owners[coming.id], owners[past.id]) == (administrator.person_id, account.person_id)


def test_a_guest_without_an_account_is_gone_with_his_letter(app, administrator):
    with unit_of_work():
        kept = own_store().put(io.BytesIO(b"giay gioi thieu"), limit=1000)
    letter = SentFile(name=f"{NAME}.pdf", media_type="application/pdf", kept=kept)
    said = {"full_name": NAME, "title": TITLE, "email": EMAIL, "phone": PHONE, "organisation": "Báo Dấu Vết"}
    registration, _how = arrived(open_to_guests(), letter=letter, **said)
    with unit_of_work():
        erase(
            actor=actor_of(administrator, Role.ADMINISTRATOR), person_id=registration.person_id, typed=NAME,
            now=clock.now(),
        )  # fmt: skip
    run(DISCARD)
    run(FORGET_LAST_LETTER)
    assert found_in_database() == []
    assert db.session.scalars(select(GuestEntry.organisation)).all() == [""]
    assert not own_store().path(kept.key).exists()
    authors = db.session.scalars(select(AuditEntry.actor_name).where(AuditEntry.action == "registration.made")).all()
    assert authors == [ERASED]


def test_a_row_that_was_united_with_his_goes_too(app, administrator):
    account = holder()
    closed = make_person("Danh Dấu", email="cu@mau.example", merged_into_id=account.person_id)
    far = make_person(NAME, phone=PHONE, merged_into_id=closed.id)
    past_event(far)
    done(administrator, account)
    run(FORGET_LAST_LETTER)
    assert found_in_database() == []
    names = db.session.scalars(select(Person.full_name).where(Person.id.in_((closed.id, far.id)))).all()
    assert names == [ERASED, ERASED]


def test_what_was_united_is_gone_and_stays_united(app, administrator):
    kept = make_person("Danh Giữ Lại", email="giu@mau.example")
    other = make_person(NAME, title=TITLE, email=EMAIL, phone=PHONE)
    act_id = united(kept, other)
    with unit_of_work():
        erase(
            actor=actor_of(administrator, Role.ADMINISTRATOR), person_id=kept.id, now=clock.now(),
            typed=db.session.get_one(Person, kept.id).full_name,
        )  # fmt: skip
    run(FORGET_LAST_LETTER)
    assert found_in_database() == []
    with pytest.raises(UndoContradicted) as refused:
        parted(act_id)
    assert ErasedSince() in refused.value.facts["contradictions"]


def test_a_namesake_keeps_his_name_in_the_log(app, administrator):
    account, other = holder(), make_person(NAME, phone=PHONE, email=EMAIL)
    everything(account)
    done(administrator, account)
    kept = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "event.edited")).one()
    assert kept == {"changes": {"chair": ["", f"Ông {NAME}, {PHONE} (0912 345 678)"]}}
    assert db.session.get_one(Person, other.id).full_name == NAME
    names = db.session.scalars(select(AuditEntry.actor_name).where(AuditEntry.account_id == account.id)).all()
    assert set(names) == {ERASED}


def test_a_longer_name_is_not_cut(app, administrator):
    account = holder()
    with unit_of_work():
        db.session.get_one(Person, account.person_id).full_name = "Nguyễn Văn An"
    make_event("Giao ban", chair="Nguyễn Văn Anh")
    with unit_of_work():
        changes = {"chair": ["Nguyễn Văn An", "Nguyễn Văn Anh"]}
        record(actor=SYSTEM, action="event.edited", subject_type="event", subject_id=1, now=clock.now(), changes=changes)
    done(administrator, account, typed="Nguyễn Văn An")
    facts = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "event.edited")).one()
    assert facts["changes"] == {"chair": [ERASED, "Nguyễn Văn Anh"]}


def test_an_open_request_is_done_and_the_log_says_who_erased(app, administrator, client_for):
    account = holder()
    client_for(account).post("/tai-khoan/du-lieu/yeu-cau-xoa")
    done(administrator, account)
    (request,) = db.session.scalars(select(ErasureRequest))
    assert (request.state, request.answered_by_id) == (RequestState.DONE, administrator.id)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "erasure.done")).one()
    assert (entry.account_id, entry.subject_id) == (administrator.id, account.person_id)
    (erasure,) = db.session.scalars(select(Erasure))
    assert (erasure.done_at, entry.facts) == (clock.now(), {})


def test_the_name_must_be_typed_again(app, administrator):
    account = holder()
    with pytest.raises(NotConfirmed):
        done(administrator, account, typed="Danh Dấu")
    assert db.session.get_one(Person, account.person_id).full_name == NAME


def test_only_administrators_erase_and_nobody_himself(app, administrator):
    account = holder(Role.ORGANIZER)
    with pytest.raises(NotAllowed):
        done(make_account(Role.ORGANIZER), account, role=Role.ORGANIZER)
    name = db.session.get_one(Person, administrator.person_id).full_name
    with pytest.raises(OwnErasure):
        done(administrator, administrator, typed=name)


def test_the_last_administrator_stays(app, administrator):
    account = holder(Role.ADMINISTRATOR)
    actor = actor_of(administrator, Role.ADMINISTRATOR)
    with unit_of_work():
        db.session.get_one(Account, administrator.id).disabled_at = clock.now()
    with pytest.raises(LastAdministrator), unit_of_work():
        erase(actor=actor, person_id=account.person_id, typed=NAME, now=clock.now())
    assert db.session.get_one(Person, account.person_id).full_name == NAME


def test_once_is_enough_and_a_stranger_is_unknown(app, administrator):
    account = holder()
    done(administrator, account)
    with pytest.raises(AlreadyErased):
        done(administrator, account)
    with pytest.raises(Unknown), unit_of_work():
        erase(actor=actor_of(administrator, Role.ADMINISTRATOR), person_id=99_999, typed="", now=clock.now())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entries SET action = 'x'",
        "UPDATE audit_entries SET actor_name = 'Ai khác'",
        "UPDATE audit_entries SET facts = '{}'",
        "UPDATE audit_entries SET facts = '{\"erased\": 999}'",
        "UPDATE registration_steps SET reason = 'Lý do khác'",
        "UPDATE registration_steps SET rule = 'x'",
        "UPDATE invitation_steps SET facts = '{}'",
        "DELETE FROM audit_entries",
    ],
)
def test_an_erasure_under_way_lets_nothing_else_go(app, change):
    account = holder()
    everything(account)
    with pytest.raises(Exception, match="append-only"), unit_of_work():
        db.session.add(Erasure(person_id=account.person_id, begun_at=clock.now()))
        db.session.flush()
        db.session.execute(text(change))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entries SET actor_name = 'Người đã xóa dữ liệu'",
        "UPDATE registration_steps SET reason = ''",
        "UPDATE erasures SET gone = '{}'",
        "DELETE FROM erasures",
    ],
)
def test_without_one_under_way_nothing_goes_at_all(app, administrator, change):
    account = holder()
    everything(account)
    done(administrator, account)
    with pytest.raises(Exception, match="append-only"), unit_of_work():
        db.session.execute(text(change))
