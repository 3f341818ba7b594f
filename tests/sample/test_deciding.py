"""Every way in which seats are given fairly stands in the sample, as somebody finds it on the day."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training.clock import day_bounds
from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.allocation import Reason, Word
from kstthc_training.registrations.enums import (
    Admission,
    AllocationOutcome,
    Promotion,
    RegistrationSource,
    RegistrationState,
    StepRule,
)
from kstthc_training.registrations.models import (
    Allocation,
    AllocationPlan,
    Registration,
    RegistrationRules,
    RegistrationStep,
)
from kstthc_training.registrations.queries import seat_count
from kstthc_training.registrations.queries.allocation import is_reproduced, plan_of, preview, rows_of
from kstthc_training.registrations.queries.limits import Limits, limits_of
from kstthc_training.registrations.queries.views import views_for
from tests.conftest import NOW
from tests.sample.conftest import TODAY
from tests.support.browser import CheckingClient, sign_in

MIDNIGHT, _ = day_bounds(TODAY, TODAY)
JOURNALIST, FOCAL_POINT, ORGANIZER = "phong-vien@mau.example", "dau-moi@mau.example", "to-chuc@mau.example"

pytestmark = pytest.mark.usefixtures("reader")


def event_with(*conditions: object) -> Event:
    """The one event, still to come, whose rules meet conditions."""
    ahead = select(Event).join(RegistrationRules, RegistrationRules.event_id == Event.id).where(Event.starts_at > NOW)
    return db.session.scalars(ahead.where(*conditions)).one()  # type: ignore[arg-type]


def states(event: Event) -> dict[RegistrationState, int]:
    """How many stand how with an event."""
    counted = select(Registration.state, func.count()).where(Registration.event_id == event.id)
    return dict(map(tuple, db.session.execute(counted.group_by(Registration.state))))


def account(login: str) -> Account:
    """An account to try."""
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def briefing() -> Event:
    """The press briefing whose seats are to be allocated."""
    return event_with(RegistrationRules.admission == Admission.ALLOCATION)


def test_an_allocation_is_prepared_for_a_briefing_that_more_want_to_come_to_than_can() -> None:
    event, plan = briefing(), plan_of(briefing().id)
    assert event.registration_closes_at is not None
    assert MIDNIGHT - timedelta(days=1) < event.registration_closes_at < MIDNIGHT
    free, pending = seat_count(event.id).free, states(event)[RegistrationState.PENDING]
    assert free is not None
    assert 0 < free < pending
    assert plan is not None
    assert [said.word for said in plan.said] == [Word.PINNED, Word.LAST]
    assert all(said.reason for said in plan.said)
    shown = preview(event, plan)
    assert (shown.admitted, len(shown.rows)) == (free, pending)
    assert (shown.rows[0].rule, shown.rows[-1].rule) == (Reason.PINNED, Reason.LAST)


def test_the_journalist_to_try_is_among_those_who_applied(province: Flask) -> None:
    person_id = account(JOURNALIST).person_id
    applied = select(Registration).where(Registration.event_id == briefing().id, Registration.person_id == person_id)
    registration = db.session.scalars(applied).one()
    assert (registration.state, registration.source) == (RegistrationState.PENDING, RegistrationSource.SELF)
    client = sign_in(CheckingClient(province), account(JOURNALIST))
    assert "Chờ duyệt" in client.page(f"/hop/{briefing().code}").text_content()


def test_another_briefing_was_decided_and_its_seed_gives_the_same_again() -> None:
    allocation = db.session.scalars(select(Allocation)).one()
    event = db.session.get_one(Event, allocation.event_id)
    assert event.registration_closes_at is not None
    assert event.registration_closes_at < allocation.decided_at < event.starts_at < MIDNIGHT
    rows = rows_of(allocation.id)
    assert is_reproduced(allocation, rows)
    assert {row.outcome for row in rows} == set(AllocationOutcome)
    assert len({row.rule for row in rows}) >= 3
    assert seat_count(event.id).taken == event.capacity
    assert db.session.scalars(select(AllocationPlan.event_id)).all() == [briefing().id]


def test_a_training_is_approved_person_by_person() -> None:
    event = event_with(RegistrationRules.admission == Admission.APPROVAL)
    found = states(event)
    assert (found[RegistrationState.PENDING], found[RegistrationState.REFUSED]) == (3, 1)
    assert found[RegistrationState.CONFIRMED] > 3
    steps = select(RegistrationStep).join(Registration, Registration.id == RegistrationStep.registration_id)
    steps = steps.where(Registration.event_id == event.id)
    assert db.session.scalars(steps.where(RegistrationStep.rule == StepRule.REFUSED)).one().reason
    assert db.session.scalars(steps.where(RegistrationStep.rule == StepRule.APPROVED)).all()


def test_somebody_who_waited_for_a_full_training_has_an_offer_that_runs_today() -> None:
    event = event_with(RegistrationRules.promotion == Promotion.OFFER)
    found = states(event)
    assert (found[RegistrationState.OFFERED], found[RegistrationState.WAITING]) == (1, 4)
    ends_at = select(Registration.offer_ends_at).where(Registration.state == RegistrationState.OFFERED)
    ends = db.session.scalars(ends_at).one()
    assert ends is not None
    assert MIDNIGHT + timedelta(days=1) < ends < event.starts_at


def counted_event() -> Event:
    """The event that has a limit for the room."""
    released = select(Event).where(Event.mode == EventMode.BOTH, Event.state == EventState.RELEASED, Event.starts_at > NOW)
    return next(event for event in db.session.scalars(released) if limits_of(event.id).room)


def test_an_event_in_a_room_and_online_has_limits_for_both_and_for_each_organisation() -> None:
    event = counted_event()
    assert limits_of(event.id) == Limits(press=30, room=120, online=60, each_organisation=3)
    places = select(Registration.place, func.count()).where(Registration.event_id == event.id, Registration.holds_seat)
    at = dict(map(tuple, db.session.execute(places.group_by(Registration.place))))
    assert at["room"] > at["online"] > 0


def test_a_focal_point_named_somebody_in_another_place() -> None:
    swapped = db.session.scalars(select(Registration).where(Registration.substitute_for_id.is_not(None))).one()
    replaced = db.session.get_one(Registration, swapped.substitute_for_id)
    assert (swapped.event_id, swapped.registered_by_id) == (counted_event().id, account(FOCAL_POINT).id)
    assert (swapped.state, swapped.holds_seat) == (RegistrationState.CONFIRMED, True)
    assert (replaced.state, replaced.holds_seat) == (RegistrationState.CANCELLED, False)
    colleague = db.session.get_one(Person, swapped.person_id)
    assert replaced.organisation_id == swapped.organisation_id == colleague.organisation_id
    assert replaced.title_then


def test_the_organizer_keeps_ways_to_look_at_a_list(province: Flask) -> None:
    kept = views_for(account(ORGANIZER).id)
    assert [view.is_shared for view in kept] == [False, True]
    event = event_with(RegistrationRules.admission == Admission.APPROVAL)
    client = sign_in(CheckingClient(province), account(ORGANIZER))
    shown = client.page(f"/hop/{event.code}/quan-ly/dang-ky?{urlencode(kept[0].asked)}").text_content()
    assert all(view.name in shown for view in kept)
    people = select(Person.full_name, Registration.state).join(Person, Person.id == Registration.person_id)
    listed = db.session.execute(people.where(Registration.event_id == event.id)).all()
    pending = {name for name, state in listed if state is RegistrationState.PENDING}
    assert pending == {name for name, _ in listed if name in shown}
