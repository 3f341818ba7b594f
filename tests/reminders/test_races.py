"""Several workers at one reminder, and one that was cut off: each recipient gets it once."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Job, Message
from kstthc_training.reminders import jobs, service
from tests.registrations.actors import registered
from tests.support.factories import make_event, make_person

pytestmark = pytest.mark.race


class CutOff(Exception):
    """The worker ended here."""


def a_reminder():
    """An event tomorrow with eight people, and the job that reminds them two hours before."""
    now = clock.now()
    event = make_event(starts_at=now + timedelta(hours=30))
    with clock.frozen(now - timedelta(days=1)):
        for n in range(8):
            registered(event, make_person(email=f"nguoi{n}@mau.example"))
    with unit_of_work():
        service.plan(event_id=event.id, now=now)
    job = db.session.scalars(select(Job).where(Job.kind == service.SEND).order_by(Job.run_at.desc())).first()
    return event, dict(job.payload), clock.at_local(clock.local_date(job.run_at), clock.local(job.run_at).time())


def told():
    db.session.rollback()
    return Counter(m.recipient for m in db.session.scalars(select(Message).where(Message.kind == "event-reminder")))


def test_eight_workers_remind_each_once(place, rivals):
    _event, payload, at = a_reminder()
    answers = rivals.run(*place, [("remind", {"payload": payload, "now": at.isoformat()})] * 8)
    assert answers == ["done"] * 8
    assert sorted(told().values()) == [1] * 8


def test_what_was_cut_off_is_done_again_whole(app):
    _event, payload, at = a_reminder()
    with pytest.raises(CutOff), unit_of_work():
        service.send(event_id=payload["event_id"], mark=payload["mark"], at=at, now=at)
        raise CutOff
    assert told() == {}
    for _again in range(2):
        jobs.send(payload, at)
    assert sorted(told().values()) == [1] * 8
