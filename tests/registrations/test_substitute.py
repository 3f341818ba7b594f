"""Dự thay: another of the same organisation comes with the seat, the number or the waiting of somebody."""

from datetime import timedelta

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import (
    Admission,
    Promotion,
    RegistrationSource,
    RegistrationState,
    StepRule,
)
from kstthc_training.registrations.errors import (
    AlreadyBegun,
    AlreadyRegistered,
    NothingToSwap,
    SameOrganisation,
    SwapsOver,
)
from kstthc_training.registrations.queries.limits import Limits
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
    row_of,
    ruled,
    states,
)
from tests.support.factories import make_event, make_organisation, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED, CANCELLED = RegistrationState.OFFERED, RegistrationState.CANCELLED
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def body(app):
    return make_organisation()


def swapped(row, person, *, actor=None, now):
    with unit_of_work() as session:
        by = actor or an_organizer()
        wanted = session.get_one(Person, person.id)
        done = service.substitute(actor=by, registration=row_of(session, row), person=wanted, now=now).id
    return again(done)


def test_the_substitute_gets_the_seat_and_the_row_says_whom_he_replaces(body, now):
    event = make_event(capacity=1)
    row, other = entered(event, a_member(body, title="Trưởng phòng")), a_member(body, title="Phó phòng")
    new = swapped(row, other, now=now)
    assert (new.state, new.holds_seat, new.person_id, new.substitute_for_id) == (CONFIRMED, True, other.id, row.id)
    assert (again(row).state, again(row).title_then, new.title_then) == (CANCELLED, "Trưởng phòng", "Phó phòng")
    assert new.ticket_code != row.ticket_code
    assert steps(row)[-1] == (CONFIRMED, CANCELLED, StepRule.SUBSTITUTED, "")
    assert steps(new) == [(None, CONFIRMED, StepRule.SUBSTITUTED, "")]
    assert letters(row)[-1] == "registration-taken-back"
    assert "cử người khác dự thay" in last_letter(row).body
    assert letters(new) == ["registration-confirmed"]
    facts = {"registration_id": new.id, "person_id": other.id, "replaced_id": row.person_id}
    assert log("registration.substituted") == [facts]
    assert pools_wrong(event) == []


def test_both_calendars_change(body, now):
    row, other = entered(make_event(), a_member(body)), a_member(body)
    before = {p: db.session.get_one(Person, p).calendar_revision for p in (row.person_id, other.id)}
    swapped(row, other, now=now)
    after = {p: db.session.get_one(Person, p, populate_existing=True).calendar_revision for p in before}
    # His own rises once more, as the entry that he was sent is taken back under a higher number.
    assert after == {row.person_id: before[row.person_id] + 2, other.id: before[other.id] + 1}


def test_who_waited_hands_over_his_number(body, now):
    event = make_event(capacity=1)
    entered(event)
    row, behind = entered(event, a_member(body)), entered(event)
    new = swapped(row, a_member(body), now=now)
    assert (new.state, new.queue_number, again(row).queue_number) == (WAITING, row.queue_number, None)
    assert (again(behind).state, letters(new)) == (WAITING, ["registration-waiting"])
    assert pools_wrong(event) == []


def test_who_awaits_the_decision_hands_over_his_waiting(body, now):
    event = a_ruled_event(admission=Admission.APPROVAL)
    row = named(event, a_member(body))
    new = swapped(row, a_member(body), actor=a_focal_point(body), now=now)
    assert (new.state, new.holds_seat, new.source) == (PENDING, False, RegistrationSource.NOMINATION)
    assert letters(new) == ["registration-pending"]


def test_who_is_offered_a_seat_hands_it_over_and_it_is_taken_by_that(body, now):
    event = a_ruled_event(capacity=1, promotion=Promotion.OFFER)
    seated, row = entered(event), entered(event, a_member(body))
    cancelled(seated, actor=an_organizer())
    assert states(row) == [OFFERED]
    new = swapped(row, a_member(body), now=now)
    assert (new.state, new.holds_seat, new.offer_ends_at) == (CONFIRMED, True, None)
    assert pools_wrong(event) == []


def test_the_quota_of_the_organisation_stays_as_full_as_it_was(body, now):
    event = ruled(make_event(capacity=5), Limits(each_organisation=1))
    row, behind = entered(event, a_member(body)), entered(event, a_member(body))
    swapped(row, a_member(body), now=now)
    assert states(behind) == [WAITING]
    assert pools(event)[("organisation", str(body.id))] == (1, 1)
    assert pools_wrong(event) == []


def test_two_may_swap_back_and_the_row_says_only_the_last_swap(body, now):
    event, first, second = make_event(capacity=1), a_member(body), a_member(body)
    row = entered(event, first)
    new = swapped(row, second, now=now)
    back = swapped(new, first, now=now)
    assert (back.id, back.state, back.substitute_for_id) == (row.id, CONFIRMED, new.id)
    assert pools_wrong(event) == []


def test_a_substitute_who_withdraws_and_registers_again_replaces_nobody(body, now):
    event = make_event()
    new = swapped(entered(event, a_member(body)), a_member(body), now=now)
    cancelled(new)
    assert registered(event, db.session.get_one(Person, new.person_id)).substitute_for_id is None


def test_the_person_himself_his_focal_point_and_organizers_may_and_nobody_else(body, now):
    event, person = make_event(), a_member(body)
    row = entered(event, person)
    for stranger in (himself(a_member(body)), a_focal_point(make_organisation())):
        with pytest.raises(NotAllowed):
            swapped(row, a_member(body), actor=stranger, now=now)
    second = swapped(row, a_member(body), actor=himself(person), now=now)
    third = swapped(second, a_member(body), actor=a_focal_point(body), now=now)
    assert swapped(third, a_member(body), now=now).source is RegistrationSource.ORGANIZER


def test_names_are_exchanged_until_before_their_last_instant_by_organizers_until_the_event_begins(body, now):
    event = make_event()
    until = event.starts_at - timedelta(days=2)
    ruled(event, names_until=until)
    row, focal = entered(event, a_member(body)), a_focal_point(body)
    with pytest.raises(SwapsOver) as refused:
        swapped(row, a_member(body), actor=focal, now=until)
    assert refused.value.facts == {"until": until}
    row = swapped(row, a_member(body), actor=focal, now=until - MICROSECOND)
    row = swapped(row, a_member(body), now=event.starts_at - MICROSECOND)
    with pytest.raises(AlreadyBegun):
        swapped(row, a_member(body), now=event.starts_at)


@pytest.mark.parametrize("how", ["cancelled", "refused"])
def test_nobody_replaces_one_who_is_gone(body, now, how):
    event = make_event()
    row = entered(event, a_member(body))
    if how == "cancelled":
        cancelled(row)
    else:
        with unit_of_work():
            service.refuse(actor=an_organizer(), event_id=event.id, registration_ids=[row.id], reason="Trùng", now=now)
    with pytest.raises(NothingToSwap) as refused:
        swapped(row, a_member(body), now=now)
    assert refused.value.facts == {"state": again(row).state}


def test_a_substitute_is_of_the_same_organisation(body, now):
    row = entered(make_event(), a_member(body))
    for other in (a_member(), make_person()):
        with pytest.raises(SameOrganisation):
            swapped(row, other, now=now)
    alone = entered(make_event(), make_person())
    with pytest.raises(SameOrganisation):
        swapped(alone, make_person(), now=now)


def test_a_substitute_who_is_on_the_list_is_refused_also_the_person_himself(body, now):
    event, person = make_event(), a_member(body)
    row, there = entered(event, person), a_member(body)
    known = entered(event, there)
    with pytest.raises(AlreadyRegistered) as refused:
        swapped(row, there, now=now)
    assert refused.value.facts == {"registration_id": known.id}
    with pytest.raises(AlreadyRegistered):
        swapped(row, person, now=now)
    assert states(row, known) == [CONFIRMED, CONFIRMED]


def test_a_walk_in_hands_over_no_seat(body, now):
    event = make_event(capacity=1)
    with unit_of_work() as session:
        found = session.get_one(Event, event.id)
        row_id = service.register_walk_in(actor=an_organizer(), event=found, person=a_member(body), now=now).id
    new = swapped(again(row_id), a_member(body), now=now)
    assert (new.state, new.holds_seat, pools(event)) == (CONFIRMED, False, {("event", ""): (0, 1)})
