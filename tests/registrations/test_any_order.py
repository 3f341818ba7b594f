"""Whatever people do in whatever order: seats are the seated, nobody overtakes, nothing is oversold."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.errors import BelowTaken
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from tests.registrations.actors import an_organizer, himself
from tests.support.factories import make_event, make_person

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED
PEOPLE = st.integers(0, 7)
CAPACITIES = st.one_of(st.none(), st.integers(1, 5))


class Crowd(RuleBasedStateMachine):
    """Eight people, one event; a plain model beside the product says who sits and who waits."""

    def __init__(self):
        super().__init__()
        self.capacity = 2
        self.begun = False
        self.event = make_event(capacity=self.capacity)
        self.organizer = an_organizer()
        self.people = [make_person() for _ in range(8)]
        self.actors = [himself(person) for person in self.people]
        self.seated = set()
        self.queue = []
        self.seconds = 0
        for who in range(5):
            self.register_one(who)

    def now(self):
        self.seconds += 1
        start = self.event.starts_at if self.begun else clock.now()
        return start + timedelta(seconds=self.seconds)

    def model_promotes(self):
        while self.queue and not self.begun and (self.capacity is None or len(self.seated) < self.capacity):
            self.seated.add(self.queue.pop(0))

    @precondition(lambda self: not self.begun)
    @rule(chosen=st.lists(PEOPLE, min_size=1, max_size=3))
    def register(self, chosen):
        for who in chosen:
            self.register_one(who)

    def register_one(self, who):
        with unit_of_work():
            service.register(
                actor=self.actors[who], event=self.event, person=self.people[who],
                source=RegistrationSource.SELF, now=self.now(),
            )  # fmt: skip
        if who not in self.seated and who not in self.queue:
            self.queue.append(who)
            self.model_promotes()

    @rule(chosen=st.sets(PEOPLE, min_size=1, max_size=2))
    def cancel(self, chosen):
        rows = self.rows()
        ids = [rows[who][0] for who in chosen if who in rows]
        with unit_of_work():
            service.cancel_several(
                actor=self.organizer, event_id=self.event.id, registration_ids=ids, reason="", now=self.now()
            )
        self.seated -= chosen
        self.queue = [who for who in self.queue if who not in chosen]
        self.model_promotes()

    @rule(capacity=CAPACITIES)
    def resize(self, capacity):
        try:
            with unit_of_work():
                service.set_capacity(actor=self.organizer, event=self.event, capacity=capacity, now=self.now())
        except BelowTaken:
            assert capacity is not None
            assert capacity < len(self.seated)
        else:
            assert capacity is None or capacity >= len(self.seated)
            self.capacity = capacity
            self.model_promotes()

    @precondition(lambda self: not self.begun and self.queue and self.seated and self.seconds > 8)
    @rule()
    def begin_and_lose_somebody(self):
        self.begun = True
        self.cancel({min(self.seated)})

    @rule(who=PEOPLE)
    @precondition(lambda self: self.begun)
    def walk_in(self, who):
        waited = who in self.queue
        with unit_of_work():
            service.register_walk_in(actor=self.organizer, event=self.event, person=self.people[who], now=self.now())
        if waited:
            self.queue.remove(who)

    def rows(self):
        db.session.rollback()
        found = db.session.execute(
            select(
                Registration.person_id, Registration.id, Registration.state, Registration.queue_number, Registration.source
            ).where(Registration.event_id == self.event.id)
        )
        index = {person.id: who for who, person in enumerate(self.people)}
        return {index[row[0]]: tuple(row[1:]) for row in found}

    @invariant()
    def people_sit_and_wait_as_the_model_says(self):
        rows = self.rows()
        seated = {w for w, r in rows.items() if r[1] is CONFIRMED and r[3] is not RegistrationSource.WALK_IN}
        waiting = sorted((r[2], who) for who, r in rows.items() if r[1] is WAITING)
        assert seated == self.seated
        assert [who for _number, who in waiting] == self.queue

    @invariant()
    def seats_taken_are_the_seated_and_never_more_than_there_are(self):
        db.session.rollback()
        pool = db.session.execute(select(SeatPool.capacity, SeatPool.taken).where(SeatPool.event_id == self.event.id)).one()
        assert tuple(pool) == (self.capacity, len(self.seated))
        assert self.capacity is None or pool.taken <= self.capacity

    @invariant()
    def the_steps_tell_the_whole_way(self):
        states = {}
        steps = db.session.scalars(
            select(RegistrationStep)
            .join(Registration, Registration.id == RegistrationStep.registration_id)
            .where(Registration.event_id == self.event.id)
            .order_by(RegistrationStep.id)
        )
        for step in steps:
            assert step.from_state == states.get(step.registration_id)
            assert (step.rule == StepRule.QUEUE_ORDER) == bool(step.reason)
            states[step.registration_id] = step.to_state
        assert states == {row[0]: row[1] for row in self.rows().values()}


def orders(examples, steps):
    """So many sequences of so many acts, always the same ones; a failing one is short enough to be read as it is."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_whatever_happens_in_whatever_order(app):
    run_state_machine_as_test(Crowd, settings=orders(25, 18))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_same_on_postgresql_in_fewer_orders(app):
    run_state_machine_as_test(Crowd, settings=orders(6, 15))
