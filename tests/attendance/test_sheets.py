"""Closing and reopening of sessions, and what an event came to."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from kstthc_training.attendance import rules, service
from kstthc_training.attendance.enums import MarkMethod, MarkStatus, SheetAction
from kstthc_training.attendance.errors import NotTakingPlace, ReasonMissing, SheetClosed, SheetOpen, TooEarly
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence, SheetStep
from kstthc_training.clock import local_date
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import AttendanceRule, EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import SYSTEM
from tests.attendance.doors import close, put_mark, reopen, sessions_of
from tests.support.factories import make_event, make_registration


def stored(event: Event) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event.id)


def test_closing_makes_the_unmarked_absent_and_no_one_else(app):
    event = make_event()
    present, excused, unmarked = (make_registration(event) for _ in range(3))
    put_mark(event, present.id)
    put_mark(event, excused.id, MarkStatus.EXCUSED)
    assert close(event) == 1
    statuses = dict(db.session.execute(select(Presence.registration_id, Presence.status)).all())
    assert statuses == {
        present.id: MarkStatus.PRESENT,
        excused.id: MarkStatus.EXCUSED,
        unmarked.id: MarkStatus.ABSENT,
    }
    assert db.session.scalars(select(Mark.method).where(Mark.registration_id == unmarked.id)).all() == [MarkMethod.CLOSING]


def test_closing_counts_a_mark_taken_back_as_unmarked(app):
    event = make_event()
    registration = make_registration(event)
    put_mark(event, registration.id)
    put_mark(event, registration.id, MarkStatus.NONE)
    assert close(event) == 1
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.ABSENT]


def test_event_is_held_when_its_last_session_is_closed(app):
    event = make_event(sessions=2)
    make_registration(event)
    close(event, 0)
    assert stored(event).state is EventState.RELEASED
    close(event, 1)
    assert stored(event).state is EventState.CLOSED
    assert stored(event).held_on == local_date(event.ends_at)


def test_closing_is_refused_before_the_session_began_and_twice(app):
    event = make_event(sessions=2)
    with pytest.raises(TooEarly):
        close(event, now=event.starts_at - timedelta(microseconds=1))
    close(event, now=event.starts_at)
    with pytest.raises(SheetClosed):
        close(event)


def test_closing_is_refused_for_an_event_that_does_not_take_place(app):
    with pytest.raises(NotTakingPlace):
        close(make_event(state=EventState.CANCELLED))


def test_reopening_needs_a_reason_and_a_closed_session(app):
    event = make_event(sessions=2)
    with pytest.raises(SheetOpen):
        reopen(event, "nhầm người")
    close(event)
    with pytest.raises(ReasonMissing):
        reopen(event, "  ")
    reopen(event, "nhầm người")
    steps = db.session.execute(select(SheetStep.action, SheetStep.reason).order_by(SheetStep.id)).all()
    assert steps == [(SheetAction.CLOSED, ""), (SheetAction.REOPENED, "nhầm người")]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.POSTPONED, EventState.CANCELLED])
def test_no_session_of_an_event_called_off_is_reopened(app, state):
    event = make_event(sessions=2)
    close(event)
    with unit_of_work() as session:
        session.execute(update(Event).where(Event.id == event.id).values(state=state))
    with pytest.raises(NotTakingPlace) as refusal:
        reopen(event, "nhầm người")
    assert refusal.value.facts == {"state": state}
    assert [step.action for step in db.session.scalars(select(SheetStep))] == [SheetAction.CLOSED]


def test_closing_counts_by_what_holds_now_not_by_what_was_read_before(app):
    event = make_event()
    session = sessions_of(event)[0]
    with unit_of_work() as unit:
        stale = unit.get_one(Event, event.id)
        unit.execute(
            update(Event).where(Event.id == event.id).values(state=EventState.CANCELLED),
            execution_options={"synchronize_session": False},
        )
        assert stale.state is EventState.RELEASED
        with pytest.raises(NotTakingPlace):
            service.close_session(actor=SYSTEM, event=stale, session=session, now=session.ends_at)


def test_reopening_takes_the_results_back_until_it_is_closed_again(app):
    event = make_event()
    registration = make_registration(event)
    close(event)
    reopen(event, "đến nhưng chưa quét mã")
    assert stored(event).state is EventState.RELEASED
    assert stored(event).held_on is None
    assert db.session.scalars(select(AttendanceResult)).all() == []
    put_mark(event, registration.id)
    close(event)
    assert db.session.scalars(select(AttendanceResult.attended)).all() == [True]


@pytest.mark.parametrize(
    ("rule", "present", "held", "expected"),
    [
        (AttendanceRule.HALF, 1, 2, True),
        (AttendanceRule.HALF, 1, 3, False),
        (AttendanceRule.HALF, 2, 3, True),
        (AttendanceRule.HALF, 0, 1, False),
        (AttendanceRule.ALL, 1, 2, False),
        (AttendanceRule.ALL, 2, 2, True),
        (AttendanceRule.ANY, 1, 4, True),
        (AttendanceRule.ANY, 0, 4, False),
    ],
)
def test_attended_by_rule(rule, present, held, expected):
    assert rules.attended(rule, present=present, held=held) is expected


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(AttendanceRule),
    marks=st.lists(st.lists(st.sampled_from(MarkStatus), min_size=2, max_size=2), min_size=1, max_size=4),
)
def test_results_in_the_database_are_those_of_the_rule(app, rule, marks):
    event = make_event(sessions=2, attendance_rule=rule)
    sessions = sessions_of(event)
    registrations = [make_registration(event) for _ in marks]
    for registration, statuses in zip(registrations, marks, strict=True):
        for session, status in zip(sessions, statuses, strict=True):
            put_mark(event, registration.id, status, session_id=session.id, now=session.starts_at)
    close(event, 0)
    close(event, 1)
    for registration, statuses in zip(registrations, marks, strict=True):
        present = sum(status in rules.COUNTED_PRESENT for status in statuses)
        result = db.session.get_one(AttendanceResult, registration.id)
        assert (result.sessions_held, result.sessions_present) == (2, present)
        assert result.attended is rules.attended(rule, present=present, held=2)


@pytest.mark.parametrize(("minutes", "status"), [(0, MarkStatus.PRESENT), (15, MarkStatus.PRESENT), (16, MarkStatus.LATE)])
def test_status_at_the_door(minutes, status):
    from tests.conftest import NOW

    assert rules.status_at_door(starts_at=NOW, now=NOW + timedelta(minutes=minutes)) is status
