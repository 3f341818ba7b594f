"""The whole loop as the sample shows it: letters out and in, notices, calendars, reminders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kstthc_training import clock
from kstthc_training.calendars.queries import subscriptions_of
from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.calendars.replies.queries import answers_at
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.inbox.enums import MailKind, MailState, Why
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.mailroom.queries import subject_of
from kstthc_training.mailroom.queries.addresses import proposals
from kstthc_training.messages.models import Notice
from kstthc_training.messages.texts.models import MessageText
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Hold, Job, Message, Step
from kstthc_training.outbox.queries import any_letter, is_held_by_hold, letter_is_due, letter_is_paused
from kstthc_training.people.models import Account
from kstthc_training.registrations.models import Registration
from kstthc_training.reminders.models import ReminderRules, ReminderSending, ReminderSkip
from kstthc_training.reminders.service import SEND
from kstthc_training.sample.commands import keep_in_house
from kstthc_training.scheduling.enums import PartStat
from tests.sample import invariants
from tests.sample.conftest import TODAY

MIDNIGHT, _ = clock.day_bounds(TODAY, TODAY)
TRIED = ("to-chuc@mau.example", "dau-moi@mau.example", "phong-vien@mau.example", "lanh-dao@mau.example")

pytestmark = pytest.mark.usefixtures("reader")


def count(*conditions: object) -> int:
    return db.session.execute(select(func.count()).where(*conditions)).scalar_one()  # type: ignore[arg-type]


def account(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def path(letter: Message) -> list[PathStep]:
    return list(db.session.scalars(select(Step.what).where(Step.message_id == letter.id).order_by(Step.id)))


def the_letter(state: MessageState, *conditions: object) -> Message:
    return db.session.scalars(select(Message).where(Message.state == state, *conditions)).one()  # type: ignore[arg-type]


def test_what_is_derived_is_right_in_every_row() -> None:
    assert invariants.misled_letters() == set()
    assert invariants.answers_not_kept() == []
    assert invariants.unsent_entries() == []
    assert invariants.unmatched_notices() == set()


def test_the_letters_of_one_event_are_held_with_the_reason() -> None:
    hold = db.session.scalars(select(Hold)).one()
    held = count(Message.state == MessageState.WAITING, Message.event_id == hold.event_id, is_held_by_hold())
    assert (bool(hold.reason), held > 5) == (True, True)
    assert count(Message.state == MessageState.WAITING, is_held_by_hold(), Message.event_id != hold.event_id) == 0


def test_one_letter_came_back_and_other_addresses_are_at_hand() -> None:
    letter = the_letter(MessageState.BOUNCED)
    assert path(letter) == [PathStep.TAKEN, PathStep.BOUNCED]
    assert letter.last_error and letter.last_error.startswith("550 5.1.1")
    assert proposals(letter, subject_of(letter)) != []


def test_one_letter_was_refused_and_one_is_put_off_until_later() -> None:
    assert path(the_letter(MessageState.FAILED)) == [PathStep.REFUSED]
    put_off = the_letter(MessageState.WAITING, Message.tries > 0)
    assert set(path(put_off)) == {PathStep.PUT_OFF}
    assert (len(path(put_off)), put_off.run_at > MIDNIGHT + timedelta(hours=8)) == (put_off.tries, True)
    assert any_letter(letter_is_paused(MIDNIGHT + timedelta(hours=8)))


def test_letters_came_in_of_every_kind_that_people_meet() -> None:
    found = db.session.execute(select(InboxMessage.kind, InboxMessage.state, InboxMessage.reason)).all()
    assert sorted(map(tuple, found)) == sorted([
        (MailKind.CALENDAR, MailState.HANDLED, ReplyReason.NOTED),
        (MailKind.CALENDAR, MailState.HANDLED, ReplyReason.NOTED),
        (MailKind.CALENDAR, MailState.HANDLED, ReplyReason.NOTED),
        (MailKind.CALENDAR, MailState.HANDLED, ReplyReason.TAKEN_BACK),
        (MailKind.CALENDAR, MailState.HANDLED, ReplyReason.ACCEPTED),
        (MailKind.CALENDAR, MailState.REVIEW, ReplyReason.OLD_VERSION),
        (MailKind.CALENDAR, MailState.REVIEW, ReplyReason.COUNTERED),
        (MailKind.AUTOMATIC, MailState.HANDLED, Why.WRITTEN_BY_MACHINE),
        (MailKind.BOUNCE, MailState.HANDLED, Why.LETTER_BOUNCED),
        (MailKind.ORDINARY, MailState.REVIEW, Why.WRITTEN_BY_SOMEBODY),
    ])  # fmt: skip
    assert count(InboxMessage.subject.contains("báo chí")) >= 6


def test_answers_by_mail_stand_with_those_registered() -> None:
    event_id = db.session.scalars(select(InboxMessage.event_id).where(InboxMessage.reason == ReplyReason.TAKEN_BACK)).one()
    answers = {answer.partstat for answer in answers_at(event_id or 0).values()}
    assert answers == {PartStat.ACCEPTED, PartStat.TENTATIVE, PartStat.DECLINED}
    leader = account("lanh-dao@mau.example").person_id
    assert count(Registration.person_id == leader, Registration.holds_seat) == 1


@pytest.mark.parametrize("login", TRIED)
def test_who_tries_an_account_has_notices_read_and_unread(province: Flask, login: str) -> None:
    own = Notice.account_id == account(login).id
    assert (count(own, Notice.read_at.is_(None)) > 0, count(own, Notice.read_at.is_not(None)) > 0) == (True, True)


def test_two_programs_follow_calendars_and_reminders_are_planned_sent_and_left_out() -> None:
    assert len(subscriptions_of(account("phong-vien@mau.example").person_id)) == 2
    assert count(Job.kind == SEND, Job.run_at > MIDNIGHT) > 0
    coming = select(Event.id).where(Event.starts_at > MIDNIGHT)
    for table in (ReminderRules, ReminderSkip, ReminderSending):
        assert count(table.event_id.in_(coming)) > 0
    assert count(MessageText.version == 1, MessageText.body.contains("trân trọng thông báo")) == 1


@pytest.fixture
def with_mail_server(province: Flask) -> Iterator[Flask]:
    before = province.config["SETTINGS"]
    province.config["SETTINGS"] = replace(before, smtp_host="mail.mau.example")
    yield province
    province.config["SETTINGS"] = before
    with unit_of_work():
        db.session.delete(db.session.get_one(Hold, 0))


def test_no_letter_of_the_sample_goes_to_a_mail_server(with_mail_server: Flask) -> None:
    later = MIDNIGHT + timedelta(days=60)
    assert any_letter(letter_is_due(later))
    db.session.rollback()
    keep_in_house()
    keep_in_house()
    assert not any_letter(letter_is_due(later))
    assert not any_letter(letter_is_paused(MIDNIGHT + timedelta(hours=8)))


def test_without_a_mail_server_nothing_but_the_one_event_is_held(province: Flask) -> None:
    keep_in_house()
    assert count(Hold.event_id.is_(None)) == 0


def test_an_entry_changed_by_hand_is_noticed() -> None:
    db.session.execute(update(Message).where(Message.state == MessageState.BOUNCED).values(state=MessageState.SENT))
    assert len(invariants.misled_letters()) == 1
