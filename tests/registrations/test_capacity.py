"""The number of seats: never below what is taken, and more of them go to those who wait."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import NOBODY, SYSTEM
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import BelowTaken, SeatsSettled
from kstthc_training.registrations.models import SeatPool
from kstthc_training.registrations.queries import seat_count
from kstthc_training.registrations.service.capacity import fit_seats
from kstthc_training.registrations.service.seats import hold_event
from tests.registrations.actors import again, an_organizer, himself, registered, steps, taken
from tests.support.factories import make_event, make_person

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


def resized(event, capacity, now):
    with unit_of_work():
        moved = service.set_capacity(actor=an_organizer(), event=event, capacity=capacity, now=now)
        return [row.id for row in moved]


def test_more_seats_go_to_those_who_wait_in_order(app, now):
    event = make_event(capacity=1)
    registered(event)
    first, second, third = (registered(event) for _ in range(3))
    assert resized(event, 3, now) == [first.id, second.id]
    assert [again(r).state for r in (first, second, third)] == [CONFIRMED, CONFIRMED, WAITING]
    assert steps(first)[-1] == (WAITING, CONFIRMED, StepRule.QUEUE_ORDER, Vacancy.CAPACITY_RAISED)
    assert seat_count(event.id).free == 0


def test_the_log_names_each_who_moved_up_and_who_gave_the_seats(app, now):
    event, organizer = make_event(capacity=1), an_organizer()
    registered(event)
    waiting = [registered(event) for _ in range(2)]
    with unit_of_work():
        service.set_capacity(actor=organizer, event=event, capacity=3, now=now)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.promoted")).all()
    assert [(e.account_id, e.subject_type, e.subject_id, e.at, e.facts) for e in entries] == [
        (
            organizer.account_id, "event", event.id, now,
            {"registration_id": r.id, "person_id": r.person_id, "rule": "queue-order", "vacancy": "capacity-raised"},
        )
        for r in waiting
    ]  # fmt: skip


def test_the_log_names_the_product_when_nobody_in_particular_gave_the_seats(app, now):
    event = make_event(capacity=1)
    registered(event)
    registered(event)
    with unit_of_work():
        held = hold_event(event.id)
        held.event.capacity = 2
        fit_seats(actor=NOBODY, held=held, now=now)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.promoted")).one()
    assert (entry.account_id, entry.actor_name) == (None, SYSTEM.display_name)


def test_no_limit_seats_everyone(app, now):
    event = make_event(capacity=1)
    rows = [registered(event) for _ in range(4)]
    assert resized(event, None, now) == [row.id for row in rows[1:]]
    assert (taken(event), seat_count(event.id).free) == (4, None)


def test_fewer_seats_than_are_taken_are_refused_with_both_figures(app, now):
    event = make_event(capacity=3)
    for _ in range(2):
        registered(event)
    assert resized(event, 2, now) == []
    with pytest.raises(BelowTaken) as refused:
        resized(event, 1, now)
    assert refused.value.facts == {"capacity": 1, "taken": 2}
    assert db.session.scalars(select(SeatPool.capacity)).one() == 2
    assert db.session.get_one(Event, event.id).capacity == 2


def test_an_event_without_a_limit_gets_one_that_holds_those_seated(app, now):
    event = make_event(capacity=None)
    for _ in range(2):
        registered(event)
    with pytest.raises(BelowTaken):
        resized(event, 1, now)
    assert resized(event, 2, now) == []
    assert registered(event).state is WAITING


def test_nobody_moves_up_once_the_event_began(app):
    event = make_event(capacity=1)
    registered(event)
    waiting = registered(event)
    assert resized(event, 5, event.starts_at) == []
    assert again(waiting).state is WAITING


def test_a_new_number_is_recorded_and_seen_by_calendars_and_the_same_one_is_not(app, now):
    event = make_event(capacity=1)
    resized(event, 4, now)
    resized(event, 4, now)
    changed = db.session.get_one(Event, event.id, populate_existing=True)
    assert (changed.capacity, changed.revision) == (4, event.revision + 1)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.capacity_set")).one()
    assert (entry.subject_id, entry.facts) == (event.id, {"before": 1, "after": 4})


def test_only_organizers_change_the_number(app, now):
    person = make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.set_capacity(actor=himself(person), event=make_event(), capacity=9, now=now)


def test_the_table_itself_refuses_more_seats_taken_than_there_are(app):
    event = make_event(capacity=1)
    with pytest.raises(IntegrityError), unit_of_work() as session:
        session.scalars(select(SeatPool).where(SeatPool.event_id == event.id)).one().taken = 2


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.CLOSED])
def test_seats_of_an_event_that_is_settled_stay(app, now, state):
    event = make_event(capacity=2, state=state, held_on=now.date() if state is EventState.CLOSED else None)
    with pytest.raises(SeatsSettled) as refused:
        resized(event, 5, now)
    assert refused.value.facts == {"state": state}
    assert db.session.scalar(select(Event.capacity).where(Event.id == event.id)) == 2
    assert db.session.scalar(select(SeatPool.capacity).where(SeatPool.event_id == event.id)) == 2


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.RELEASED, EventState.POSTPONED])
def test_seats_of_an_event_to_come_may_change(app, now, state):
    event = make_event(capacity=2, state=state)
    resized(event, 5, now)
    assert db.session.scalar(select(SeatPool.capacity).where(SeatPool.event_id == event.id)) == 5
