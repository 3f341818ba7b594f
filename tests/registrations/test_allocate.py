"""One decision over all who applied: prepared, looked at, decided, and computed again from what was kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.refusals import NotAllowed, Stale, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.allocation import Criterion, Word
from kstthc_training.registrations.enums import Admission, RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import (
    AlreadyBegun,
    ApplicantsChanged,
    NeedsReason,
    NobodyApplied,
    NotAllocated,
    StillOpen,
)
from kstthc_training.registrations.models import Allocation, AllocationPlan
from kstthc_training.registrations.queries.allocation import (
    Chosen,
    is_reproduced,
    last_allocation,
    plan_of,
    preview,
    rows_of,
)
from kstthc_training.registrations.queries.limits import Limits
from tests.registrations.actors import an_organizer, himself, standings, steps
from tests.registrations.seats import a_member, a_ruled_event, entered, last_letter, letters, log, pools_wrong, ruled, states
from tests.support.factories import make_event, make_organisation, make_person, make_registration
from tests.support.statements import counted

CONFIRMED, PENDING, WAITING = RegistrationState.CONFIRMED, RegistrationState.PENDING, RegistrationState.WAITING
FIRST_COME = [Chosen(Criterion.FIRST_COME, True), Chosen(Criterion.DRAW, False)]


def applied(event, people=(), count=0):
    """People who applied one minute after the other."""
    people = [*people, *(make_person() for _ in range(count))]
    start = clock.now()
    return [
        entered(event, person, source=RegistrationSource.SELF, actor=himself(person), now=start + timedelta(minutes=n))
        for n, person in enumerate(people)
    ]


def an_allocated_event(limits=None, *, capacity=2, **fields):
    return a_ruled_event(limits, capacity=capacity, fields=fields, admission=Admission.ALLOCATION)


def begun(event, criteria=None):
    with unit_of_work():
        service.begin_allocation(actor=an_organizer(), event_id=event.id, now=clock.now())
    if criteria:
        chosen(event, criteria)


def chosen(event, criteria, version=None):
    db.session.rollback()
    version = version or plan_of(event.id).version
    with unit_of_work():
        service.set_criteria(actor=an_organizer(), event_id=event.id, criteria=criteria, version=version, now=clock.now())


def said(event, row, word, reason="Báo cáo viên", version=None):
    db.session.rollback()
    with unit_of_work():
        service.say_of_applicant(
            actor=an_organizer(), event_id=event.id, registration_id=row.id, word=word, reason=reason,
            version=version or plan_of(event.id).version, now=clock.now(),
        )  # fmt: skip


def looked_at(event, **known):
    db.session.rollback()
    return preview(db.session.get_one(Event, event.id), plan_of(event.id), **known)


def decided(event, *, seen=None, version=None, now=None, actor=None, **known):
    shown = looked_at(event, **known)
    version, seen = version or plan_of(event.id).version, seen or shown.mark
    with unit_of_work():
        done = service.decide_allocation(
            actor=actor or an_organizer(), event_id=event.id, version=version, seen=seen, now=now or clock.now(), **known
        )
        return done.id


def test_those_who_apply_await_the_decision_which_seats_and_queues_them_by_rank(app):
    event = an_allocated_event()
    rows = applied(event, count=4)
    assert states(*rows) == [PENDING] * 4
    begun(event, FIRST_COME)
    decided(event)
    assert list(standings(event).values()) == [(CONFIRMED, None), (CONFIRMED, None), (WAITING, 1), (WAITING, 2)]
    assert pools_wrong(event) == []
    assert [steps(row)[-1] for row in rows] == [(PENDING, CONFIRMED, "allocated", "")] * 2 + [
        (PENDING, WAITING, "allocated", "")
    ] * 2
    assert [letters(row)[-1] for row in rows] == ["registration-confirmed"] * 2 + ["registration-waiting"] * 2
    assert "2" in last_letter(rows[3]).body
    assert log("allocation.decided")[0]["people"] == 2


def test_those_who_wait_already_are_decided_with_the_others_and_get_new_numbers(app):
    event = make_event(capacity=1)
    late, early = applied(event, count=2)[1], None
    ruled(event, admission=Admission.ALLOCATION)
    early = applied(event, count=1)[0]
    begun(event, FIRST_COME)
    said(event, early, Word.PINNED)
    decided(event)
    assert [standings(event)[row.id] for row in (early, late)] == [(WAITING, 2), (WAITING, 3)]


def test_seats_that_are_taken_are_not_given_again_and_an_event_without_limit_takes_all(app):
    event = an_allocated_event(capacity=2)
    entered(event)  # by the organizer, who needs no decision
    rows = applied(event, count=2)
    begun(event)
    decided(event)
    assert sorted(states(*rows)) == [CONFIRMED, WAITING]
    unlimited = an_allocated_event(capacity=None)
    many = applied(unlimited, count=3)
    begun(unlimited)
    decided(unlimited)
    assert states(*many) == [CONFIRMED] * 3


def test_limits_of_organisations_hold_in_the_decision(app):
    here, there = make_organisation(), make_organisation()
    event = an_allocated_event(Limits(each_organisation=1), capacity=3)
    rows = applied(event, [a_member(here), a_member(here), a_member(there)])
    begun(event, FIRST_COME)
    assert looked_at(event).admitted == 2
    decided(event)
    assert states(*rows) == [CONFIRMED, WAITING, CONFIRMED]
    assert pools_wrong(event) == []


def test_the_invited_and_those_who_must_come_are_told_by_whoever_knows(app):
    event = an_allocated_event(capacity=2)
    rows = applied(event, count=4)
    begun(event, [Chosen(Criterion.MANDATORY, True), Chosen(Criterion.INVITED, True)])
    decided(event, mandatory={rows[3].person_id}, invited={rows[2].person_id})
    assert states(*rows) == [WAITING, WAITING, CONFIRMED, CONFIRMED]


def test_seats_at_events_of_the_same_kind_count_for_a_year_before_the_event_begins(app):
    event = an_allocated_event(capacity=1)
    rows = applied(event, count=5)
    people = [db.session.get_one(type(make_person()), row.person_id) for row in rows]
    begins = event.starts_at

    def attended(place, *, before, kind="tap-huan", state=CONFIRMED):
        make_registration(make_event(starts_at=begins - before, kind=kind, capacity=5), people[place], state=state)

    attended(0, before=timedelta(days=365))
    attended(1, before=timedelta(days=365, seconds=1))
    attended(2, before=timedelta(days=30), kind="hop-bao")
    attended(3, before=timedelta(days=30), state=WAITING)
    attended(4, before=-timedelta(days=1))
    begun(event)
    shown = looked_at(event).applicants
    assert [shown[row.id].admitted_before for row in rows] == [1, 0, 0, 0, 0]


def test_a_decision_is_computed_again_from_what_was_kept(app):
    event = an_allocated_event(Limits(each_organisation=2), capacity=3)
    house = make_organisation()
    rows = applied(event, [a_member(house) for _ in range(4)], count=3)
    begun(event)
    said(event, rows[0], Word.LAST, "Đã học khóa trước")
    shown = looked_at(event)
    allocation_id = decided(event)
    db.session.rollback()
    allocation = db.session.get_one(Allocation, allocation_id)
    kept = rows_of(allocation_id)
    assert [(row.registration_id, row.rank, row.rule) for row in kept] == [
        (row.registration_id, row.rank, row.rule) for row in shown.rows
    ]
    assert [row.facts["reason"] for row in kept if row.rule == "put-last"] == ["Đã học khóa trước"]
    assert is_reproduced(allocation, kept)
    assert (last_allocation(event.id).id, plan_of(event.id)) == (allocation_id, None)


@pytest.mark.parametrize("change", [{"seed": "ANOTHER"}, {"seats": 1}])
def test_a_decision_that_was_tampered_with_is_not_reproduced(app, change):
    event = an_allocated_event(capacity=3)
    applied(event, count=9)
    begun(event, [Chosen(Criterion.DRAW, True)])
    decided(event)
    allocation = last_allocation(event.id)
    rows = rows_of(allocation.id)
    values = {"seed": allocation.seed, "seats": allocation.seats, "criteria": allocation.criteria} | change
    assert not is_reproduced(Allocation(**values), rows)


@pytest.mark.parametrize("table", ["allocations", "allocation_rows"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_was_decided_is_never_changed(app, table, act):
    event = an_allocated_event()
    applied(event, count=1)
    begun(event)
    decided(event)
    column = "seats" if table == "allocations" else "rank"
    with pytest.raises(Exception, match="append-only"), unit_of_work():
        db.session.execute(text(act.format(table, column, column)))


def test_a_draw_is_logged_each_time_and_leaves_another_seed(app):
    event = an_allocated_event()
    begun(event)
    first = plan_of(event.id)
    with unit_of_work():
        seed = service.redraw(actor=an_organizer(), event_id=event.id, version=first.version, now=clock.now())
    db.session.rollback()
    assert (plan_of(event.id).seed, plan_of(event.id).draws) == (seed, 2)
    assert [facts["seed"] for facts in log("allocation.drawn")] == [first.seed, seed]
    begun(event)  # a second click begins nothing anew
    assert (plan_of(event.id).seed, len(log("allocation.drawn"))) == (seed, 2)


def test_a_word_is_taken_back_by_none(app):
    event = an_allocated_event(capacity=1)
    rows = applied(event, count=2)
    begun(event, FIRST_COME)
    said(event, rows[1], Word.PINNED)
    assert looked_at(event).rows[0].registration_id == rows[1].id
    said(event, rows[1], None, "")
    assert looked_at(event).rows[0].registration_id == rows[0].id


def test_nobody_decides_what_he_has_not_seen(app):
    event = an_allocated_event()
    applied(event, count=3)
    begun(event)
    seen = looked_at(event).mark
    applied(event, count=1)
    with pytest.raises(ApplicantsChanged):
        decided(event, seen=seen)
    old = plan_of(event.id).version
    chosen(event, FIRST_COME)
    with pytest.raises(Stale):
        decided(event, version=old)
    with pytest.raises(Stale):
        chosen(event, FIRST_COME, version=old)
    assert {state for state, _ in standings(event).values()} == {PENDING}


def test_a_second_click_decides_nothing(app):
    event = an_allocated_event()
    applied(event, count=3)
    begun(event)
    version, seen = plan_of(event.id).version, looked_at(event).mark
    decided(event)
    with pytest.raises(Stale), unit_of_work():
        service.decide_allocation(actor=an_organizer(), event_id=event.id, version=version, seen=seen, now=clock.now())
    db.session.rollback()
    assert len(db.session.scalars(select(Allocation)).all()) == 1


def test_the_decision_comes_after_registration_closed(app):
    closes_at = clock.now() + timedelta(days=1)
    event = an_allocated_event(registration_closes_at=closes_at)
    applied(event, count=1)
    begun(event)
    with pytest.raises(StillOpen):
        decided(event, now=closes_at - timedelta(microseconds=1))
    decided(event, now=closes_at)


def test_refusals(app):
    other = make_event(capacity=2)
    stranger = himself(make_person())
    event = an_allocated_event()
    with pytest.raises(NotAllocated), unit_of_work():
        service.begin_allocation(actor=an_organizer(), event_id=other.id, now=clock.now())
    with pytest.raises(NotAllowed), unit_of_work():
        service.begin_allocation(actor=stranger, event_id=event.id, now=clock.now())
    with pytest.raises(AlreadyBegun), unit_of_work():
        service.begin_allocation(actor=an_organizer(), event_id=event.id, now=event.starts_at)
    begun(event)
    with pytest.raises(NobodyApplied):
        decided(event)
    row = applied(event, count=1)[0]
    with pytest.raises(NeedsReason):
        said(event, row, Word.PINNED, "")
    with pytest.raises(Unknown):
        said(event, make_registration(other), Word.PINNED)
    with pytest.raises(ValueError, match="twice"):
        chosen(event, FIRST_COME * 2)
    with pytest.raises(ValueError, match="number"):
        chosen(event, [Chosen(Criterion.MOST_PER_ORGANISATION, True, 0)])
    db.session.rollback()
    assert db.session.get_one(AllocationPlan, event.id).said == []


def test_looking_takes_the_same_statements_for_few_and_many(app):
    event = an_allocated_event(Limits(each_organisation=2), capacity=3)
    applied(event, [a_member() for _ in range(2)])
    begun(event)
    with counted() as few:
        looked_at(event)
    applied(event, [a_member() for _ in range(8)])
    with counted() as many:
        looked_at(event)
    assert len(few) == len(many)
