"""People asked by mail, and what their calendar programs answer."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.inbox import service
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.service import Invitee
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling.models import CalendarSending
from tests.inbox.corpus.pieces import answer, letter
from tests.support.factories import make_account, make_person

_count = itertools.count(1)


def organizer() -> Actor:
    """Somebody who runs events."""
    account = make_account(Role.ORGANIZER)
    return Actor(
        account_id=account.id, person_id=account.person_id, display_name="Tổ chức", roles=frozenset({Role.ORGANIZER})
    )


def seated(event: Event, person: Person | None = None) -> Person:
    """Somebody registered, and so asked by mail; in the queue when the seats are taken."""
    person = person or make_person()
    actor = organizer()
    with unit_of_work():
        here = db.session.get_one(Person, person.id)
        source = RegistrationSource.ORGANIZER
        registrations.register(actor=actor, event=event, person=here, source=source, now=clock.now())
    return person


def invited(event: Event, person: Person | None = None) -> Person:
    """Somebody invited by name, and so asked by mail."""
    person = person or make_person()
    actor = organizer()
    with unit_of_work():
        invitations.invite(actor=actor, event_id=event.id, invitees=[Invitee(person_id=person.id)], now=clock.now())
    return person


def sending(event: Event, person: Person, session: int = 0) -> CalendarSending:
    """What somebody was sent of a session."""
    db.session.rollback()
    theirs = (CalendarSending.event_id == event.id) & (CalendarSending.person_id == person.id)
    rows = db.session.scalars(select(CalendarSending).where(theirs).execution_options(populate_existing=True)).all()
    row = sorted(rows, key=lambda each: each.session_id or 0)[session]
    db.session.expunge_all()
    db.session.rollback()
    return row


def mail_of(event: Event, person: Person, partstat: str = "DECLINED", *, session: int = 0, **fields: Any) -> bytes:
    """The letter in which somebody's program answers what he was sent last."""
    row = sending(event, person, session)
    sender, head = fields.pop("sender", person.email), fields.pop("head", "")
    at: datetime = fields.pop("at", clock.now())
    values = {"attendee": row.email, "uid": str(row.uid), "sequence": row.sequence or 0, "stamp": f"{at:%Y%m%dT%H%M%SZ}"}
    text = answer(fields.pop("method", "REPLY"), partstat, **{**values, **fields})
    number = next(_count)
    return letter(
        f"{head}From: {person.full_name.encode('ascii', 'ignore').decode()} <{sender}>\nTo: lich-hop@vp.example\n"
        f"Subject: Tra loi\nMessage-ID: <answer-{number}@mau.example>\nMIME-Version: 1.0\n"
        f'Content-Type: text/calendar; method=REPLY; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{text}'
    )


def arrives(octets: bytes, *, authserv_id: str = "", now: datetime | None = None) -> InboxMessage:
    """A letter comes in and is settled; the row as it stands then."""
    now = now or clock.now()
    with unit_of_work():
        message_id = service.keep(octets, is_cut=False, now=now)
    assert message_id is not None
    wiring = current_app.extensions["inbox"]
    with unit_of_work():
        service.settle(message_id=message_id, wiring=wiring, authserv_id=authserv_id, now=now)
    return row_of(message_id)


def row_of(message_id: int) -> InboxMessage:
    """A letter that came in, as it stands, detached."""
    db.session.rollback()
    row = db.session.get_one(InboxMessage, message_id, populate_existing=True)
    db.session.expunge(row)
    db.session.rollback()
    return row


def registration(event: Event, person: Person) -> Registration | None:
    """Somebody's registration as it stands, detached."""
    db.session.rollback()
    one = select(Registration).where(Registration.event_id == event.id, Registration.person_id == person.id)
    row = db.session.scalar(one.execution_options(populate_existing=True))
    if row is not None:
        db.session.expunge(row)
    db.session.rollback()
    return row


def invitation(event: Event, person: Person) -> Invitation:
    """Somebody's invitation as it stands, detached."""
    db.session.rollback()
    one = select(Invitation).where(Invitation.event_id == event.id, Invitation.person_id == person.id)
    row = db.session.scalars(one.execution_options(populate_existing=True)).one()
    db.session.expunge(row)
    db.session.rollback()
    return row


def later(**span: float) -> datetime:
    """Some time from now."""
    return clock.now() + timedelta(**span)
