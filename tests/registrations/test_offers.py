"""Offers of a seat: kept until an instant, taken or turned down, over in time; the next in the queue gets the next one."""

from datetime import timedelta

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import jobs as work
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Promotion, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import AlreadyBegun, NotOffered, OfferOver
from kstthc_training.registrations.service.queue import EXPIRE_OFFER
from tests.registrations.actors import a_focal_point, again, an_organizer, cancelled, himself, registered, steps
from tests.registrations.seats import (
    a_member,
    a_ruled_event,
    jobs,
    last_letter,
    letters,
    log,
    pools_wrong,
    row_of,
    states,
)
from tests.support.factories import make_organisation, make_person

CONFIRMED, WAITING, OFFERED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED
CANCELLED = RegistrationState.CANCELLED
MICROSECOND, HOUR = timedelta(microseconds=1), timedelta(hours=1)


def an_event(**rules):
    return a_ruled_event(capacity=1, promotion=Promotion.OFFER, **rules)


def an_offer(waiting=2, now=None, person=None, **rules):
    """An event whose one seat came free: it is offered to the first of those who waited."""
    event = an_event(**rules)
    seated = registered(event)
    queue = [registered(event, person if n == 0 else None) for n in range(waiting)]
    cancelled(seated, now=now)
    return event, [again(row) for row in queue]


def taken(row, *, actor=None, now):
    with unit_of_work() as session:
        by = actor or himself(session.get_one(Person, row.person_id))
        done = service.take_offer(actor=by, registration=row_of(session, row), now=now).id
    return again(done)


def turned_down(row, *, actor=None, now):
    with unit_of_work() as session:
        by = actor or himself(session.get_one(Person, row.person_id))
        return [r.id for r in service.turn_offer_down(actor=by, registration=row_of(session, row), now=now)]


def expire(row, now):
    work.expire_offer({"event_id": row.event_id, "registration_id": row.id}, now)


def moved_to(event, state):
    with unit_of_work() as session:
        session.get_one(Event, event.id).state = state


def test_a_free_seat_is_offered_to_the_first_in_the_queue_for_the_hours_of_the_event(app, now):
    event, (first, second) = an_offer(offer_hours=6)
    assert (first.state, first.holds_seat, first.queue_number, first.offer_ends_at) == (OFFERED, True, None, now + 6 * HOUR)
    assert second.state is WAITING
    assert steps(first)[-1] == (WAITING, OFFERED, StepRule.OFFERED, Vacancy.SEAT_GIVEN_BACK)
    assert letters(first) == ["registration-waiting", "registration-offered"]
    assert "15:00 18/03/2026" in last_letter(first).body
    assert [(job.run_at, job.payload) for job in jobs(EXPIRE_OFFER)] == [
        (now + 6 * HOUR, {"registration_id": first.id, "event_id": event.id})
    ]
    assert pools_wrong(event) == []


def test_an_offer_ends_with_the_cutoff_before_the_event_at_the_latest(app):
    event = an_event(offer_hours=24, cutoff_hours=3)
    seated, waiting = registered(event), registered(event)
    cancelled(seated, now=event.starts_at - 10 * HOUR)
    assert again(waiting).offer_ends_at == event.starts_at - 3 * HOUR


def test_no_offer_is_made_from_the_instant_of_the_cutoff(app):
    event = an_event(cutoff_hours=3)
    seated, waiting = registered(event), registered(event)
    cancelled(seated, now=event.starts_at - 3 * HOUR)
    assert states(waiting) == [WAITING]
    assert pools_wrong(event) == []


def test_who_takes_the_offer_has_the_seat_and_a_ticket_and_the_next_goes_on_waiting(app, now):
    event, (first, second) = an_offer()
    before = db.session.get_one(Person, first.person_id).calendar_revision
    row = taken(first, now=now + HOUR)
    assert (row.state, row.holds_seat, row.offer_ends_at) == (CONFIRMED, True, None)
    assert steps(first)[-1] == (OFFERED, CONFIRMED, StepRule.OFFER_TAKEN, "")
    assert letters(first)[-1] == "registration-confirmed"
    assert log("registration.offer_taken") == [{"registration_id": first.id, "person_id": first.person_id}]
    assert db.session.get_one(Person, first.person_id, populate_existing=True).calendar_revision == before + 1
    assert states(second) == [WAITING]
    assert pools_wrong(event) == []


def test_taking_twice_is_taking_once(app, now):
    _event, (first, _second) = an_offer()
    taken(first, now=now)
    taken(first, now=now)
    assert len(steps(first)) == 3
    assert len(log("registration.offer_taken")) == 1


def test_an_offer_is_taken_until_before_the_instant_of_its_end(app, now):
    _event, (first, _second) = an_offer(offer_hours=2)
    with pytest.raises(OfferOver) as refused:
        taken(first, now=now + 2 * HOUR)
    assert refused.value.facts == {"state": OFFERED}
    assert taken(first, now=now + 2 * HOUR - MICROSECOND).state is CONFIRMED


def test_who_was_offered_nothing_takes_nothing(app, now):
    _event, (_first, second) = an_offer()
    with pytest.raises(OfferOver) as refused:
        taken(second, now=now)
    assert refused.value.facts == {"state": WAITING}


def test_who_turns_it_down_leaves_and_the_next_is_offered_the_seat(app, now):
    event, (first, second) = an_offer()
    assert turned_down(first, now=now + HOUR) == [second.id]
    assert states(first, second) == [CANCELLED, OFFERED]
    assert steps(first)[-1] == (OFFERED, CANCELLED, StepRule.OFFER_DECLINED, "")
    assert letters(first)[-1] == "registration-offered"
    assert len(log("registration.offer_declined")) == 1
    assert again(second).offer_ends_at == now + 25 * HOUR
    assert pools_wrong(event) == []


def test_turning_down_twice_or_what_was_not_offered_changes_nothing(app, now):
    _event, (first, second, _third) = an_offer(waiting=3)
    turned_down(first, now=now)
    assert turned_down(first, now=now) == []
    assert len(log("registration.offer_declined")) == 1
    taken(second, now=now)
    assert turned_down(second, now=now) == []
    assert states(second) == [CONFIRMED]


def test_an_offer_that_is_over_goes_to_the_next_and_both_are_told(app, now):
    event, (first, second) = an_offer(offer_hours=2)
    expire(first, now + 2 * HOUR)
    assert states(first, second) == [CANCELLED, OFFERED]
    assert steps(first)[-1] == (OFFERED, CANCELLED, StepRule.OFFER_EXPIRED, "")
    assert letters(first)[-1] == "registration-offer-over"
    assert last_letter(first).link_purpose is None
    assert letters(second)[-1] == "registration-offered"
    assert again(second).offer_ends_at == now + 4 * HOUR
    assert [job.run_at for job in jobs(EXPIRE_OFFER)] == [now + 2 * HOUR, now + 4 * HOUR]
    assert pools_wrong(event) == []


def test_a_job_that_comes_early_or_late_does_nothing_to_an_offer_that_runs_or_was_answered(app, now):
    _event, (first, _second) = an_offer(offer_hours=2)
    expire(first, now + 2 * HOUR - MICROSECOND)
    assert states(first) == [OFFERED]
    taken(first, now=now)
    expire(first, now + 3 * HOUR)
    assert states(first) == [CONFIRMED]


def test_the_job_of_an_old_offer_leaves_a_later_one_of_the_same_person_alone(app, now):
    event, (first, second) = an_offer(offer_hours=2)
    turned_down(first, now=now)
    back = registered(event, db.session.get_one(Person, first.person_id))
    turned_down(second, now=now + HOUR)
    assert again(back).offer_ends_at == now + 3 * HOUR
    expire(first, now + 2 * HOUR)
    assert states(first) == [OFFERED]


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.CLOSED])
def test_offers_of_an_event_that_is_settled_are_neither_taken_nor_do_they_end(app, now, state):
    event, (first, second) = an_offer(offer_hours=2)
    with unit_of_work() as session:
        found = session.get_one(Event, event.id)
        found.state, found.held_on = state, (now.date() if state is EventState.CLOSED else None)
    with pytest.raises(NotOffered):
        taken(first, now=now)
    expire(first, now + 2 * HOUR)
    assert states(first, second) == [OFFERED, WAITING]
    assert letters(first)[-1] == "registration-offered"


def test_an_offer_is_not_taken_once_the_event_began_and_the_door_confirms_it(app, now):
    event, (first, _second) = an_offer(offer_hours=24)
    with unit_of_work() as session:
        session.get_one(Event, event.id).starts_at = now + HOUR
    with pytest.raises(AlreadyBegun):
        taken(first, now=now + HOUR)
    with unit_of_work() as session:
        found, person = session.get_one(Event, event.id), session.get_one(Person, first.person_id)
        service.register_walk_in(actor=an_organizer(), event=found, person=person, now=now + HOUR)
    assert states(first) == [CONFIRMED]
    assert pools_wrong(event) == []


def test_a_postponed_event_gives_seats_and_no_offers_since_nobody_knows_when_it_is(app, now):
    event = an_event()
    seated, waiting = registered(event), registered(event)
    moved_to(event, EventState.POSTPONED)
    cancelled(seated)
    assert states(waiting) == [CONFIRMED]


def test_who_registers_while_an_offer_runs_waits_behind_it(app):
    event, (first,) = an_offer(waiting=1)
    late = registered(event)
    assert states(first, late) == [OFFERED, WAITING]
    assert pools_wrong(event) == []


def test_the_focal_point_and_organizers_answer_for_somebody_and_nobody_else(app, now):
    body = make_organisation()
    _event, (first, _second) = an_offer(person=a_member(body))
    for answer in (taken, turned_down):
        with pytest.raises(NotAllowed):
            answer(first, actor=himself(make_person()), now=now)
        with pytest.raises(NotAllowed):
            answer(first, actor=a_focal_point(make_organisation()), now=now)
    assert states(first) == [OFFERED]
    assert taken(first, actor=a_focal_point(body), now=now).state is CONFIRMED
    _other, (third, fourth) = an_offer()
    assert turned_down(third, actor=an_organizer(), now=now) == [fourth.id]


def test_who_was_offered_a_seat_may_be_cancelled_and_the_seat_is_offered_on(app):
    event, (first, second) = an_offer()
    assert cancelled(first, actor=an_organizer(), reason="Trùng lịch") == [second.id]
    assert states(first, second) == [CANCELLED, OFFERED]
    assert pools_wrong(event) == []
