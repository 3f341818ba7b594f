"""The digest: one letter a morning instead of many, with what still waits for the organisation."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations.service import remind
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.models import Notice
from kstthc_training.nominations.jobs import write_digests
from kstthc_training.nominations.service import write_digest
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.settings.service import set_value
from tests.invitations.asked import accepted, deadlines, invited
from tests.messages.test_telling import HOSTILE, a_letter, chosen, told
from tests.registrations.actors import an_organizer
from tests.support.factories import make_account, make_event, make_organisation, rows

THURSDAY = date(2026, 3, 19)  # the tests stand on a Wednesday


def morning(day=THURSDAY):
    """What the worker does on a day at 07:15."""
    with clock.frozen(clock.at_local(day, time(7, 15))):
        write_digests({"day": day.isoformat()}, clock.now())
    db.session.rollback()


def digests():
    """The digests that were written, in order."""
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.kind == "digest").order_by(Message.id)).all()


@pytest.fixture
def speaker(app):
    """A focal point who wants what concerns the organisation gathered; with the organisation."""
    body = make_organisation("UBND xã Tổng Hợp")
    account = make_account(focal_of=body)
    chosen(account, Group.ORGANISATION, Way.DIGEST)
    return account, body


def reminder(account, subject="Nhắc", **said):
    """A letter that waits for the digest."""
    return a_letter(account.person_id, kind="invitation-reminder", subject=subject, path="/don-vi", **said)


def test_a_focal_point_has_one_letter_for_many_reminders_and_sees_what_waits(speaker, now):
    account, body = speaker
    events = [make_event(f"Hội nghị {n}", starts_at=now + timedelta(days=9 + n)) for n in range(3)]
    invitations = [invited(event, body, places=3)[0] for event in events]
    deadlines(events[0], now + timedelta(days=5))
    accepted(invitations[2], 2)
    before = len(db.session.scalars(select(Message).where(Message.person_id == account.person_id)).all())
    for event, invitation in zip(events[:2], invitations[:2], strict=True):
        with unit_of_work():
            remind(actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], now=now)
    morning()
    (letter,) = digests()
    every = db.session.scalars(select(Message).where(Message.person_id == account.person_id)).all()
    assert len(every) == before + 1
    assert letter.subject == "Tổng hợp ngày 19/03/2026: 2 điều mới, 3 việc chờ đơn vị"
    news, waiting = letter.body.split("UBND xã Tổng Hợp còn chờ:")
    assert [line for line in news.splitlines() if line.startswith("Hội nghị")] == ["Hội nghị 0", "Hội nghị 1"]
    assert news.count(f"/don-vi/{body.id}/") == 2
    assert "- Hội nghị 0: trả lời giấy mời, trước 09:00 23/03/2026" in waiting
    assert "- Hội nghị 2: gửi tên cho 2 chỗ" in waiting
    assert waiting.count(f"/don-vi/{body.id}/") == 3
    assert "{{" not in letter.body and "/moi/" not in letter.body


def test_nothing_goes_when_nothing_waits_or_all_was_read(speaker, now):
    account, body = speaker
    invited(make_event(), body)
    morning()
    told(reminder(account))
    with rows():
        db.session.execute(Notice.__table__.update().values(read_at=now))
    morning()
    assert digests() == []


def test_one_digest_a_day_however_often_it_is_written_and_what_comes_later_goes_the_next_day(speaker):
    account, _body = speaker
    told(reminder(account, "Sớm"), key="a")
    morning()
    told(reminder(account, "Muộn"), key="b")
    morning()
    assert ["Sớm" in letter.body for letter in digests()] == [True]
    morning(THURSDAY + timedelta(days=1))
    assert ["Muộn" in letter.body for letter in digests()] == [False, True]


def test_a_worker_that_ends_half_way_leaves_everything_for_the_next_run(speaker, now):
    account, _body = speaker
    told(reminder(account))
    with pytest.raises(KeyboardInterrupt), unit_of_work():
        assert write_digest(account_id=account.id, day=THURSDAY, now=now)
        raise KeyboardInterrupt
    assert digests() == []
    morning()
    assert len(digests()) == 1


@pytest.mark.parametrize(
    ("needed_by", "day", "goes"),
    [
        (None, date(2026, 3, 21), False),
        (datetime(2026, 3, 23, 1, 0, tzinfo=clock.ZONE), date(2026, 3, 21), True),
        (datetime(2026, 3, 23, 9, 0, tzinfo=clock.ZONE), date(2026, 3, 21), False),
        (None, date(2026, 3, 23), True),
    ],
)
def test_on_days_off_goes_only_what_the_next_working_day_would_be_too_late_for(speaker, needed_by, day, goes):
    account, _body = speaker
    told(reminder(account, needed_by=needed_by))
    morning(day)
    assert len(digests()) == goes


def test_a_closed_account_has_no_digest(speaker, now):
    account, _body = speaker
    told(reminder(account))
    with rows():
        db.session.merge(account).disabled_at = now
    morning()
    assert digests() == []


def test_hostile_titles_stay_words_and_many_are_cut_short(speaker):
    account, _body = speaker
    event = make_event(HOSTILE)
    told(*(reminder(account, f"{n} {HOSTILE}", event_id=event.id) for n in range(53)))
    morning()
    (letter,) = digests()
    assert "\n" not in letter.subject and "{{link}}" not in letter.body
    assert "… và 3 điều nữa" in letter.body
    assert letter.body.count("BEGIN:VEVENT") == 51


def test_who_reads_english_reads_it_so(speaker):
    account, _body = speaker
    with rows():
        db.session.merge(account).locale = "en"
    told(reminder(account))
    morning()
    assert digests()[0].subject == "Summary of 19/03/2026: new 1"


def test_a_digest_keeps_quiet_hours(speaker, now):
    account, _body = speaker
    with unit_of_work():
        set_value(actor=SYSTEM, name="quiet_until", value="08:00", valid_from=THURSDAY, now=now)
    told(reminder(account))
    morning()
    (letter,) = digests()
    assert clock.local(letter.run_at).strftime("%H:%M %d/%m/%Y") == "08:00 19/03/2026"
