"""How an event takes people in: who may change it, what is stored, who moves up by it; nobody saves over another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Stale
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission, Promotion, RegistrationState
from kstthc_training.registrations.errors import LimitBelowTaken, SeatsSettled
from kstthc_training.registrations.models import RegistrationRules
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.limits import Limits, limits_of
from kstthc_training.registrations.queries.rules import rules_of
from tests.registrations.actors import an_organizer, cancelled, himself, registered
from tests.registrations.seats import entered, log, pools_wrong, ruled, states
from tests.support.factories import make_event, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
APPROVAL = Rules(admission=Admission.APPROVAL)


def test_an_event_without_rules_of_its_own_has_the_usual_ones(app):
    assert rules_of(make_event().id) == Rules()


def test_rules_and_limits_are_stored_together_and_told_to_the_log(app, now):
    event = make_event(capacity=10)
    until = event.starts_at - timedelta(days=1)
    wanted = Rules(
        Admission.APPROVAL, Promotion.OFFER, offer_hours=12, cutoff_hours=3, names_until=until, asks_credentials=True
    )
    with unit_of_work():
        service.set_rules(actor=an_organizer(), event_id=event.id, rules=wanted, limits=Limits(press=4), now=now)
    assert rules_of(event.id) == replace(wanted, version=1)
    assert limits_of(event.id) == Limits(press=4)
    assert log("event.rules_set") == [
        {
            "changes": {
                "admission": ["direct", "approval"],
                "promotion": ["seat", "offer"],
                "offer_hours": [24, 12],
                "cutoff_hours": [0, 3],
                "names_until": [None, until.isoformat()],
                "asks_credentials": [False, True],
            }
        }
    ]
    assert log("event.limits_set") == [{"changes": {"limit_press": [None, 4]}}]


def test_the_same_rules_again_are_no_act_of_the_log(app):
    event = ruled(ruled(make_event(), admission=Admission.APPROVAL), admission=Admission.APPROVAL)
    assert len(log("event.rules_set")) == 1
    assert rules_of(event.id).version == 2


@pytest.mark.parametrize("seen", [0, 2])
def test_rules_seen_at_another_version_are_refused_and_nothing_is_stored(app, now, seen):
    event = ruled(make_event(capacity=5), admission=Admission.APPROVAL)
    with pytest.raises(Stale) as refused, unit_of_work():
        service.set_rules(
            actor=an_organizer(), event_id=event.id, rules=Rules(version=seen), limits=Limits(press=1), now=now
        )
    assert refused.value.facts == {"saved_version": 1}
    assert (rules_of(event.id), limits_of(event.id)) == (replace(APPROVAL, version=1), Limits())


def test_a_limit_below_what_is_taken_stores_no_rules_either(app, now):
    event = make_event(capacity=5)
    entered(event)
    entered(event)
    with pytest.raises(LimitBelowTaken), unit_of_work():
        service.set_rules(actor=an_organizer(), event_id=event.id, rules=APPROVAL, limits=Limits(officials=1), now=now)
    assert db.session.scalars(select(RegistrationRules)).all() == []


def test_only_organizers_change_the_rules(app, now):
    event, person = make_event(), make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.set_rules(actor=himself(person), event_id=event.id, rules=APPROVAL, limits=Limits(), now=now)


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.CLOSED])
def test_rules_of_an_event_that_is_settled_stay(app, now, state):
    event = make_event(state=state, held_on=now.date() if state is EventState.CLOSED else None)
    with pytest.raises(SeatsSettled) as refused, unit_of_work():
        service.set_rules(actor=an_organizer(), event_id=event.id, rules=APPROVAL, limits=Limits(), now=now)
    assert refused.value.facts == {"state": state}


def test_who_awaits_the_decision_keeps_awaiting_it_when_seats_are_given_at_once(app):
    event = ruled(make_event(), admission=Admission.APPROVAL)
    first = registered(event)
    ruled(event, admission=Admission.DIRECT)
    assert states(first) == [PENDING]
    assert entered(event).state is CONFIRMED


def test_a_shorter_cutoff_lets_those_move_up_whom_the_longer_one_held(app, now):
    event = ruled(make_event(capacity=1), cutoff_hours=24 * 7)
    first, second = entered(event), entered(event)
    cancelled(first)
    assert states(second) == [WAITING]
    before = db.session.get_one(Person, second.person_id).calendar_revision
    ruled(event, cutoff_hours=24 * 7 - 1)
    assert states(second) == [CONFIRMED]
    assert db.session.get_one(Person, second.person_id, populate_existing=True).calendar_revision == before + 1
    assert pools_wrong(event) == []
