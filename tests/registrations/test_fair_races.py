"""Limits and offers under many at one instant: every pool counts its seats, no offer is answered twice, nobody overtakes.

Each finding is shown to be found: clients that read before they write leave it behind.
"""

from collections import Counter

import pytest
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.registrations.enums import Promotion, RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.limits import Limits
from tests.registrations.actors import again, an_organizer, cancelled, registered
from tests.registrations.seats import a_member, a_ruled_event, pools_wrong, ruled
from tests.support.factories import make_account, make_event, make_organisation

pytestmark = pytest.mark.race

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED, CANCELLED = RegistrationState.OFFERED, RegistrationState.CANCELLED
QUOTA, SEATS, PEOPLE = 3, 7, 8


def rows_of(event):
    """Everyone of an event in the order of registration."""
    db.session.rollback()
    return db.session.scalars(select(Registration).where(Registration.event_id == event.id).order_by(Registration.id)).all()


def failures(answers):
    """Answers that say something broke."""
    return [answer for answer in answers if answer.startswith(("error", "4", "5"))]


def a_limited_event():
    """Seats for seven, at most three of one organisation; three organisations with eight people each."""
    event = ruled(make_event(capacity=SEATS), Limits(each_organisation=QUOTA))
    return event, [a_member(body) for body in (make_organisation() for _ in range(3)) for _ in range(PEOPLE)]


def quota_findings(event):
    """What is wrong where three organisations wanted more than their share of too few seats."""
    rows = rows_of(event)
    seated = Counter(row.organisation_id for row in rows if row.state is CONFIRMED)
    numbers = [row.queue_number for row in rows if row.state is WAITING]
    found = [f"pools {wrong}" for wrong in pools_wrong(event)]
    if sum(seated.values()) != SEATS or max(seated.values()) > QUOTA:
        found.append(f"seated {dict(seated)}")
    if len(numbers) != len(set(numbers)) or len(rows) != 3 * PEOPLE:
        found.append(f"waiting as {numbers}")
    return found


def test_the_share_of_an_organisation_and_the_seats_of_all_hold_together(place, rivals):
    event, people = a_limited_event()
    accounts = [make_account(person=person) for person in people]
    jobs = [("press", {"account_id": a.id, "address": f"/hop/{event.code}/dang-ky"}) for a in accounts]
    assert failures(rivals.run(*place, jobs)) == []
    assert quota_findings(event) == []


def test_clients_that_read_how_full_the_share_is_before_they_write_are_found_out(place, rivals):
    event, people = a_limited_event()
    for person in people[::PEOPLE]:  # so that every organisation has its pool
        registered(event, person)
    jobs = [
        ("unguarded seat", {"event_id": event.id, "person_id": person.id})
        for number, person in enumerate(people)
        if number % PEOPLE
    ]
    answers = rivals.run(*place, jobs)
    assert failures(answers) + quota_findings(event) != []


def test_more_room_for_officials_against_newcomers_goes_to_those_who_waited_longest(place, rivals):
    event = ruled(make_event(capacity=20), Limits(officials=2))
    queue = [registered(event) for _ in range(6)][2:]
    accounts, organizer = [make_account() for _ in range(8)], an_organizer()
    jobs = [("press", {"account_id": a.id, "address": f"/hop/{event.code}/dang-ky"}) for a in accounts]
    jobs += [("limit", {"actor": organizer, "event_id": event.id, "limits": Limits(officials=n)}) for n in (3, 4, 5, 5, 5)]
    assert failures(rivals.run(*place, jobs)) == []
    seated = [row.id for row in rows_of(event) if row.state is CONFIRMED]
    assert seated[2:] == [row.id for row in queue[:3]]
    assert pools_wrong(event) == []


def test_seats_given_out_by_reading_first_are_found_out(place, rivals):
    event = make_event(capacity=2)
    for _ in range(6):
        registered(event)
    people = [a_member() for _ in range(4)]
    jobs = [("unguarded limit", {"event_id": event.id, "capacity": 5}) for _ in range(4)]
    jobs += [("unguarded seat", {"event_id": event.id, "person_id": person.id}) for person in people]
    answers = rivals.run(*place, jobs)
    assert failures(answers) + pools_wrong(event) != []


def offers(waiting):
    """An event whose three seats are offered to those who waited first, with so many behind them."""
    event = a_ruled_event(capacity=3, promotion=Promotion.OFFER)
    seated = [registered(event) for _ in range(3)]
    queue = [registered(event) for _ in range(3 + waiting)]
    for row in seated:
        cancelled(row)
    return event, [again(row) for row in queue[:3]], queue[3:]


def test_an_offer_taken_turned_down_and_over_at_one_instant_is_answered_once(place, rivals):
    event, offered, behind = offers(waiting=4)
    organizer = an_organizer()
    jobs = []
    for row in offered:
        jobs += [(verb, {"actor": organizer, "registration_id": row.id}) for verb in ("take", "decline", "take", "cancel")]
        jobs.append(("expire", {"event_id": event.id, "registration_id": row.id, "at": row.offer_ends_at}))
    assert failures(rivals.run(*place, jobs)) == []
    assert pools_wrong(event) == []
    states = {row.id: row.state for row in rows_of(event)}
    assert {states[row.id] for row in offered} == {CANCELLED}  # the cancelling came before or after, but it came
    assert [states[row.id] for row in behind] == [OFFERED] * 3 + [WAITING]


def test_an_offer_is_taken_or_over_but_not_both(place, rivals):
    event, offered, behind = offers(waiting=4)
    organizer = an_organizer()
    jobs = [("take", {"actor": organizer, "registration_id": row.id}) for row in offered]
    jobs += [("expire", {"event_id": event.id, "registration_id": row.id, "at": row.offer_ends_at}) for row in offered]
    answers = rivals.run(*place, jobs)
    assert failures(answers) == []
    states = {row.id: row.state for row in rows_of(event)}
    kept = sum(states[row.id] is CONFIRMED for row in offered)
    assert kept == answers[:3].count("done")
    assert [states[row.id] for row in behind] == [OFFERED] * (3 - kept) + [WAITING] * (1 + kept)
    assert pools_wrong(event) == []


def test_offers_that_are_read_before_they_are_answered_are_found_out(place, rivals):
    event, offered, _behind = offers(waiting=1)
    first = offered[0].id
    jobs = [
        ("unguarded take", {"registration_id": first}),
        ("unguarded expire", {"event_id": event.id, "registration_id": first}),
    ]
    answers = rivals.run(*place, jobs)
    assert failures(answers) == []
    assert pools_wrong(event) != []
