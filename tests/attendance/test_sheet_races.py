"""Sessions closed at one instant, and against the event being called off: one of them is first, and the other sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.attendance.enums import SheetAction
from kstthc_training.attendance.models import AttendanceResult, Presence, Sheet, SheetStep
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from tests.attendance.doors import close, sessions_of
from tests.support.factories import make_account, make_event, make_registration

pytestmark = pytest.mark.race

EVENTS, PEOPLE = 8, 3


def events_over(*, sessions):
    """Events whose sessions have all been, with people who were not marked."""
    begun = clock.now() - timedelta(days=sessions, hours=4)
    events = [make_event(starts_at=begun, sessions=sessions) for _ in range(EVENTS)]
    for event in events:
        for _ in range(PEOPLE):
            make_registration(event)
    return events


def closing(account, event, session):
    """The press that closes a session."""
    return "press", {"account_id": account.id, "address": f"/hop/{event.code}/buoi/{session.id}/chot"}


def calling_off(account, event):
    """The press that cancels an event."""
    return "press", {"account_id": account.id, "address": f"/hop/{event.code}/huy", "data": {"reason": "Bão số 5"}}


def rows(counted, **columns):
    """How many rows of a table have these values."""
    return db.session.execute(select(func.count()).select_from(counted).filter_by(**columns)).scalar_one()


def as_left(event):
    """How an event was left: its state, its results, its closed sheets, its marks, and the letters that call it off."""
    db.session.rollback()
    ids = [session.id for session in sessions_of(event)]
    closed = select(func.count()).where(Sheet.session_id.in_(ids), Sheet.closed_at.is_not(None))
    marks = select(func.count()).where(Presence.session_id.in_(ids))
    return (
        db.session.get_one(Event, event.id).state,
        rows(AttendanceResult, event_id=event.id),
        db.session.execute(closed).scalar_one(),
        db.session.execute(marks).scalar_one(),
        rows(Message, event_id=event.id, kind="event-cancelled"),
    )


def test_the_last_two_sessions_closed_at_once_make_the_event_held(place, rivals):
    account, events = make_account(Role.ORGANIZER), events_over(sessions=2)
    jobs = [closing(account, event, session) for event in events for session in sessions_of(event)]
    answers = rivals.run(*place, jobs)
    assert {answer.partition(" ")[0] for answer in answers} == {"303"}
    assert {as_left(event) for event in events} == {(EventState.CLOSED, PEOPLE, 2, 2 * PEOPLE, 0)}
    assert {db.session.get_one(Event, e.id).held_on for e in events} == {clock.local_date(events[0].ends_at)}


def test_one_session_closed_many_times_at_once_is_closed_once(place, rivals):
    account, event = make_account(Role.ORGANIZER), events_over(sessions=2)[0]
    session = sessions_of(event)[0]
    answers = rivals.run(*place, [closing(account, event, session)] * 8)
    assert {answer.partition(" ")[0] for answer in answers} == {"303"}
    assert as_left(event) == (EventState.RELEASED, 0, 1, PEOPLE, 0)
    assert rows(SheetStep, session_id=session.id, action=SheetAction.CLOSED) == 1


def test_closing_against_cancelling_leaves_one_of_the_two(place, rivals):
    account, events = make_account(Role.ORGANIZER), events_over(sessions=2)
    for event in events:
        close(event)
    jobs = []
    for event in events:
        jobs += [closing(account, event, sessions_of(event)[1]), calling_off(account, event)]
    answers = rivals.run(*place, jobs)
    assert {answer.partition(" ")[0] for answer in answers} <= {"303", "422"}
    held = (EventState.CLOSED, PEOPLE, 2, 2 * PEOPLE, 0)
    called_off = (EventState.CANCELLED, 0, 1, PEOPLE, PEOPLE)
    assert {as_left(event) for event in events} <= {held, called_off}


def test_one_session_reopened_while_the_other_is_closed_leaves_the_event_open(place, rivals):
    account, events = make_account(Role.ORGANIZER), events_over(sessions=2)
    jobs = []
    for event in events:
        close(event)
        first, last = sessions_of(event)
        back = f"/hop/{event.code}/buoi/{first.id}/mo-lai"
        jobs.append(("press", {"account_id": account.id, "address": back, "data": {"reason": "quét sót"}}))
        jobs.append(closing(account, event, last))
    answers = rivals.run(*place, jobs)
    assert {answer.partition(" ")[0] for answer in answers} == {"303"}
    assert {as_left(event) for event in events} == {(EventState.RELEASED, 0, 1, 2 * PEOPLE, 0)}
