"""Calendars of people who are reached elsewhere, were there twice, or are erased."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.identity import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import ADDRESS_CHANGED, PersonDraft, change_person
from kstthc_training.privacy.service.erasing import erase, forget_last_letter
from kstthc_training.scheduling.jobs import HANDLERS
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.service import ask
from tests.directory.unitings import parted, united
from tests.scheduling.calendars import MailCalendar, letters, objects
from tests.support.factories import make_account, make_event, make_person, make_registration


def registered(event: Event, person: Person, now: datetime) -> None:
    """A seat, and the entry that goes with it, gone out."""
    make_registration(event, person)
    with unit_of_work():
        ask(event.id, [person.id], now=now)
    with unit_of_work():
        db.session.execute(update(Message).values(state=MessageState.SENT, sent_at=now))


def test_what_somebody_holds_follows_him_to_his_new_address(app: Flask, now: datetime) -> None:
    event, person = make_event(sessions=2), make_person(email="cu@mau.example")
    registered(event, person, now)
    with unit_of_work():
        draft = PersonDraft(full_name=person.full_name, email="moi@mau.example")
        change_person(actor=SYSTEM, person=person, draft=draft, version=person.version, now=now)
    (job,) = db.session.scalars(select(Job).where(Job.kind == ADDRESS_CHANGED)).all()
    for _ in range(2):
        HANDLERS[job.kind](job.payload, now)
    assert objects("cu@mau.example") == [("REQUEST", 0), ("REQUEST", 0), ("CANCEL", 1), ("CANCEL", 1)]
    assert objects("moi@mau.example") == [("REQUEST", 2), ("REQUEST", 2)]


def test_rows_that_are_one_in_one_mailbox_are_told_nothing(app: Flask, now: datetime) -> None:
    kept, other = (make_person("Lê Thị Hoa", email="hoa@mau.example") for _ in range(2))
    event = make_event()
    registered(event, other, now)
    united(kept, other)
    assert objects("hoa@mau.example") == [("REQUEST", 0)]
    (row,) = db.session.scalars(select(CalendarSending).where(CalendarSending.wanted)).all()
    assert (row.person_id, row.sequence) == (kept.id, 0)


def test_rows_that_are_one_leave_the_mailbox_that_is_no_more(app: Flask, now: datetime) -> None:
    kept, other = make_person("Lê Thị Hoa", email="moi@mau.example"), make_person("Lê Thị Hoa", email="cu@mau.example")
    first, both = make_event(), make_event()
    registered(first, other, now)
    registered(both, kept, now)
    registered(both, other, now)
    act = united(kept, other)
    old, new = MailCalendar("cu@mau.example"), MailCalendar("moi@mau.example")
    old.receive(letters())
    new.receive(letters())
    assert (old.entries, len(new.entries)) == ({}, 2)
    parted(act)
    old.receive(letters())
    new.receive(letters())
    assert (len(old.entries), len(new.entries), old.falls, new.falls) == (2, 1, [], [])


@pytest.fixture
def administrator(app: Flask) -> Actor:
    for _ in range(2):
        account = make_account(Role.ADMINISTRATOR)
    return Actor(account_id=account.id, person_id=account.person_id, roles=frozenset({Role.ADMINISTRATOR}))


def test_an_erasure_takes_the_entry_out_of_the_calendar_and_keeps_nothing(administrator: Actor, now: datetime) -> None:
    event, person = make_event(), make_person("Vi Văn Xóa", email="xoa@mau.example")
    registered(event, person, now)
    with unit_of_work():
        erase(actor=administrator, person_id=person.id, typed="Vi Văn Xóa", now=now)
    calendar = MailCalendar("xoa@mau.example")
    assert objects("xoa@mau.example") == [("CANCEL", 1)]  # the first letter is empty by now
    calendar.receive(letters())
    assert calendar.entries == {}
    assert db.session.scalar(select(func.count()).select_from(CalendarSending)) == 0
    jobs = db.session.scalars(select(Job).where(Job.kind == "privacy.forget_last_letter")).all()
    with unit_of_work():
        for job in jobs:
            forget_last_letter(key=job.payload["key"])
    texts = [f"{each.recipient} {each.recipient_name} {each.body} {each.calendar}" for each in letters()]
    assert [text for text in texts if "Xóa" in text or "xoa@" in text] == []
