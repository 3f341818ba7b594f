"""Many at one instant, from four processes: no seat is sold twice, nobody overtakes, nothing fails.

Each finding is shown to be found: the same crowd with clients that read before they write leaves some behind.
"""

import pytest
from sqlalchemy import func, select, text

from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from tests.registrations.actors import an_organizer, registered
from tests.support.factories import make_account, make_event, make_organisation, make_person

pytestmark = pytest.mark.race

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED
SEATS, CLIENTS = 5, 30


def findings(event, *, seats, waiting, answers):
    """What is wrong after a race that should have ended with so many seated and so many waiting."""
    db.session.rollback()
    rows = db.session.execute(
        select(Registration.id, Registration.state, Registration.queue_number)
        .where(Registration.event_id == event.id)
        .order_by(Registration.id)
    ).all()
    seated = [row for row in rows if row.state is CONFIRMED]
    numbers = [row.queue_number for row in rows if row.state is WAITING]
    taken = db.session.execute(select(SeatPool.taken).where(SeatPool.event_id == event.id)).scalar_one()
    found = [answer for answer in answers if answer.startswith(("error", "4", "5"))]
    if len(seated) != seats:
        found.append(f"{len(seated)} seated instead of {seats}")
    if taken != len(seated):
        found.append(f"{taken} seats counted for {len(seated)} seated")
    if len(numbers) != waiting or numbers != sorted(set(numbers)):
        found.append(f"waiting as {numbers}")
    return found


def a_crowd(event, size):
    """So many people with accounts, as pressing clients."""
    accounts = [make_account() for _ in range(size)]
    return [("press", {"account_id": a.id, "address": f"/hop/{event.code}/dang-ky"}) for a in accounts]


def test_thirty_clients_for_five_seats(place, rivals):
    event = make_event(capacity=SEATS)
    answers = rivals.run(*place, a_crowd(event, CLIENTS))
    assert findings(event, seats=SEATS, waiting=CLIENTS - SEATS, answers=answers) == []
    assert {answer.partition(" ")[0] for answer in answers} == {"303"}
    numbers = db.session.scalars(
        select(Registration.queue_number).where(Registration.state == WAITING).order_by(Registration.id)
    ).all()
    assert numbers == list(range(1, CLIENTS - SEATS + 1))
    assert db.session.execute(select(func.count()).select_from(RegistrationStep)).scalar_one() == CLIENTS


def test_thirty_clients_that_read_before_they_write_are_found_out(place, rivals):
    event = make_event(capacity=SEATS)
    people = [make_person() for _ in range(CLIENTS)]
    jobs = [("unguarded register", {"event_id": event.id, "person_id": person.id}) for person in people]
    answers = rivals.run(*place, jobs)
    assert findings(event, seats=SEATS, waiting=CLIENTS - SEATS, answers=answers) != []


def a_full_event(waiting):
    """An event whose seats are taken, and so many in its queue."""
    event = make_event(capacity=SEATS)
    rows = [registered(event) for _ in range(SEATS + waiting)]
    return event, rows[:SEATS], rows[SEATS:]


def test_cancelling_against_moving_up_and_newcomers(place, rivals):
    event, seated, queue = a_full_event(waiting=10)
    organizer = an_organizer()
    leaving = [*seated, queue[2], queue[6]]
    jobs = [("cancel", {"actor": organizer, "registration_id": row.id}) for row in leaving]
    answers = rivals.run(*place, [*jobs, *a_crowd(event, 5)])
    assert findings(event, seats=SEATS, waiting=8, answers=answers) == []
    states = {row.id: row.state for row in db.session.scalars(select(Registration))}
    # Whatever the order of events, the five who waited longest of those who stayed have the seats.
    staying = [row for row in queue if row not in leaving]
    assert [states[row.id] for row in staying] == [CONFIRMED] * 5 + [WAITING] * 3
    assert {states[row.id] for row in leaving} == {CANCELLED}


def test_cancelling_that_reads_before_it_writes_is_found_out(place, rivals):
    event, seated, _queue = a_full_event(waiting=10)
    jobs = [("unguarded cancel", {"event_id": event.id, "registration_id": row.id}) for row in seated]
    answers = rivals.run(*place, jobs)
    assert findings(event, seats=SEATS, waiting=5, answers=answers) != []


def test_cancelling_one_after_another_without_a_lock_would_be_right(place, rivals):
    """The finding of the test above comes from the race, not from how those clients write."""
    event, seated, _queue = a_full_event(waiting=10)
    answers = []
    for row in seated:
        answers += rivals.run(*place, [("unguarded cancel", {"event_id": event.id, "registration_id": row.id})])
    assert findings(event, seats=SEATS, waiting=5, answers=answers) == []


def test_more_seats_against_cancelling_and_newcomers(place, rivals):
    event, seated, queue = a_full_event(waiting=6)
    organizer = an_organizer()
    jobs = [("cancel", {"actor": organizer, "registration_id": row.id}) for row in seated[:3]]
    jobs += [("resize", {"actor": organizer, "event_id": event.id, "capacity": size}) for size in (6, 7, 8)]
    answers = rivals.run(*place, [*jobs, *a_crowd(event, 6)])
    db.session.rollback()
    capacity = db.session.execute(select(SeatPool.capacity)).scalar_one()
    refused = [answer for answer in answers if "BelowTaken" in answer]
    rest = [answer for answer in answers if answer not in refused]
    people = 2 + len(queue) + 6
    assert findings(event, seats=capacity, waiting=people - capacity, answers=rest) == []


def test_ten_presses_of_one_person_register_once(place, rivals):
    event, account = make_event(capacity=SEATS), make_account()
    job = ("press", {"account_id": account.id, "address": f"/hop/{event.code}/dang-ky"})
    answers = rivals.run(*place, [job] * 10)
    assert findings(event, seats=1, waiting=0, answers=answers) == []
    assert len(set(answers)) == 1
    assert db.session.execute(select(func.count()).select_from(RegistrationStep)).scalar_one() == 1
    assert db.session.execute(text("SELECT count(*) FROM outbox_messages")).scalar_one() == 1


def test_a_nomination_sent_eight_times_names_and_adds_once(place, rivals):
    event, organisation = make_event(capacity=SEATS), make_organisation()
    known = make_person(organisation_id=organisation.id)
    focal = make_account(focal_of=organisation)
    data = {"nguoi": str(known.id), "new_people-0-full_name": "Thạch Mẫu Mới", "cu": "1"}
    job = ("press", {"account_id": focal.id, "address": f"/don-vi/{organisation.id}/{event.code}", "data": data})
    answers = rivals.run(*place, [job] * 8)
    assert findings(event, seats=2, waiting=0, answers=answers) == []
    named = select(func.count()).where(Person.full_name == "Thạch Mẫu Mới")
    assert db.session.execute(named).scalar_one() == 1
