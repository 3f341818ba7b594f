"""What the organizer decides of those who applied: seats in the order of applying, the queue, refusals with a reason."""

from datetime import timedelta

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission, RegistrationState, StepRule
from kstthc_training.registrations.errors import AlreadyBegun, AlreadyHeld, NotOffered, NotPending
from tests.registrations.actors import a_focal_point, again, an_organizer, cancelled, himself, registered, steps
from tests.registrations.seats import (
    a_member,
    a_ruled_event,
    entered,
    last_letter,
    letters,
    log,
    named,
    pools,
    pools_wrong,
    states,
)
from tests.support.factories import make_event, make_organisation, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
REFUSED, CANCELLED = RegistrationState.REFUSED, RegistrationState.CANCELLED


def an_event(capacity=None, **fields):
    return a_ruled_event(capacity=capacity, fields=fields, admission=Admission.APPROVAL)


def approved(event, *rows, actor=None, now):
    with unit_of_work():
        done = service.approve(
            actor=actor or an_organizer(), event_id=event.id, registration_ids=[row.id for row in rows], now=now
        )
        return [row.id for row in done]


def refused(event, *rows, reason="Hết chỗ của đơn vị", actor=None, now):
    with unit_of_work():
        gone, up = service.refuse(
            actor=actor or an_organizer(), event_id=event.id, registration_ids=[row.id for row in rows],
            reason=reason, now=now,
        )  # fmt: skip
        return [row.id for row in gone], [row.id for row in up]


def moved_to(event, state):
    with unit_of_work() as session:
        found = session.get_one(Event, event.id)
        found.state, found.held_on = state, (found.starts_at.date() if state is EventState.CLOSED else None)


def test_who_applies_waits_for_the_decision_without_a_seat_or_a_number(app):
    event = an_event(capacity=1)
    row = registered(event)
    assert (row.state, row.holds_seat, row.queue_number) == (PENDING, False, None)
    assert pools(event) == {("event", ""): (0, 1)}
    assert letters(row) == ["registration-pending"]
    assert steps(row) == [(None, PENDING, StepRule.AWAITS_DECISION, "")]


def test_who_is_named_by_a_focal_point_waits_for_the_decision_and_whom_the_organizer_adds_does_not(app):
    event = an_event()
    assert (named(event, a_member()).state, entered(event).state) == (PENDING, CONFIRMED)


def test_approved_ones_get_seats_in_the_order_of_applying_and_the_rest_a_number(app, now):
    event = an_event(capacity=2)
    rows = [registered(event, now=now + timedelta(minutes=n)) for n in range(3)]
    assert approved(event, *reversed(rows), now=now) == [row.id for row in rows]
    assert states(*rows) == [CONFIRMED, CONFIRMED, WAITING]
    assert again(rows[2]).queue_number == 1
    assert [steps(row)[-1][2] for row in rows] == [StepRule.APPROVED, StepRule.APPROVED, StepRule.QUEUED]
    assert letters(rows[0]) == ["registration-pending", "registration-confirmed"]
    assert letters(rows[2]) == ["registration-pending", "registration-waiting"]
    facts = [(f["registration_id"], f["person_id"], f["state"]) for f in log("registration.approved")]
    assert facts == [(row.id, row.person_id, state) for row, state in zip(rows, states(*rows), strict=True)]
    assert pools_wrong(event) == []


def test_approving_raises_the_revision_of_the_calendars(app, now):
    event = an_event()
    row = registered(event)
    before = db.session.get_one(Person, row.person_id).calendar_revision
    approved(event, row, now=now)
    assert db.session.get_one(Person, row.person_id, populate_existing=True).calendar_revision == before + 1


def test_approving_twice_is_approving_once(app, now):
    event = an_event()
    row = registered(event)
    approved(event, row, now=now)
    assert approved(event, row, now=now) == []
    assert len(steps(row)) == 2


@pytest.mark.parametrize("how", ["refused", "cancelled"])
def test_nobody_is_approved_with_one_who_is_gone(app, now, how):
    event = an_event()
    rows = [registered(event) for _ in range(2)]
    if how == "refused":
        refused(event, rows[0], now=now)
    else:
        cancelled(rows[0])
    with pytest.raises(NotPending) as said:
        approved(event, *rows, now=now)
    assert said.value.facts == {"registration_id": rows[0].id, "state": again(rows[0]).state}
    assert states(rows[1]) == [PENDING]


def test_nobody_is_approved_from_the_instant_at_which_the_event_begins(app):
    event = an_event()
    early, late = registered(event), registered(event)
    approved(event, early, now=event.starts_at - timedelta(microseconds=1))
    with pytest.raises(AlreadyBegun):
        approved(event, late, now=event.starts_at)
    assert states(early, late) == [CONFIRMED, PENDING]


@pytest.mark.parametrize("state", [EventState.POSTPONED, EventState.CANCELLED, EventState.CLOSED])
def test_nobody_is_approved_at_an_event_that_is_not_offered(app, now, state):
    event = an_event()
    row = registered(event)
    moved_to(event, state)
    with pytest.raises(NotOffered) as said:
        approved(event, row, now=now)
    assert said.value.facts == {"state": state}


def test_a_refused_one_is_told_why_and_stays_refused_when_he_applies_again(app, now):
    event = an_event()
    person = make_person()
    row = registered(event, person)
    assert refused(event, row, now=now) == ([row.id], [])
    assert steps(row)[-1] == (PENDING, REFUSED, StepRule.REFUSED, "Hết chỗ của đơn vị")
    assert letters(row) == ["registration-pending", "registration-refused"]
    assert "Lý do: Hết chỗ của đơn vị" in last_letter(row).body
    assert last_letter(row).link_purpose == "ticket"
    assert log("registration.refused") == [
        {"registration_id": row.id, "person_id": row.person_id, "reason": "Hết chỗ của đơn vị"}
    ]
    assert registered(event, person).state is REFUSED


def test_an_organizer_may_put_a_refused_one_on_the_list_after_all(app, now):
    event, person = an_event(), make_person()
    row = registered(event, person)
    refused(event, row, now=now)
    assert entered(event, person).state is CONFIRMED
    assert again(row).state is CONFIRMED
    assert pools_wrong(event) == []


def test_the_seat_of_a_refused_one_goes_to_the_first_who_waits(app, now):
    event = make_event(capacity=1)
    seated, waiting, last = (registered(event) for _ in range(3))
    assert refused(event, seated, last, now=now) == ([seated.id, last.id], [waiting.id])
    assert states(seated, waiting, last) == [REFUSED, CONFIRMED, REFUSED]
    assert pools_wrong(event) == []


def test_refusing_twice_is_refusing_once_and_who_withdrew_stays_so(app, now):
    event = an_event()
    rows = [registered(event) for _ in range(2)]
    cancelled(rows[1])
    refused(event, *rows, now=now)
    assert refused(event, *rows, now=now) == ([], [])
    assert states(*rows) == [REFUSED, CANCELLED]


@pytest.mark.parametrize(("state", "kind"), [(EventState.CLOSED, AlreadyHeld), (EventState.CANCELLED, NotOffered)])
def test_nobody_is_refused_at_an_event_that_is_settled(app, now, state, kind):
    event = an_event()
    row = registered(event)
    moved_to(event, state)
    with pytest.raises(kind):
        refused(event, row, now=now)
    assert states(row) == [PENDING]


@pytest.mark.parametrize("decide", [approved, refused])
def test_only_organizers_decide(app, now, decide):
    event, body = an_event(), make_organisation()
    row = named(event, a_member(body))
    for actor in (a_focal_point(body), himself(make_person())):
        with pytest.raises(NotAllowed):
            decide(event, row, actor=actor, now=now)
    assert states(row) == [PENDING]


@pytest.mark.parametrize("decide", [approved, refused])
def test_registrations_of_another_event_are_unknown(app, now, decide):
    event, other = an_event(), an_event()
    mine, foreign = registered(event), registered(other)
    with pytest.raises(Unknown) as said:
        decide(event, mine, foreign, now=now)
    assert said.value.facts == {"registration_ids": [foreign.id]}
    assert states(mine, foreign) == [PENDING, PENDING]


def test_one_who_applies_may_withdraw_before_the_decision(app):
    event = an_event()
    row = registered(event)
    assert cancelled(row) == []
    assert states(row) == [CANCELLED]
    assert registered(event, db.session.get_one(Person, row.person_id)).state is PENDING


def reconsidered(event, *, actor, at, now):
    with unit_of_work():
        return [r.id for r in service.reconsider(actor=actor, event_id=event.id, at=at, now=now)]


def test_what_one_organizer_refused_at_one_instant_is_taken_back(app, now):
    event, organizer, later = an_event(), an_organizer(), now + timedelta(minutes=1)
    rows = [registered(event) for _ in range(3)]
    refused(event, rows[0], actor=organizer, now=now)
    refused(event, rows[1], actor=organizer, now=later)
    refused(event, rows[2], now=now)
    assert reconsidered(event, actor=organizer, at=now, now=later) == [rows[0].id]
    assert states(*rows) == [PENDING, REFUSED, REFUSED]
    assert steps(rows[0])[-1] == (REFUSED, PENDING, StepRule.AWAITS_DECISION, "")
    assert letters(rows[0]) == ["registration-pending", "registration-refused", "registration-pending"]
    assert reconsidered(event, actor=organizer, at=now, now=later) == []


def test_what_one_organizer_approved_at_one_instant_is_taken_back_and_the_seat_goes_to_the_next(app, now):
    event, organizer, later = an_event(capacity=2), an_organizer(), now + timedelta(minutes=1)
    first, second, third = (registered(event) for _ in range(3))
    approved(event, first, actor=organizer, now=now)
    approved(event, second, third, actor=organizer, now=later)
    assert states(first, second, third) == [CONFIRMED, CONFIRMED, WAITING]
    assert reconsidered(event, actor=organizer, at=now, now=later) == [first.id]
    assert states(first, second, third) == [PENDING, CONFIRMED, CONFIRMED]
    assert letters(first) == ["registration-pending", "registration-confirmed", "registration-reopened"]
    assert reconsidered(event, actor=organizer, at=later, now=later) == [second.id]
    assert states(first, second, third) == [PENDING, PENDING, CONFIRMED]
    assert pools_wrong(event) == []


def test_who_had_a_seat_before_the_refusal_gets_one_while_there_is_any(app, now):
    event, organizer = make_event(capacity=1), an_organizer()
    seated, waiting = registered(event), registered(event)
    refused(event, seated, actor=organizer, now=now)
    assert reconsidered(event, actor=organizer, at=now, now=now) == [seated.id]
    assert states(seated, waiting) == [WAITING, CONFIRMED]
    assert pools_wrong(event) == []


def test_refusals_are_taken_back_by_organizers_until_the_event_begins(app, now):
    event, organizer = an_event(), an_organizer()
    row = registered(event)
    refused(event, row, actor=organizer, now=now)
    with pytest.raises(NotAllowed):
        reconsidered(event, actor=himself(make_person()), at=now, now=now)
    with pytest.raises(AlreadyBegun):
        reconsidered(event, actor=organizer, at=now, now=event.starts_at)
    assert states(row) == [REFUSED]
