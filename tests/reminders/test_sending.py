"""Reminders: relative to the event or a deadline, to whom they concern, once, and never of what was moved or called off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service as invitations
from kstthc_training.outbox.job_round import JobRound
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.reminders import jobs, service
from kstthc_training.reminders.policy import Rules
from kstthc_training.settings.service import set_value
from tests.invitations.asked import accepted, deadlines, declined, invited
from tests.invitations.test_events import an_event, changed
from tests.invitations.test_events import moved as moved_by
from tests.registrations.actors import an_organizer, cancelled, registered
from tests.registrations.seats import a_member, named
from tests.support.factories import make_event, make_organisation, make_person, make_registration, rows

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def event(now):
    """Ten days ahead, at 09:00."""
    return make_event(starts_at=now + 10 * DAY)


def planned(event_id=None):
    """The instants of the reminders that wait, as jobs, in order."""
    db.session.rollback()
    rows = db.session.scalars(select(Job).where(Job.kind == service.SEND).order_by(Job.run_at))
    return [job for job in rows if event_id in (None, job.payload["event_id"])]


def plan(event, now):
    with unit_of_work():
        service.plan(event_id=event.id, now=now)


def run(job, now=None):
    jobs.send(job.payload, now or job.run_at)


def told(kind="event-reminder"):
    db.session.rollback()
    return [m.recipient for m in db.session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id))]


def a_seat(event, email, *, now):
    with clock.frozen(now):
        return registered(event, make_person(email=email))


def moved(event, by):
    with rows() as session:
        row = session.get_one(Event, event.id)
        row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by


def stands(event, state):
    with rows() as session:
        session.get_one(Event, event.id).state = state


def test_those_with_a_seat_are_reminded_a_day_and_two_hours_before_each_once(event, now):
    a_seat(event, "an@mau.example", now=now)
    start = event.starts_at
    plan(event, start - 2 * DAY)
    plan(event, start - DAY - HOUR)
    day, hours = planned()
    assert [job.run_at for job in (day, hours)] == [start - DAY, start - 2 * HOUR]
    for job in (day, day, hours, hours):
        run(job)
    assert told() == ["an@mau.example"] * 2
    subjects = [m.subject for m in db.session.scalars(select(Message).where(Message.kind == "event-reminder"))]
    assert [s.partition(":")[0] for s in subjects] == ["Nhắc lịch họp ngày mai", "Nhắc lịch họp hôm nay"]


def test_who_waits_gave_up_or_came_lately_is_not_reminded(now):
    event = make_event(starts_at=now + 10 * DAY, capacity=2)
    start = event.starts_at
    a_seat(event, "co-cho@mau.example", now=now)
    gone = a_seat(event, "thoi@mau.example", now=now)
    cancelled(gone)
    plan(event, start - 2 * DAY)
    late = a_seat(event, "moi@mau.example", now=start - DAY - HOUR)
    waits = a_seat(event, "cho@mau.example", now=now)
    assert (late.state, waits.state) == (RegistrationState.CONFIRMED, RegistrationState.WAITING)
    run(planned()[0])
    assert told() == ["co-cho@mau.example"]
    run(planned()[1])
    assert told() == ["co-cho@mau.example", "co-cho@mau.example", "moi@mau.example"]


def test_a_moved_event_is_reminded_of_at_its_new_time_and_the_old_job_finds_nothing(event, now):
    a_seat(event, "an@mau.example", now=now)
    plan(event, event.starts_at - 2 * DAY)
    old = planned()[0]
    moved(event, DAY)
    run(old)
    assert told() == []
    jobs.plan({"event_id": event.id}, event.starts_at - DAY)
    new = [job for job in planned() if job.run_at == event.starts_at]
    run(*new)
    assert told() == ["an@mau.example"]


@pytest.mark.parametrize("state", [EventState.POSTPONED, EventState.CANCELLED])
def test_nobody_is_reminded_of_what_does_not_take_place(event, now, state):
    a_seat(event, "an@mau.example", now=now)
    plan(event, event.starts_at - 2 * DAY)
    stands(event, state)
    for job in planned():
        run(job)
    assert told() == []


def test_a_late_worker_reminds_once_by_the_latest_and_never_after_the_start(event, now):
    a_seat(event, "an@mau.example", now=now)
    start = event.starts_at
    plan(event, start - 2 * DAY)
    day, hours = planned()
    run(day, start - HOUR)
    assert told() == []
    run(hours, start)
    assert told() == []
    run(hours, start - HOUR)
    assert told() == ["an@mau.example"]


def test_a_reminder_in_the_night_goes_at_half_past_six_or_the_evening_before(now):
    early = make_event(starts_at=now + 10 * DAY - 2 * HOUR)  # 07:00
    a_seat(early, "som@mau.example", now=now)
    plan(early, early.starts_at - 2 * DAY)
    assert [clock.local(job.run_at).strftime("%H:%M") for job in planned()] == ["07:00", "20:45"]
    run(planned()[1])
    assert told() == ["som@mau.example"]
    later = make_event(starts_at=now + 10 * DAY - HOUR)  # 08:00
    plan(later, later.starts_at - 2 * DAY)
    assert clock.local(planned(later.id)[-1].run_at).strftime("%H:%M") == "06:30"


def test_a_worker_that_wakes_up_in_quiet_hours_waits_for_the_morning(event, now):
    a_seat(event, "an@mau.example", now=now)
    start = event.starts_at
    plan(event, start - 2 * DAY)
    run(planned()[0], start - 11 * HOUR)  # 22:00 the evening before
    assert told() == []
    again = planned()[1]
    assert clock.local(again.run_at).strftime("%H:%M") == "06:30"
    run(again)
    assert told() == ["an@mau.example"]


def test_the_office_sets_the_usual_and_an_event_its_own(event, now):
    start = event.starts_at
    with unit_of_work():
        set_value(actor=SYSTEM, name="reminder_minutes", value=[3 * 24 * 60], valid_from=now.date(), now=now)
    plan(event, start - 4 * DAY)
    assert [job.run_at for job in planned()] == [start - 3 * DAY]
    with unit_of_work():
        service.set_rules(
            actor=an_organizer(), event_id=event.id, rules=Rules(minutes_before=(60,), names_days=()), now=start - DAY
        )
    assert [job.run_at for job in planned()] == [start - 3 * DAY, start - HOUR]
    a_seat(event, "an@mau.example", now=now)
    run(planned()[0])
    assert told() == []


def test_every_day_plans_what_is_near(event, now):
    far = make_event(starts_at=now + 30 * DAY)
    jobs.plan_day({"day": "2026-03-26"}, event.starts_at - 2 * DAY)
    assert len(planned(event.id)) == 2
    assert planned(far.id) == []


def test_focal_points_that_owe_names_are_reminded_until_they_named(event, now):
    owing, done, no = (make_organisation(f"UBND xã {n}", email=f"{n}@mau.example") for n in ("a", "b", "c"))
    first, second, third = invited(event, owing, done, no, places=2)
    deadlines(event, now + 8 * DAY)
    accepted(first, places=2)
    accepted(second, places=1)
    declined(third)
    named(event, a_member(done))
    plan(event, event.starts_at - 4 * DAY)
    names = [job for job in planned() if job.payload["mark"].startswith("names:3")]
    run(*names)
    run(*names)
    assert told("names-reminder") == ["a@mau.example"]
    letter = db.session.scalars(select(Message).where(Message.kind == "names-reminder")).one()
    assert "còn 2 chỗ đã nhận mà chưa gửi tên" in letter.body
    assert letter.link_purpose == "invitation"


def test_an_event_edited_or_dated_again_asks_to_be_planned_and_a_postponed_one_does_not(now):
    def asked():
        db.session.rollback()
        return len(db.session.scalars(select(Job).where(Job.kind == "events.timed")).all())

    event = an_event()
    with unit_of_work():
        row = db.session.get_one(Event, event.id)
        invitations.postpone_event(actor=an_organizer(), event=row, reason="Bão", now=now)
    assert asked() == 0
    changed(event, now, sessions=moved_by(event, DAY))
    assert asked() == 1


def test_many_are_reminded_by_as_many_statements_as_few(now, statements):
    counts = []
    for size in (2, 12):
        event = make_event(starts_at=now + 10 * DAY)
        for n in range(size):
            a_seat(event, f"nguoi{size}-{n}@mau.example", now=now)
        plan(event, event.starts_at - 2 * DAY)
        job = planned(event.id)[0]
        with statements() as seen:
            run(job)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(told()) == 14


def work_at(app, at):
    """What a worker does with the jobs that are due at an instant."""
    with clock.frozen(at):
        turns = JobRound(app.extensions["outbox"], worker="w")
        while turns.turn():
            pass


def test_the_worker_plans_what_an_edit_moved_and_reminds_at_the_new_time(app, now):
    event = an_event(starts_at=now + 30 * HOUR)  # tomorrow at 15:00
    a_seat(event, "an@mau.example", now=now - DAY)
    plan(event, now)
    changed(event, now, sessions=moved_by(event, HOUR))
    work_at(app, now)
    start = event.starts_at + HOUR
    assert [job.run_at for job in planned() if job.run_at >= start - 2 * HOUR] == [start - 2 * HOUR]
    work_at(app, event.starts_at - 2 * HOUR)
    assert told() == ["an@mau.example"]  # of the day before, which moved too
    work_at(app, start - 2 * HOUR)
    assert told() == ["an@mau.example"] * 2
    with unit_of_work():
        row = db.session.get_one(Event, event.id)
        invitations.cancel_event(actor=an_organizer(), event=row, reason="Bão", now=start - HOUR)
    work_at(app, start + DAY)
    assert told() == ["an@mau.example"] * 2


def test_a_seat_of_before_steps_were_kept_counts_from_its_registration(event, now):
    make_registration(event, make_person(email="cu@mau.example"))
    plan(event, event.starts_at - 2 * DAY)
    run(planned()[0])
    assert told() == ["cu@mau.example"]
