"""Many people put on a list at once stand as they would one after the other."""

import pytest
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.limits import Limits
from tests.registrations.actors import an_organizer, cancelled, registered
from tests.registrations.seats import a_member, pools_wrong, ruled
from tests.support.factories import make_event, make_organisation
from tests.support.statements import counted

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


@pytest.fixture
def bodies(app):
    return make_organisation("Sở Nông nghiệp"), make_organisation("Báo Mẫu", kind="press")


def members(bodies, count):
    return [a_member(bodies[number % 2], email=f"nguoi{number}@mau.example") for number in range(count)]


def entered(event, people):
    ids = [person.id for person in people]
    actor = an_organizer()
    db.session.rollback()
    with unit_of_work():
        found = [db.session.get_one(Person, number) for number in ids]
        service.register_several(actor=actor, event_id=event.id, people=found, now=clock.now())


def states(event):
    rows = select(Registration.state).where(Registration.event_id == event.id).order_by(Registration.person_id)
    db.session.rollback()
    return list(db.session.scalars(rows))


def test_everybody_has_a_seat_of_every_pool_a_step_a_letter_and_a_code(bodies):
    event = ruled(make_event(capacity=9), Limits(press=3, each_organisation=3))
    entered(event, members(bodies, 6))
    assert states(event) == [CONFIRMED] * 6
    assert pools_wrong(event) == []
    rows = db.session.scalars(select(Registration).where(Registration.event_id == event.id)).all()
    assert {row.source for row in rows} == {RegistrationSource.ORGANIZER}
    assert all(row.holds_seat and row.seat_organisation_id == row.organisation_id for row in rows)
    assert len({row.ticket_code for row in rows}) == 6
    steps = select(RegistrationStep.rule).where(RegistrationStep.registration_id.in_([row.id for row in rows]))
    assert list(db.session.scalars(steps)) == [StepRule.SEAT_FREE] * 6
    assert db.session.scalar(select(func.count()).select_from(Message)) == 6
    made = select(func.count()).where(AuditEntry.action == "registration.made")
    assert db.session.scalar(made) == 6


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(), [CONFIRMED] * 4 + [WAITING] * 2),
        (Limits(press=1), [CONFIRMED, CONFIRMED, CONFIRMED, WAITING, CONFIRMED, WAITING]),
        (Limits(each_organisation=1), [CONFIRMED, CONFIRMED, WAITING, WAITING, WAITING, WAITING]),
    ],
    ids=["seats", "press", "organisation"],
)
def test_where_there_is_not_room_for_all_the_first_have_it(bodies, limits, expected):
    event = ruled(make_event(capacity=4), limits)
    entered(event, members(bodies, 6))
    assert states(event) == expected
    assert pools_wrong(event) == []


def test_who_is_registered_stays_and_who_had_cancelled_comes_anew_in_his_turn(bodies):
    event, people = make_event(capacity=3, audience=Audience.BOTH), members(bodies, 4)
    kept = registered(event, people[1])
    cancelled(registered(event, people[3]))
    entered(event, [people[3], *people[:3], people[3]])
    assert states(event) == [CONFIRMED, CONFIRMED, WAITING, CONFIRMED]
    assert db.session.get_one(Registration, kept.id).source is RegistrationSource.SELF
    assert pools_wrong(event) == []


def test_many_take_hardly_more_statements_than_few(bodies):
    counts = []
    for size in (4, 40):
        event, people = make_event(capacity=99), members(bodies, size)
        ids = [person.id for person in people]
        actor = an_organizer()
        db.session.rollback()
        with unit_of_work():
            found = list(db.session.scalars(select(Person).where(Person.id.in_(ids))))
            with counted() as seen:
                service.register_several(actor=actor, event_id=event.id, people=found, now=clock.now())
        counts.append(len([text for text in seen.texts if "outbox" not in text and not text.startswith("INSERT")]))
    assert counts[0] == counts[1]
