"""Limits, decisions, offers, substitutes and places held, in whatever order: pools are the rows, moves are legal, the queue
is kept."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.events.models import Event
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import (
    Admission,
    Place,
    Promotion,
    RegistrationSource,
    RegistrationState,
    StepRule,
)
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.holders import claim_of
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.service.offers import expire_offer
from kstthc_training.registrations.service.reserve import free_places
from tests.registrations.actors import a_focal_point, an_organizer
from tests.registrations.seats import pools_wrong
from tests.registrations.test_any_order import orders
from tests.support.factories import make_event, make_organisation, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED, REFUSED, CANCELLED = RegistrationState.OFFERED, RegistrationState.REFUSED, RegistrationState.CANCELLED
PEOPLE, BODIES = st.integers(0, 8), st.integers(0, 2)
FIGURES = st.one_of(st.none(), st.integers(1, 5))
ENTERING = {PENDING, CONFIRMED, WAITING}
TIGHT = st.one_of(st.none(), st.integers(1, 3))
LEGAL = {
    None: ENTERING,
    PENDING: {CONFIRMED, WAITING, REFUSED, CANCELLED},
    WAITING: {CONFIRMED, OFFERED, REFUSED, CANCELLED},
    OFFERED: {CONFIRMED, REFUSED, CANCELLED},
    CONFIRMED: {REFUSED, CANCELLED},
    REFUSED: ENTERING,
    CANCELLED: ENTERING,
}


class FairCrowd(RuleBasedStateMachine):
    """Nine people of three organisations, one of them press, at an event in a room and online."""

    def __init__(self):
        super().__init__()
        self.event = make_event(capacity=3, mode=EventMode.BOTH, audience=Audience.BOTH)
        self.organizer = an_organizer()
        self.bodies = [make_organisation(), make_organisation(), make_organisation(kind="press")]
        self.focal = [a_focal_point(body) for body in self.bodies]
        self.people = [make_person(organisation_id=self.bodies[who % 3].id) for who in range(9)]
        self.seconds, self.seen, self.numbers = 0, 0, {}

    @initialize(
        limits=st.builds(Limits, *[TIGHT] * 5), admission=st.sampled_from([Admission.DIRECT, Admission.APPROVAL]),
        promotion=st.sampled_from(Promotion),
    )  # fmt: skip
    def open(self, limits, admission, promotion):
        self.set_rules(limits, admission, promotion)
        for who in range(7):
            source = RegistrationSource.NOMINATION if who in (2, 5) else RegistrationSource.ORGANIZER
            self.register(who, source, list(Place)[who % 2])

    def now(self):
        self.seconds += 1
        return clock.now() + timedelta(seconds=self.seconds)

    def attempt(self, act):
        """Do something in a unit of work; a refusal must leave everything as it was, which the invariants see."""
        try:
            with unit_of_work() as session:
                act(session)
        except Refusal:
            pass

    def rows(self, *states):
        db.session.rollback()
        found = select(Registration).where(Registration.event_id == self.event.id).order_by(Registration.id)
        rows = db.session.scalars(found.execution_options(populate_existing=True)).all()
        return [row for row in rows if not states or row.state in states]

    @rule(
        who=PEOPLE,
        source=st.sampled_from([RegistrationSource.ORGANIZER, *[RegistrationSource.NOMINATION] * 3]),
        place=st.sampled_from([None, *Place]),
    )
    def register(self, who, source, place):
        actor = self.organizer if source is RegistrationSource.ORGANIZER else self.focal[who % 3]
        self.attempt(
            lambda session: service.register(
                actor=actor, event=session.get_one(Event, self.event.id), person=self.people[who],
                source=source, place=place, now=self.now(),
            )
        )  # fmt: skip

    @rule(who=st.sets(PEOPLE, min_size=1, max_size=3))
    def cancel(self, who):
        chosen = self.chosen(who)
        self.attempt(
            lambda _session: service.cancel_several(
                actor=self.organizer, event_id=self.event.id, registration_ids=chosen, reason="", now=self.now()
            )
        )

    @rule(who=st.sets(PEOPLE, min_size=1, max_size=3))
    def refuse(self, who):
        chosen = self.chosen(who)
        self.attempt(
            lambda _session: service.refuse(
                actor=self.organizer, event_id=self.event.id, registration_ids=chosen, reason="x", now=self.now()
            )
        )

    @rule()
    def approve_everyone(self):
        chosen = [row.id for row in self.rows(PENDING)]
        self.attempt(
            lambda _session: service.approve(
                actor=self.organizer, event_id=self.event.id, registration_ids=chosen, now=self.now()
            )
        )

    @rule(answer=st.sampled_from([service.take_offer, service.take_offer, service.turn_offer_down]), first=st.booleans())
    @precondition(lambda self: self.rows(OFFERED))
    def answer_offer(self, answer, first):
        row_id = self.rows(OFFERED)[0 if first else -1].id
        self.attempt(
            lambda session: answer(actor=self.organizer, registration=session.get_one(Registration, row_id), now=self.now())
        )

    @rule()
    @precondition(lambda self: self.rows(OFFERED))
    def let_offer_end(self):
        row = self.rows(OFFERED)[0]
        row_id, ends_at = row.id, row.offer_ends_at
        self.attempt(lambda _session: expire_offer(event_id=self.event.id, registration_id=row_id, now=ends_at))

    @rule(who=PEOPLE, other=PEOPLE)
    def substitute(self, who, other):
        chosen = self.chosen({who})
        other = other // 3 * 3 + who % 3
        if chosen:
            self.attempt(
                lambda session: service.substitute(
                    actor=self.organizer, registration=session.get_one(Registration, chosen[0]),
                    person=self.people[other], now=self.now(),
                )
            )  # fmt: skip

    @rule(body=BODIES, places=st.integers(0, 3))
    def hold_places(self, body, places):
        self.attempt(
            lambda _session: service.hold_places(
                actor=self.organizer, held=service.hold_event(self.event.id), organisation_id=self.bodies[body].id,
                places=places, until=clock.now(), now=self.now(),
            )
        )  # fmt: skip

    @rule(body=BODIES)
    def free_places(self, body):
        self.attempt(
            lambda _session: free_places(event_id=self.event.id, organisation_id=self.bodies[body].id, now=self.now())
        )

    @rule(body=BODIES, places=FIGURES)
    def set_quota(self, body, places):
        self.attempt(
            lambda _session: service.set_quota(
                actor=self.organizer, held=service.hold_event(self.event.id), organisation_id=self.bodies[body].id,
                places=places, now=self.now(),
            )
        )  # fmt: skip

    @rule(
        limits=st.builds(Limits, *[FIGURES] * 5), admission=st.sampled_from([Admission.DIRECT, Admission.APPROVAL]),
        promotion=st.sampled_from(Promotion),
    )  # fmt: skip
    def set_rules(self, limits, admission, promotion):
        rules = Rules(admission, promotion, version=rules_of(self.event.id).version)
        self.attempt(
            lambda _session: service.set_rules(
                actor=self.organizer, event_id=self.event.id, rules=rules, limits=limits, now=self.now()
            )
        )

    @rule(capacity=FIGURES)
    def set_capacity(self, capacity):
        self.attempt(
            lambda session: service.set_capacity(
                actor=self.organizer, event=session.get_one(Event, self.event.id), capacity=capacity, now=self.now()
            )
        )

    def chosen(self, who):
        wanted = {self.people[number].id for number in who}
        return [row.id for row in self.rows() if row.person_id in wanted]

    @invariant()
    def every_pool_is_its_rows_and_none_holds_more_than_it_may(self):
        assert pools_wrong(self.event) == []

    @invariant()
    def every_move_is_legal_and_the_steps_tell_the_whole_way(self):
        states = {}
        steps = db.session.scalars(
            select(RegistrationStep)
            .join(Registration, Registration.id == RegistrationStep.registration_id)
            .where(Registration.event_id == self.event.id)
            .order_by(RegistrationStep.id)
        )
        for step in steps:
            assert step.from_state == states.get(step.registration_id)
            assert step.to_state in LEGAL[step.from_state] or step.rule == StepRule.SUBSTITUTED
            states[step.registration_id] = step.to_state
        assert states == {row.id: row.state for row in self.rows()}

    def blocking(self, row):
        """The full pools that keep somebody from sitting."""
        pools = db.session.scalars(select(SeatPool).where(SeatPool.event_id == self.event.id))
        full = {(p.kind, p.subject) for p in pools if p.capacity is not None and p.taken >= p.capacity}
        return full & set(claim_of(row).subjects().items())

    @invariant()
    def nobody_waits_who_could_sit(self):
        assert all(self.blocking(row) for row in self.rows(WAITING))

    @invariant()
    def numbers_of_the_queue_are_given_once_and_in_order(self):
        numbers = [row.queue_number for row in self.rows() if row.queue_number is not None]
        assert len(numbers) == len(set(numbers))
        last = db.session.execute(
            select(SeatPool.queue_last).where(SeatPool.event_id == self.event.id, SeatPool.kind == "event")
        ).scalar_one()
        assert max(numbers, default=0) <= last

    @invariant()
    def nobody_overtakes(self):
        """Whoever moved up needed something that none before him lacks: else the one before him could have had the seat."""
        moves = [StepRule.QUEUE_ORDER, StepRule.OFFERED]
        steps = select(RegistrationStep).where(RegistrationStep.id > self.seen).order_by(RegistrationStep.id)
        steps = db.session.scalars(steps).all()
        rows = {row.id: row for row in self.rows()}
        for moved in [rows[step.registration_id] for step in steps if step.rule in moves and step.registration_id in rows]:
            before = [r for r in rows.values() if r.state is WAITING and r.queue_number < self.numbers.get(moved.id, 0)]
            assert all(self.blocking(row) - set(claim_of(moved).subjects().items()) for row in before)
        self.seen = steps[-1].id if steps else self.seen
        self.numbers = {row.id: row.queue_number for row in rows.values() if row.queue_number is not None}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_whatever_happens_in_whatever_order(app):
    run_state_machine_as_test(FairCrowd, settings=orders(30, 25))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_same_on_postgresql_in_fewer_orders(app):
    run_state_machine_as_test(FairCrowd, settings=orders(4, 20))
