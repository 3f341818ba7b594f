"""A letter with calendar data goes elsewhere: what is kept of that person's calendar goes with it."""

from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.service.persons import ADDRESS_CHANGED
from kstthc_training.scheduling.jobs import HANDLERS
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.service import ask, withdraw
from tests.mailroom.posted import kept
from tests.scheduling.calendars import objects
from tests.support.factories import make_event, make_person, make_registration

OLD, NEW = "mottcua@mau.example", "motcua@mau.example"


def test_entry_that_came_back_is_asked_for_and_withdrawn_at_the_new_address(browser, now):
    event, person = make_event(), make_person(email=OLD)
    make_registration(event, person)
    with unit_of_work():
        ask(event.id, [person.id], now=now)
    with unit_of_work():
        came_back = {"state": MessageState.BOUNCED, "sent_at": now, "last_error": "550 5.1.1 user unknown"}
        db.session.execute(update(Message).values(**came_back))
    message_id = db.session.scalars(select(Message.id)).one()

    form = {"seen": OLD, "address": "khac", "other": NEW, "in_directory": "1"}
    assert browser.post(f"/thu-di/{message_id}/dia-chi", data=form).status_code == 303

    assert f"mailto:{NEW}" in (kept(message_id).calendar or "").replace("\r\n ", "")
    assert db.session.scalars(select(CalendarSending.email)).all() == [NEW]
    for job in db.session.scalars(select(Job).where(Job.kind == ADDRESS_CHANGED)).all():
        HANDLERS[job.kind](job.payload, now)
    assert (objects(OLD), objects(NEW)) == ([], [("REQUEST", 0)])
    with unit_of_work():
        db.session.execute(update(Message).values(state=MessageState.SENT))
        withdraw(event.id, [person.id], now=now)
    assert (objects(OLD), objects(NEW)) == ([], [("REQUEST", 0), ("CANCEL", 1)])
