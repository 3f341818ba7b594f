"""Telling people: the notice on the pages, the letter by mail, and what each chose."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.models import MessageChoice, Notice
from kstthc_training.messages.service import tell, tell_several
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter
from tests.support.factories import make_account, make_person, rows

HOSTILE = "BEGIN:VEVENT\r\nBcc: ai@do.example <script>alert(1)</script> {{link}} %(x)s"


def a_letter(person_id, **said):
    """A letter that its reader may choose about."""
    values = {"kind": "registration-confirmed", "recipient": "ai@mau.example", "recipient_name": "Ai", "subject": "Có chỗ"}
    body = "Kính gửi Ông/Bà,\n\nÔng/Bà đã có chỗ.\n\nVé: {{link}}\n\nTrân trọng"
    return Letter(**{**values, "person_id": person_id, "body": body, "path": "/ve/7K4M2Q9P", **said})


def told(*letters, key="k"):
    """Several people told at once, in a unit of work of their own."""
    with unit_of_work():
        tell_several([(letter, f"{key}{n}") for n, letter in enumerate(letters)], now=clock.now())


def chosen(account, group, way):
    """How somebody wants to be told of a group."""
    with rows() as session:
        session.add(MessageChoice(account_id=account.id, about=group, way=way, changed_at=clock.now()))


def notices():
    """All notices, in order."""
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id)).all()


def letters():
    """All letters, in order."""
    db.session.rollback()
    return db.session.scalars(select(Message).order_by(Message.id)).all()


def test_whoever_has_an_account_finds_a_notice_without_the_link(app, now):
    account = make_account()
    told(a_letter(account.person_id))
    (notice,) = notices()
    assert (notice.account_id, notice.subject, notice.path, notice.way) == (
        account.id, "Có chỗ", "/ve/7K4M2Q9P", Way.MAIL,
    )  # fmt: skip
    assert notice.body == "Kính gửi Ông/Bà,\n\nÔng/Bà đã có chỗ.\n\nTrân trọng"
    assert (notice.created_at, notice.read_at, notice.digest_at) == (now, None, None)
    (letter,) = letters()
    assert "{{link}}" in letter.body
    assert letter.body.endswith("/tai-khoan/thong-bao")


def test_whoever_has_no_account_or_a_closed_one_has_the_letter_alone(app, now):
    person, closed = make_person(), make_account()
    with rows():
        db.session.merge(closed).disabled_at = now
    told(a_letter(person.id), a_letter(closed.person_id), a_letter(None))
    assert notices() == []
    assert len(letters()) == 3
    assert not any("tai-khoan" in letter.body for letter in letters())


@pytest.mark.parametrize("way", [Way.NOTICE, Way.DIGEST])
def test_what_one_may_choose_about_goes_by_no_mail_when_one_chose_so(app, way):
    account = make_account()
    chosen(account, Group.REGISTRATIONS, way)
    told(a_letter(account.person_id))
    assert [notice.way for notice in notices()] == [way]
    assert letters() == []


@pytest.mark.parametrize("said", [{"kind": "registration-refused"}, {"calendar": "BEGIN:VCALENDAR", "calendar_method": "X"}])
def test_what_is_mandatory_or_for_the_calendar_goes_by_mail_whatever_one_chose(app, said):
    account = make_account()
    chosen(account, Group.REGISTRATIONS, Way.NOTICE)
    told(a_letter(account.person_id, **said))
    assert [notice.way for notice in notices()] == [Way.MAIL]
    assert len(letters()) == 1
    assert "/tai-khoan/thong-bao" not in letters()[0].body


def test_a_choice_is_one_of_its_own_group(app):
    account = make_account()
    chosen(account, Group.REMINDERS, Way.NOTICE)
    told(a_letter(account.person_id), a_letter(account.person_id, kind="event-reminder"))
    assert [(notice.kind, notice.way) for notice in notices()] == [
        ("registration-confirmed", Way.MAIL), ("event-reminder", Way.NOTICE),
    ]  # fmt: skip
    assert [letter.kind for letter in letters()] == ["registration-confirmed"]


@pytest.mark.parametrize(("hours", "way"), [(21, Way.MAIL), (22.25, Way.MAIL), (23, Way.DIGEST)])
def test_what_would_come_too_late_in_the_digest_goes_by_mail(app, now, hours, way):
    """It is 09:00: the next digest is written at 07:15."""
    account = make_account()
    chosen(account, Group.ORGANISATION, Way.DIGEST)
    told(a_letter(account.person_id, kind="invitation-reminder", needed_by=now + timedelta(hours=hours)))
    assert [notice.way for notice in notices()] == [way]
    assert len(letters()) == (way is Way.MAIL)


def test_the_same_message_is_told_once_even_when_the_choice_changed_meanwhile(app):
    account = make_account()
    chosen(account, Group.REGISTRATIONS, Way.NOTICE)
    told(a_letter(account.person_id))
    with rows():
        db.session.execute(MessageChoice.__table__.update().values(way=Way.MAIL))
    told(a_letter(account.person_id, subject="Khác"))
    told(a_letter(account.person_id, subject="Khác"), a_letter(account.person_id))
    assert [notice.subject for notice in notices()] == ["Có chỗ", "Có chỗ"]
    assert [letter.key for letter in letters()] == ["k1"]


def test_entries_for_the_calendar_alone_make_no_notice(app):
    account = make_account()
    told(a_letter(account.person_id, kind="calendar-update", calendar="BEGIN:VCALENDAR"))
    assert notices() == []
    assert len(letters()) == 1


def test_hostile_words_stay_words(app):
    account = make_account()
    told(a_letter(account.person_id, subject=HOSTILE, body=f"{HOSTILE.replace('{{link}}', '')}\n\nhết"))
    (notice,) = notices()
    assert "\n" not in notice.subject and "<script>" in notice.subject
    assert notice.body.endswith("hết")


def test_a_kind_that_nobody_knows_is_refused(app):
    letter = a_letter(make_account().person_id, kind="moi-toanh")
    with pytest.raises(KeyError), unit_of_work():
        tell(letter, key="k", now=clock.now())


def test_the_same_statements_however_many_are_told(app, statements):
    accounts = [make_account() for _ in range(12)]
    counts = []
    for first, last in ((0, 2), (2, 12)):
        several = [(a_letter(each.person_id), f"n{each.id}") for each in accounts[first:last]]
        with statements() as seen, unit_of_work():
            tell_several(several, now=clock.now())
        counts.append(len(seen))
    assert counts == [3, 3]
    with statements() as seen, unit_of_work():
        tell(replace(a_letter(accounts[0].person_id), subject="Một"), key="one", now=clock.now())
    assert len(seen) == 2
    assert len(notices()) == len(letters()) == 13
