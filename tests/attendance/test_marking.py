"""One mark: what it changes, what it refuses, and that it counts once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.errors import NotExpected, NotTakingPlace, SheetClosed, TooEarly
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.attendance.queries import roster_of
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from tests.attendance.doors import close, put_mark, sessions_of
from tests.support.factories import make_event, make_registration


def test_mark_holds_and_tells_what_was_before(app):
    event = make_event()
    registration = make_registration(event)
    assert put_mark(event, registration.id).before is MarkStatus.NONE
    marked = put_mark(event, registration.id, MarkStatus.LATE)
    assert (marked.status, marked.before, marked.repeated) == (MarkStatus.LATE, MarkStatus.PRESENT, False)
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.LATE]
    assert db.session.scalars(select(Mark.status).order_by(Mark.id)).all() == [MarkStatus.PRESENT, MarkStatus.LATE]


def test_mark_with_the_same_nonce_counts_once(app):
    event = make_event()
    registration = make_registration(event)
    first = put_mark(event, registration.id, nonce="one")
    again = put_mark(event, registration.id, nonce="one")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.status is first.status
    assert len(db.session.scalars(select(Mark.id)).all()) == 1


def test_mark_refuses_a_nonce_used_for_somebody_else(app):
    event = make_event()
    one, other = make_registration(event), make_registration(event)
    put_mark(event, one.id, nonce="one")
    with pytest.raises(Unknown):
        put_mark(event, other.id, nonce="one")


def test_mark_opens_two_hours_before_the_session(app):
    event = make_event()
    registration = make_registration(event)
    opening = event.starts_at - timedelta(hours=2)
    with pytest.raises(TooEarly) as refusal:
        put_mark(event, registration.id, now=opening - timedelta(microseconds=1))
    assert refusal.value.facts == {"opens_at": opening}
    assert put_mark(event, registration.id, now=opening).status is MarkStatus.PRESENT


def test_mark_takes_an_excuse_at_any_time_before(app):
    event = make_event()
    registration = make_registration(event)
    marked = put_mark(event, registration.id, MarkStatus.EXCUSED, now=event.starts_at - timedelta(days=5))
    assert marked.status is MarkStatus.EXCUSED


def test_an_excuse_is_taken_back_before_the_session_opens(app):
    event = make_event()
    registration, early = make_registration(event), event.starts_at - timedelta(days=5)
    put_mark(event, registration.id, MarkStatus.EXCUSED, now=early)
    marked = put_mark(event, registration.id, MarkStatus.NONE, now=early)
    assert (marked.status, marked.before) == (MarkStatus.NONE, MarkStatus.EXCUSED)
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.NONE]


@pytest.mark.parametrize("status", [s for s in MarkStatus if s is not MarkStatus.EXCUSED])
def test_nothing_but_an_excuse_is_noted_or_taken_back_before_opening(app, status):
    event = make_event()
    registration, early = make_registration(event), event.starts_at - timedelta(days=5)
    with pytest.raises(TooEarly):
        put_mark(event, registration.id, status, now=early)
    put_mark(event, registration.id, MarkStatus.EXCUSED, now=early)
    put_mark(event, registration.id, MarkStatus.NONE, now=early)
    with pytest.raises(TooEarly):
        put_mark(event, registration.id, status, now=early)
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.NONE]


@pytest.mark.parametrize("state", [RegistrationState.WAITING, RegistrationState.CANCELLED])
def test_mark_refuses_who_is_not_expected(app, state):
    event = make_event(capacity=1)
    registration = make_registration(event, state=state)
    with pytest.raises(NotExpected) as refusal:
        put_mark(event, registration.id)
    assert refusal.value.facts == {"state": state}


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.POSTPONED, EventState.CANCELLED])
def test_mark_refuses_an_event_that_does_not_take_place(app, state):
    event = make_event(state=state)
    registration = make_registration(event)
    with pytest.raises(NotTakingPlace):
        put_mark(event, registration.id)


def test_mark_knows_nothing_of_other_events_sessions_and_people(app):
    event, other = make_event(), make_event()
    mine, theirs = make_registration(event), make_registration(other)
    with pytest.raises(Unknown):
        put_mark(event, theirs.id)
    with pytest.raises(Unknown):
        put_mark(event, mine.id, session_id=sessions_of(other)[0].id)


def test_mark_refuses_a_closed_session(app):
    event = make_event(sessions=2)
    registration = make_registration(event)
    close(event)
    with pytest.raises(SheetClosed):
        put_mark(event, registration.id)


def test_marks_are_never_changed_or_removed(app):
    event = make_event()
    put_mark(event, make_registration(event).id)
    for act in ("UPDATE marks SET status = 'absent'", "DELETE FROM marks"):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(text(act))
        db.session.rollback()


def test_presence_is_always_the_latest_mark(app):
    event = make_event()
    registration = make_registration(event)
    for status in (MarkStatus.PRESENT, MarkStatus.NONE, MarkStatus.LEFT_EARLY, MarkStatus.ABSENT):
        put_mark(event, registration.id, status)
        latest = db.session.scalars(select(Mark).order_by(Mark.id.desc())).first()
        presence = db.session.scalars(select(Presence)).one()
        assert (presence.status, presence.mark_id) == (latest.status, latest.id)


def test_roster_needs_the_same_statements_for_many(app, statements):
    small, large = make_event(sessions=2), make_event(sessions=2)
    put_mark(small, make_registration(small).id)
    for _ in range(30):
        put_mark(large, make_registration(large).id)
    counts = []
    for event in (small, large):
        with statements() as seen:
            roster_of(event, now=event.starts_at)
        counts.append(len(seen))
    assert counts == [4, 4]
