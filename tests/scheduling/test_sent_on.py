"""An entry that somebody sent on by hand stays where it went, until the person is reached elsewhere."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event, Session
from kstthc_training.mailroom.service import Redirection, readdress
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import NewAddress
from kstthc_training.people.models import Person
from kstthc_training.scheduling import service as scheduling
from tests.calendars.answering import later, organizer, seated
from tests.support.factories import make_event

SENT_ON, THIRD = "gui-tiep@mau.example", "nguoi-thu-ba@mau.example"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def person(event: Event) -> Person:
    """Somebody whose letter was sent on to another address, which the directory does not hold."""
    person = seated(event)
    letter_id = db.session.scalars(select(Message.id).where(Message.calendar.is_not(None))).one()
    to = NewAddress(old=person.email, new=SENT_ON)
    db.session.rollback()
    actor = organizer()
    with unit_of_work():
        readdress(actor=actor, message_id=letter_id, redirection=Redirection(to=to), now=clock.now())
    return person


def told_of_a_later_hour(event: Event) -> list[tuple[str | None, str]]:
    """What calendars are told when the event begins an hour later, and where."""
    last = db.session.scalars(select(Message.id).order_by(Message.id.desc()).limit(1)).one()
    with unit_of_work() as session:
        for each in session.scalars(select(Session).where(Session.event_id == event.id)):
            each.starts_at, each.ends_at = each.starts_at + timedelta(hours=1), each.ends_at + timedelta(hours=1)
            each.sequence += 1
    with unit_of_work():
        scheduling.follow(event.id, letters={}, now=later(minutes=1))
    rows = select(Message.calendar_method, Message.recipient).where(Message.id > last).order_by(Message.id)
    return [(method, recipient) for method, recipient in db.session.execute(rows)]


def test_what_becomes_of_the_entry_is_told_where_it_was_sent_on_to(event: Event, person: Person) -> None:
    assert told_of_a_later_hour(event) == [("REQUEST", SENT_ON)]


def test_it_leaves_when_the_directory_has_another_address(event: Event, person: Person) -> None:
    with unit_of_work() as session:
        session.get_one(Person, person.id).email = THIRD

    assert told_of_a_later_hour(event) == [("CANCEL", SENT_ON), ("REQUEST", THIRD)]
