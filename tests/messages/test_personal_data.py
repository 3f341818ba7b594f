"""Notices are data of their reader: he takes them along, and an erasure takes them and his name in others' away."""

from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.messages.addresses import CHOICES_PATH
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.models import DigestDay, MessageChoice
from kstthc_training.nominations.notices import ALL_PATH
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.privacy.queries import kept_of
from kstthc_training.privacy.sections import sections
from kstthc_training.privacy.service.erasing import erase
from tests.directory.unitings import united
from tests.messages.test_telling import a_letter, chosen, notices, told
from tests.privacy.kept import NAME, holder
from tests.privacy.test_erasing import found_in_database
from tests.registrations.actors import actor_of
from tests.support.factories import make_account, make_person, rows


def kept(account):
    """What is kept of somebody."""
    db.session.rollback()
    return kept_of(account.person_id, today=clock.local_date(clock.now()), now=clock.now())


def test_one_takes_ones_notices_and_choices_along(app, now):
    account = make_account()
    chosen(account, Group.REGISTRATIONS, Way.NOTICE)
    told(a_letter(account.person_id))
    told(a_letter(make_account().person_id, subject="Của người khác"), key="other")
    found = kept(account)
    assert [(row.subject, row.created_at, row.read_at) for row in found.notices] == [("Có chỗ", now, None)]
    with app.test_request_context():
        titles = {section.title: section.rows for section in sections(found)}
    assert titles["Cách nhận thư và thông báo"] == [("Đăng ký của tôi", "Chỉ thông báo trong phần mềm", now)]
    assert len(titles["Thông báo trên trang"]) == 1


def test_an_erasure_takes_notices_choices_and_the_name_in_those_of_others(app):
    account, other = holder(), make_account()
    chosen(account, Group.ORGANISATION, Way.DIGEST)
    with rows() as session:
        session.add(DigestDay(account_id=account.id, day=clock.local_date(clock.now())))
    told(a_letter(account.person_id, subject=f"Cho {NAME}"))
    told(a_letter(other.person_id, subject=f"Về {NAME}", body=f"{NAME} đã xin rút."), key="other")
    administrator = actor_of(make_account(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    with unit_of_work():
        erase(actor=administrator, person_id=account.person_id, typed=NAME, now=clock.now())
    db.session.rollback()
    assert [(notice.account_id, NAME in notice.subject + notice.body) for notice in notices()] == [(other.id, False)]
    for table in (MessageChoice, DigestDay):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert [hit for hit in found_in_database() if hit[0] in ("notices", "message_choices", "message_digests")] == []


def test_notices_and_choices_stay_with_the_account_when_rows_are_united(app):
    account, kept_row = make_account(), make_person()
    chosen(account, Group.REGISTRATIONS, Way.NOTICE)
    told(a_letter(account.person_id, subject="Trước"))
    united(kept_row, person_of(account))
    told(a_letter(kept_row.id, subject="Sau"), key="after")
    assert [(row.account_id, row.subject, row.way) for row in notices()] == [
        (account.id, "Trước", Way.NOTICE), (account.id, "Sau", Way.NOTICE),
    ]  # fmt: skip


def person_of(account):
    """The row of the directory behind an account."""
    db.session.rollback()
    return db.session.get_one(Person, account.person_id)


def test_every_notice_leads_to_a_page_that_there_is(app):
    addresses = app.url_map.bind("localhost")
    led_to = ("/ve/7K4M2Q9P", "/hop/2026-1", "/don-vi/4/2026-1", "/tai-khoan/du-lieu")
    for path in (*led_to, CHOICES_PATH, ALL_PATH):
        assert addresses.match(path, method="GET")
