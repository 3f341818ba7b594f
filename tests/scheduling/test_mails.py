"""Whole mails, as they go over the line; and words of people that would be something else."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import vobject
from flask import Flask
from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event, Session
from kstthc_training.outbox.composing import compose
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.wiring import Wiring
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.service import register, substitute
from kstthc_training.scheduling.service import ask, withdraw
from kstthc_training.scheduling.words import object_words
from tests.registrations.actors import an_organizer
from tests.scheduling.calendars import letters, object_of
from tests.support.factories import make_event, make_organisation, make_person

GOLDEN = Path(__file__).parent / "golden"
WIRING = Wiring(jobs={}, daily={}, links={}, sender_name=lambda at: "Văn phòng UBND tỉnh")


def known_event() -> Event:
    """An event of which every octet is known."""
    event = make_event(
        "Tập huấn; chuyển đổi số, lần 2", number=118, starts_at=datetime(2026, 4, 2, 1, 0, tzinfo=UTC), chair="Bà Ba",
        description="Mang theo:\n- máy tính", contact_name="Lan", mode="online", online_url="https://hop.example/1",
    )  # fmt: skip
    with unit_of_work():
        uid = UUID("6f1d2c3b-4a59-4e68-8b7a-0c1d2e3f4a5b")
        db.session.execute(update(Session).where(Session.event_id == event.id).values(uid=uid))
    return event


def octets(number: int) -> bytes:
    """The mail of a letter under a Message-ID that is known."""
    letter = letters()[number]
    db.session.expunge(letter)
    letter.message_id = "<mau@lich-hop>"
    return compose(letter, sender="lich-hop@vp.example", wiring=WIRING).octets


def test_mails_that_ask_and_cancel_are_these_octets(app: Flask, now: datetime) -> None:
    event, person = known_event(), make_person("Nguyễn Thị Lan", email="lan@mau.example")
    with unit_of_work():
        ask(event.id, [person.id], now=now)
    asked = octets(0)
    with unit_of_work():
        withdraw(event.id, [person.id], now=now)
    assert asked == (GOLDEN / "request.eml").read_bytes()
    assert octets(1) == (GOLDEN / "cancel.eml").read_bytes()


HOSTILE = [
    "Họp\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1",
    "BEGIN:VEVENT",
    "a\r\nBcc: tat-ca@mau.example",
    'x";CN=khac:mailto:khac@mau.example,',
    "C:\\Nam; \\N, \\; {{link}} %(x)s {ho_ten}",
    "\u2028METHOD:CANCEL",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_people_stay_words_in_every_part(app: Flask, now: datetime, words: str) -> None:
    with unit_of_work():
        organizer = make_organisation(words[:40])
    event = make_event(words, host_id=organizer.id, description=words, online_url="https://hop.example/1", mode="online")
    person = make_person(words, email="lan@mau.example")
    with unit_of_work():
        ask(event.id, [person.id], now=now)
    (letter,) = letters()
    mail: Any = message_from_bytes(compose(letter, sender="lich-hop@vp.example", wiring=WIRING).octets, policy=default)
    headers = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
    assert sorted(name.lower() for name in mail) == sorted(name.lower() for name in headers)
    assert [each.addr_spec for each in mail["To"].addresses] == ["lan@mau.example"]
    calendar = object_of(letter)
    (entry,) = calendar.walk("VEVENT")
    stored = db.session.get_one(Event, event.id)
    assert [str(calendar["METHOD"]), str(entry["SUMMARY"])] == ["REQUEST", stored.title]
    assert [str(entry["ATTENDEE"]), str(entry["ORGANIZER"])] == ["mailto:lan@mau.example", "mailto:lich-hop@localhost"]
    read = vobject.readOne(letter.calendar)
    assert (read.vevent.summary.value, len(read.vevent_list)) == (stored.title, 1)


def test_who_comes_in_anothers_place_is_asked_and_the_other_let_go(app: Flask, now: datetime) -> None:
    body = make_organisation()
    first, second = (make_person(organisation_id=body.id) for _ in range(2))
    event = make_event()
    with unit_of_work():
        registration = register(
            actor=an_organizer(), event=event, person=first, source=RegistrationSource.ORGANIZER, now=now
        )
        person = db.session.get_one(Person, second.id)
        substitute(actor=an_organizer(), registration=registration, person=person, now=now)
    said = [(each.kind, each.recipient, each.calendar_method) for each in letters()]
    assert said == [
        ("registration-confirmed", first.email, None),  # overtaken before it went
        ("registration-taken-back", first.email, "CANCEL"),
        ("registration-confirmed", second.email, "REQUEST"),
    ]


def test_a_session_is_called_by_its_own_name_or_by_its_number(app: Flask, now: datetime) -> None:
    event, person = make_event("Tập huấn", sessions=2), make_person()
    with unit_of_work():
        db.session.execute(
            update(Session).where(Session.event_id == event.id, Session.position == 1).values(name="Buổi chiều")
        )
    with unit_of_work():
        ask(event.id, [person.id], now=now)
    titles = [letter.subject.partition(": ")[2] for letter in letters()]
    assert titles == ["Tập huấn, buổi 1/2", "Tập huấn, Buổi chiều"]


def test_the_page_of_a_letter_names_what_it_asks(app: Flask, now: datetime) -> None:
    event, person = make_event("Tập huấn", sessions=2), make_person()
    with app.test_request_context(), unit_of_work():
        ask(event.id, [person.id], now=now)
        withdraw(event.id, [person.id], now=now)
        words = [object_words(each) for each in db.session.scalars(select(Message.calendar).order_by(Message.id)) if each]
    assert words == [f"Hủy khỏi lịch: Tập huấn – buổi {number}/2 (phiên bản 1)" for number in (1, 2)]
