"""Asking, withdrawing and following, whoever calls."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.models import Person
from kstthc_training.scheduling.enums import CalendarMail, Method
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.service import ask, choose, follow, note_subscribed, settle_wording, withdraw
from tests.scheduling.calendars import MailCalendar, letters, objects
from tests.support.factories import make_event, make_person


def asked(event: Event, person: Person, now: datetime) -> None:
    with unit_of_work():
        ask(event.id, [person.id], now=now)


def changed(event: Event, now: datetime, *, sequence: int, **values: object) -> None:
    """The event is something else now, and its sessions have gone through as many changes that count."""
    with unit_of_work():
        row = db.session.get_one(Event, event.id)
        for name, value in values.items():
            setattr(row, name, value)
        for session in db.session.scalars(select(Session).where(Session.event_id == event.id)):
            session.sequence, session.changed_at = sequence, now
        row.revision += 1
        follow(event.id, now=now)


def sending_of(person: Person) -> CalendarSending:
    db.session.expire_all()
    return db.session.scalars(select(CalendarSending).where(CalendarSending.person_id == person.id)).one()


def test_one_who_comes_is_asked_once_to_each_session(app: Flask, now: datetime) -> None:
    event, person = make_event(sessions=2), make_person()
    asked(event, person, now)
    asked(event, person, now)
    assert objects(person.email) == [("REQUEST", 0), ("REQUEST", 0)]
    assert [letter.kind for letter in letters()] == ["calendar-request"] * 2


def test_one_who_goes_and_comes_again_has_a_higher_number_each_time(app: Flask, now: datetime) -> None:
    event, person = make_event(), make_person()
    asked(event, person, now)
    with unit_of_work():
        withdraw(event.id, [person.id], now=now)
    asked(event, person, now)
    assert [each for each in objects(person.email)] == [("REQUEST", 2)]  # what still waited was overtaken
    assert (sending_of(person).sequence, sending_of(person).method) == (2, Method.REQUEST)


def test_one_who_goes_is_taken_out_where_he_was_asked(app: Flask, now: datetime) -> None:
    event, person = make_event(), make_person(email="cu@mau.example")
    asked(event, person, now)
    sent(now)
    with unit_of_work():
        withdraw(event.id, [person.id], now=now)
        withdraw(event.id, [person.id], now=now)
    assert objects("cu@mau.example") == [("REQUEST", 0), ("CANCEL", 1)]


def sent(now: datetime) -> None:
    """Everything that waits has gone out."""
    with unit_of_work():
        db.session.execute(update(Message).values(state=MessageState.SENT, sent_at=now))


def test_a_change_is_told_with_a_higher_number_and_what_it_is(app: Flask, now: datetime) -> None:
    event, person = make_event(online_url="https://hop.example/1", mode="online"), make_person()
    asked(event, person, now)
    sent(now)
    changed(event, now + timedelta(hours=1), sequence=1, online_url="https://hop.example/2")
    assert objects(person.email) == [("REQUEST", 0), ("REQUEST", 1)]
    said = "Thay đổi: Địa chỉ trực tuyến: https://hop.example/1 → https://hop.example/2."
    assert said in (letters()[-1].body or "").split("\n\n")


def test_called_off_and_dated_again_is_the_same_entry(app: Flask, now: datetime) -> None:
    event, person = make_event(), make_person()
    calendar = MailCalendar(person.email)
    asked(event, person, now)
    sent(now)
    changed(event, now, sequence=1, state=EventState.POSTPONED, state_reason="Bão")
    sent(now)
    calendar.receive(letters())
    (entry,) = calendar.entries.values()
    assert (entry.called_off, entry.summary) == (True, "Hoãn: Tập huấn mẫu")
    changed(event, now, sequence=2, state=EventState.RELEASED, state_reason="")
    calendar.receive(letters())
    (entry,) = calendar.entries.values()
    assert (entry.called_off, entry.sequence, calendar.falls) == (False, 2, [])


def test_wording_waits_for_more_of_it_and_is_one_letter(app: Flask, now: datetime) -> None:
    event, person = make_event(), make_person()
    asked(event, person, now)
    sent(now)
    changed(event, now + timedelta(minutes=1), sequence=0, title="Tập huấn mới")
    changed(event, now + timedelta(minutes=6), sequence=0, chair="Ông Ba")
    jobs = db.session.scalars(select(Job).where(Job.kind == "scheduling.settle_wording").order_by(Job.id)).all()
    assert [job.run_at - now for job in jobs] == [timedelta(minutes=11), timedelta(minutes=16)]
    for job in jobs:
        with unit_of_work():
            settle_wording(event_id=event.id, now=job.run_at)
    assert objects(person.email) == [("REQUEST", 0), ("REQUEST", 0)]
    assert "Thay đổi: Tên cuộc họp: Tập huấn mẫu → Tập huấn mới; Chủ trì: chưa có → Ông Ba." in (letters()[-1].body or "")


def test_whoever_wants_none_or_follows_his_feed_is_not_asked_but_told_of_what_he_holds(app: Flask, now: datetime) -> None:
    event, never, follows, holds = make_event(), make_person(), make_person(), make_person()
    asked(event, holds, now)
    sent(now)
    with unit_of_work():
        choose(person_id=never.id, mail=CalendarMail.NEVER)
        choose(person_id=holds.id, mail=CalendarMail.NEVER)
        note_subscribed(follows.id, now - timedelta(days=29))
        ask(event.id, [never.id, follows.id], now=now)
    changed(event, now, sequence=1, online_url="https://hop.example/2", mode="online")
    assert [objects(each.email) for each in (never, follows, holds)] == [[], [], [("REQUEST", 0), ("REQUEST", 1)]]


def test_an_address_at_which_two_are_reached_holds_an_entry_once(app: Flask, now: datetime) -> None:
    event, first, second = make_event(), make_person(email="vt@mau.example"), make_person(email="VT@mau.example")
    calendar = MailCalendar("vt@mau.example")
    asked(event, first, now)
    asked(event, second, now)
    sent(now)
    with unit_of_work():
        withdraw(event.id, [first.id], now=now)
    calendar.receive(letters())
    assert [entry.sequence for entry in calendar.entries.values()] == [2]
    assert calendar.falls == []


def test_a_new_address_is_asked_and_the_old_one_lets_go(app: Flask, now: datetime) -> None:
    event, person = make_event(), make_person(email="cu@mau.example")
    old, new = MailCalendar("cu@mau.example"), MailCalendar("moi@mau.example")
    asked(event, person, now)
    with unit_of_work():
        db.session.get_one(Person, person.id).email = "moi@mau.example"
    asked(event, person, now)
    old.receive(letters())
    new.receive(letters())
    assert (old.entries, [entry.sequence for entry in new.entries.values()]) == ({}, [2])


@pytest.mark.parametrize("email", ["", "nguyễn@mau.example", "a b@mau.example", "a@mau.example\r\nBcc: x@y.vn"])
def test_an_address_that_no_calendar_takes_is_not_asked(app: Flask, now: datetime, email: str) -> None:
    event, person = make_event(), make_person(email=email)
    asked(event, person, now)
    assert [letter.calendar for letter in letters()] == []
    assert (sending_of(person).wanted, sending_of(person).method) == (True, None)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED, EventState.POSTPONED])
def test_what_does_not_stand_is_not_asked_to(app: Flask, now: datetime, state: EventState) -> None:
    event, person = make_event(state=state), make_person()
    asked(event, person, now)
    assert letters() == []


def test_what_is_over_is_told_to_nobody(app: Flask, now: datetime) -> None:
    event, person = make_event(starts_at=now - timedelta(hours=3), sessions=2), make_person()
    asked(event, person, now)
    assert objects(person.email) == [("REQUEST", 0)]
    with unit_of_work():
        withdraw(event.id, [person.id], now=now + timedelta(days=2))
    assert objects(person.email) == [("REQUEST", 0)]
