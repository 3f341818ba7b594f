"""Answers of calendar programs do what their senders' buttons do, once, and nothing else moves anything."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.calendars.replies import confirm, undo
from kstthc_training.calendars.replies.enums import ReplyReason as R
from kstthc_training.calendars.replies.queries import answers_at
from kstthc_training.db import db, unit_of_work
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.errors import AlreadySettled
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.mailroom.service import Redirection
from kstthc_training.mailroom.service import readdress as send_elsewhere
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import NewAddress
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import RegistrationRules
from kstthc_training.scheduling.enums import Method, PartStat
from tests.calendars.answering import (
    arrives,
    invitation,
    invited,
    later,
    mail_of,
    organizer,
    registration,
    seated,
    sending,
)
from tests.support.factories import make_event, make_person

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED


def state_of(event, person) -> RegistrationState | None:
    found = registration(event, person)
    return found.state if found else None


def letters_to(person, *, calendar: bool | None = None) -> list[Message]:
    db.session.rollback()
    rows = db.session.scalars(select(Message).where(Message.recipient == person.email).order_by(Message.id)).all()
    return [row for row in rows if calendar is None or bool(row.calendar) is calendar]


def test_who_declines_gives_his_seat_back_and_the_next_gets_it(app: Flask) -> None:
    event = make_event(capacity=1)
    person, next_one = seated(event), seated(event)

    row = arrives(mail_of(event, person))

    assert (row.state, row.reason) == (MailState.HANDLED, R.TAKEN_BACK)
    assert (state_of(event, person), state_of(event, next_one)) == (CANCELLED, CONFIRMED)
    assert (row.event_id, row.person_id) == (event.id, person.id)
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.actor_name.startswith("thư trả lời của "))).all()
    assert sorted(acts) == ["calendar.answered", "registration.cancelled"]


def test_who_declines_an_invitation_says_no_with_his_words_as_the_reason(app: Flask) -> None:
    event = make_event()
    person = invited(event)

    row = arrives(mail_of(event, person, more=("COMMENT:Bận họp\\, xin vắng",)))

    assert (row.state, row.reason) == (MailState.HANDLED, R.DECLINED)
    found = invitation(event, person)
    assert (found.answer, found.reason) == (InvitationAnswer.DECLINED, "Bận họp, xin vắng")


def test_who_accepts_an_invitation_registers_as_by_the_button(app: Flask) -> None:
    event = make_event(capacity=1)
    first, second = invited(event), invited(event)

    answers = [arrives(mail_of(event, each, "ACCEPTED")).facts["standing"] for each in (first, second)]

    assert answers == [CONFIRMED, WAITING]
    assert invitation(event, second).answer is InvitationAnswer.ACCEPTED
    assert len(letters_to(second)) == 2


def test_who_accepts_where_all_are_decided_on_awaits_the_decision(app: Flask) -> None:
    event = make_event()
    person = invited(event)
    with unit_of_work() as session:
        session.add(RegistrationRules(event_id=event.id, admission="allocation"))

    row = arrives(mail_of(event, person, "ACCEPTED"))

    assert (row.reason, state_of(event, person)) == (R.ACCEPTED, RegistrationState.PENDING)


def test_who_declined_and_then_accepts_what_was_taken_out_again_comes_when_people_say_so(app: Flask) -> None:
    event = make_event()
    person = invited(event)
    accepts = mail_of(event, person, "ACCEPTED", at=later(minutes=5))
    arrives(mail_of(event, person, "DECLINED"))

    row = arrives(accepts, now=later(minutes=6))
    actor = organizer()
    with unit_of_work():
        confirm(actor=actor, message_id=row.id, now=later(minutes=7))

    assert (row.state, row.reason) == (MailState.REVIEW, R.NO_LONGER_ASKED)
    assert (state_of(event, person), invitation(event, person).answer) == (CONFIRMED, InvitationAnswer.ACCEPTED)


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_who_has_a_seat_and_says_so_is_noted(app: Flask, partstat: str) -> None:
    event = make_event()
    person = seated(event)
    before = len(letters_to(person))

    row = arrives(mail_of(event, person, partstat))

    assert (row.state, row.reason) == (MailState.HANDLED, R.NOTED)
    assert (sending(event, person).partstat, state_of(event, person)) == (PartStat(partstat), CONFIRMED)
    assert (answers_at(event.id)[person.id].partstat, len(letters_to(person))) == (PartStat(partstat), before)


def test_the_same_answer_again_does_nothing(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    one, other = mail_of(event, person, "TENTATIVE"), mail_of(event, person, "TENTATIVE")
    arrives(one)

    assert arrives(other).reason == R.SAME_ANSWER


def test_an_older_answer_that_comes_late_is_dropped(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    old = mail_of(event, person, "DECLINED", at=later(minutes=-5))
    arrives(mail_of(event, person, "ACCEPTED"))

    row = arrives(old)

    assert (row.state, row.reason, state_of(event, person)) == (MailState.IGNORED, R.NEWER_ANSWER_TAKEN, CONFIRMED)


def test_a_clock_that_runs_years_ahead_silences_nobody(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    arrives(mail_of(event, person, "ACCEPTED", at=later(days=5000)))

    row = arrives(mail_of(event, person, "TENTATIVE", at=later(minutes=10)), now=later(minutes=11))

    assert (row.reason, sending(event, person).partstat) == (R.NOTED, PartStat.TENTATIVE)


def test_an_answer_to_an_older_version_is_shown_and_changes_nothing(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    octets = mail_of(event, person)
    with unit_of_work() as session:
        session.get_one(type(sending(event, person)), sending(event, person).id).sequence = 3

    row = arrives(octets)

    assert (row.state, row.reason, state_of(event, person)) == (MailState.REVIEW, R.OLD_VERSION, CONFIRMED)
    assert sending(event, person).reply_stamped_at is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"sender": "ai-do@mau.example"}, R.OTHER_SENDER),
        ({"attendee": "ai-do@mau.example"}, R.NOT_INVITED),
        ({"uid": "6b1c2f0e-2f64-4d0e-9a6c-0d8f4f0a1b2c"}, R.UNKNOWN_ENTRY),
        ({"uid": "42@intranet"}, R.MALFORMED),
        ({"sequence": 7}, R.MADE_UP_VERSION),
        ({"more": ("ATTENDEE;PARTSTAT=DECLINED:mailto:hai@mau.example",)}, R.MALFORMED),
        ({"more": ("RECURRENCE-ID:20260325T020000Z",)}, R.MALFORMED),
        ({"stamp": "never"}, R.MALFORMED),
        ({"partstat": "DELEGATED"}, R.DELEGATED),
        ({"method": "COUNTER", "partstat": "TENTATIVE"}, R.COUNTERED),
    ],
)
def test_what_is_not_plainly_his_answer_is_shown_and_changes_nothing(app: Flask, fields, reason: R) -> None:
    event = make_event()
    person = seated(event)

    row = arrives(mail_of(event, person, **{"partstat": "DECLINED", **fields}))

    assert (row.state, row.reason) == (MailState.REVIEW, reason)
    assert state_of(event, person) is CONFIRMED


def test_an_answer_without_organizer_counts(app: Flask) -> None:
    event = make_event()
    person = seated(event)

    assert arrives(mail_of(event, person, organizer="")).reason == R.TAKEN_BACK


def test_an_answer_that_our_server_found_forged_is_shown(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    head = "Authentication-Results: mx.vp.example; dmarc=fail\n"

    forged = arrives(mail_of(event, person, head=head), authserv_id="mx.vp.example")
    unlooked = arrives(mail_of(event, person, head=head))

    assert (forged.reason, unlooked.reason) == (R.FORGED, R.TAKEN_BACK)


def test_once_it_began_nothing_is_given_back_by_mail(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    octets = mail_of(event, person, at=event.starts_at + timedelta(hours=1))

    row = arrives(octets, now=event.starts_at + timedelta(hours=1))

    assert (row.state, row.reason, state_of(event, person)) == (MailState.REVIEW, R.NOT_DONE, CONFIRMED)
    assert row.facts["refusal"] == "AlreadyBegun"


def test_who_declines_one_session_of_several_keeps_his_seat_until_all_are_declined(app: Flask) -> None:
    event = make_event(sessions=2)
    person = seated(event)

    first = arrives(mail_of(event, person, session=0))
    between = (first.state, first.reason, state_of(event, person))
    second = arrives(mail_of(event, person, session=1))

    assert between == (MailState.REVIEW, R.ONE_SESSION, CONFIRMED)
    assert (second.reason, state_of(event, person)) == (R.TAKEN_BACK, CANCELLED)


def test_people_confirm_an_answer_as_his_once(app: Flask, now) -> None:
    event = make_event(sessions=2)
    person = seated(event)
    row = arrives(mail_of(event, person))
    actor = organizer()

    with unit_of_work():
        confirm(actor=actor, message_id=row.id, now=now)

    assert state_of(event, person) is CANCELLED
    with pytest.raises(AlreadySettled), unit_of_work():
        confirm(actor=actor, message_id=row.id, now=now)


def test_what_an_answer_did_is_taken_back(app: Flask, now) -> None:
    event = make_event()
    person, guest = seated(event), invited(event)
    declined, accepted = arrives(mail_of(event, person)), arrives(mail_of(event, guest, "ACCEPTED"))
    actor = organizer()

    for row in (declined, accepted):
        with unit_of_work():
            undo(actor=actor, message_id=row.id, now=now)

    assert (state_of(event, person), state_of(event, guest)) == (CONFIRMED, CANCELLED)


def test_a_program_that_asks_is_sent_the_same_once_an_hour(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    before = sending(event, person)

    first = arrives(mail_of(event, person, "", method="REFRESH"))
    second = arrives(mail_of(event, person, "", method="REFRESH"), now=later(minutes=59))
    third = arrives(mail_of(event, person, "", method="REFRESH"), now=later(minutes=61))

    assert [row.reason for row in (first, second, third)] == [R.SENT_ANEW, R.SENT_JUST_NOW, R.SENT_ANEW]
    sent = letters_to(person)
    assert (len(sent), sent[-1].calendar_method) == (3, Method.REQUEST)
    assert sending(event, person).sequence == before.sequence


def test_nothing_is_sent_to_a_machine_that_asks(app: Flask) -> None:
    event = make_event()
    person = seated(event)
    count = len(letters_to(person))

    row = arrives(mail_of(event, person, "", method="REFRESH", head="Auto-Submitted: auto-replied\n"))

    assert (row.reason, len(letters_to(person))) == (R.ASKED_BY_MACHINE, count)


def test_two_programs_that_answer_each_other_come_to_rest(app: Flask) -> None:
    event = make_event()
    person = invited(event)
    for minute in range(5):
        arrives(mail_of(event, person, "ACCEPTED", at=later(minutes=minute), head="Auto-Submitted: auto-generated\n"))
    with app.app_context():
        letters = db.session.scalar(select(func.count()).select_from(Message).where(Message.recipient == person.email))

    assert letters == 2  # the invitation, and that he is registered


def test_somebody_at_the_same_address_answers_for_whom_it_was_asked(app: Flask) -> None:
    event = make_event()
    shared = "van-thu@mau.example"
    one, two = make_person(email=shared), make_person(email=shared)
    seated(event, one)
    seated(event, two)

    arrives(mail_of(event, one))

    assert (state_of(event, one), state_of(event, two)) == (CANCELLED, CONFIRMED)


def test_a_letter_sent_on_to_another_invitees_mailbox_leaves_his_entry_alone(app: Flask) -> None:
    event = make_event()
    lost, other = seated(event), seated(event)
    letter_id = letters_to(lost, calendar=True)[0].id
    to = NewAddress(old=lost.email, new=other.email.upper())

    with unit_of_work():
        send_elsewhere(
            actor=organizer(), message_id=letter_id, redirection=Redirection(to=to, in_directory=True), now=later()
        )
    row = arrives(mail_of(event, other))

    db.session.rollback()
    sent_on = db.session.get_one(Message, letter_id, populate_existing=True)
    assert (sent_on.recipient, sent_on.calendar, sent_on.calendar_method, sent_on.calendar_uid) == (to.new, None, None, None)
    assert (row.person_id, row.reason) == (other.id, R.TAKEN_BACK)
    assert (state_of(event, lost), state_of(event, other)) == (CONFIRMED, CANCELLED)
