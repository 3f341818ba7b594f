"""Places that an organisation holds before it gives names: seats like all others, handed over to those whom it names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.registrations import jobs as work
from kstthc_training.registrations.enums import Admission, RegistrationState, StepRule
from kstthc_training.registrations.errors import NotOffered, TooFewSeats
from kstthc_training.registrations.models import SeatReservation
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.service.reserve import FREE_PLACES
from tests.registrations.actors import an_organizer, cancelled, registered, steps
from tests.registrations.seats import (
    a_member,
    a_ruled_event,
    entered,
    jobs,
    letters,
    log,
    named,
    places_held,
    pools,
    pools_wrong,
    ruled,
    states,
)
from tests.support.factories import make_event, make_organisation

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)


@pytest.fixture
def body(app):
    return make_organisation("Sở Mẫu Giữ Chỗ")


def kept(event):
    """How many places each organisation holds without names."""
    db.session.rollback()
    rows = db.session.scalars(select(SeatReservation).where(SeatReservation.event_id == event.id))
    return {row.organisation_id: row.places for row in rows}


def free(event, organisation, now):
    work.free_places({"event_id": event.id, "organisation_id": organisation.id}, now)


def test_places_held_are_seats_that_nobody_else_gets(body):
    event = make_event(capacity=3)
    places_held(event, body, 2)
    assert (kept(event), pools(event)) == ({body.id: 2}, {("event", ""): (2, 3)})
    assert states(entered(event), entered(event)) == [CONFIRMED, WAITING]
    assert log("registration.places_held") == [{"organisation": "Sở Mẫu Giữ Chỗ", "changes": {"places": [0, 2]}}]
    assert pools_wrong(event) == []


def test_who_is_named_gets_a_place_held_then_a_free_seat_then_a_number(body):
    event = make_event(capacity=2)
    places_held(event, body, 1)
    rows = [named(event, a_member(body)) for _ in range(3)]
    assert states(*rows) == [CONFIRMED, CONFIRMED, WAITING]
    assert [steps(row)[0][2] for row in rows] == [StepRule.PLACE_HELD, StepRule.SEAT_FREE, StepRule.QUEUED]
    assert (kept(event), letters(rows[0])) == ({body.id: 0}, ["registration-confirmed"])
    assert pools_wrong(event) == []


def test_a_place_held_passes_by_the_decision_and_by_the_queue(body):
    event = a_ruled_event(capacity=1, admission=Admission.APPROVAL)
    places_held(event, body, 1)
    assert states(named(event, a_member(body)), named(event, a_member(body))) == [CONFIRMED, PENDING]
    assert pools_wrong(event) == []


def test_only_those_whom_the_organisation_names_use_its_places(body):
    event = make_event(capacity=1)
    places_held(event, body, 1)
    assert states(registered(event, a_member(body)), entered(event, a_member(body))) == [WAITING, WAITING]
    assert states(named(event, a_member())) == [WAITING]
    assert kept(event) == {body.id: 1}


def test_more_places_are_taken_and_fewer_given_to_those_who_wait(body):
    event = make_event(capacity=3)
    places_held(event, body, 1)
    places_held(event, body, 3)
    waiting = entered(event)
    assert states(waiting) == [WAITING]
    places_held(event, body, 2)
    assert states(waiting) == [CONFIRMED]
    assert kept(event) == {body.id: 2}
    assert pools_wrong(event) == []


@pytest.mark.parametrize("limits", [None, Limits(officials=2), Limits(each_organisation=2)])
def test_more_places_than_there_are_seats_are_refused_and_none_is_kept(body, limits):
    event = ruled(make_event(capacity=10 if limits else 2), limits)
    places_held(event, body, 1)
    with pytest.raises(TooFewSeats) as refused:
        places_held(event, body, 4)
    assert refused.value.facts == {"wanted": 3, "free": 1}
    assert kept(event) == {body.id: 1}
    assert pools_wrong(event) == []


def test_no_place_is_held_past_those_who_wait_for_the_same_seats(body, now):
    event = ruled(make_event(capacity=1), cutoff_hours=24)
    first, second = entered(event), entered(event)
    late = event.starts_at - timedelta(hours=1)
    cancelled(first, actor=an_organizer(), now=late)
    assert states(second) == [WAITING]
    with pytest.raises(TooFewSeats) as refused:
        places_held(event, body, 1, now=late)
    assert refused.value.facts == {"wanted": 1, "free": 0}
    with pytest.raises(TooFewSeats):
        places_held(event, body, 1)
    assert states(second) == [WAITING]


def test_places_are_held_beside_those_who_wait_for_seats_of_their_own_organisation(body):
    event = ruled(make_event(capacity=2), Limits(each_organisation=1))
    other = make_organisation()
    rows = [entered(event, a_member(other)) for _ in range(2)]
    places_held(event, body, 1)
    assert (kept(event), states(*rows)) == ({body.id: 1}, [CONFIRMED, WAITING])
    assert pools_wrong(event) == []


def test_places_of_the_press_count_as_press(app):
    event, paper = ruled(make_event(capacity=9), Limits(press=2, officials=1)), make_organisation(kind="press")
    places_held(event, paper, 2)
    assert pools(event)[("audience", "press")] == (2, 2)
    assert states(entered(event, a_member(paper)), entered(event, a_member())) == [WAITING, CONFIRMED]
    assert pools_wrong(event) == []


def test_a_person_named_takes_a_seat_in_the_room_besides_the_place_held(body):
    event = ruled(make_event(capacity=9, mode=EventMode.BOTH), Limits(room=1))
    places_held(event, body, 2)
    rows = [named(event, a_member(body)) for _ in range(2)]
    assert states(*rows) == [CONFIRMED, WAITING]
    assert kept(event) == {body.id: 1}
    assert pools_wrong(event) == []


def test_a_name_taken_back_gives_the_seat_to_all_and_not_back_to_the_organisation(body):
    event = make_event(capacity=1)
    places_held(event, body, 1)
    row, waiting = named(event, a_member(body)), entered(event)
    assert cancelled(row) == [waiting.id]
    assert kept(event) == {body.id: 0}
    assert pools_wrong(event) == []


def test_places_without_names_become_free_at_their_instant(body, now):
    event, until = make_event(capacity=2), now + DAY
    places_held(event, body, 2, until=until)
    waiting = [entered(event) for _ in range(2)]
    planned = [(job.run_at, job.payload) for job in jobs(FREE_PLACES)]
    assert planned == [(until, {"event_id": event.id, "organisation_id": body.id})]
    named(event, a_member(body))
    free(event, body, until - MICROSECOND)
    assert kept(event) == {body.id: 1}
    free(event, body, until)
    assert (kept(event), states(*waiting)) == ({body.id: 0}, [CONFIRMED, WAITING])
    assert log("registration.places_freed") == [{"organisation": "Sở Mẫu Giữ Chỗ", "changes": {"places": [1, 0]}}]
    assert pools_wrong(event) == []
    free(event, body, until)
    assert len(log("registration.places_freed")) == 1


def test_a_later_instant_holds_the_places_longer(body, now):
    event = make_event(capacity=2)
    places_held(event, body, 2, until=now + DAY)
    places_held(event, body, 2, until=now + 2 * DAY)
    free(event, body, now + DAY)
    assert kept(event) == {body.id: 2}
    free(event, body, now + 2 * DAY)
    assert kept(event) == {body.id: 0}


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_no_more_places_are_held_at_an_event_that_is_not_offered_and_fewer_may_be(body, state):
    event = make_event(capacity=3)
    places_held(event, body, 2)
    with unit_of_work() as session:
        session.get_one(Event, event.id).state = state
    with pytest.raises(NotOffered):
        places_held(event, body, 3)
    places_held(event, body, 1)
    assert kept(event) == {body.id: 1}
    assert pools_wrong(event) == []
