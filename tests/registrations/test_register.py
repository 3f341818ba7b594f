"""Registering: seats, the window, who may, and that a second click changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.errors import AlreadyBegun, ClosedAlready, NotOffered, NotOpenYet
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from tests.registrations.actors import (
    a_focal_point,
    actor_of,
    again,
    an_organizer,
    cancelled,
    himself,
    registered,
    steps,
    taken,
)
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED
MICROSECOND = timedelta(microseconds=1)


def letters() -> list[str]:
    """The kinds of all letters written, in order."""
    return list(db.session.scalars(select(Message.kind).order_by(Message.id)))


def test_register_takes_a_seat_and_keeps_title_and_organisation_of_the_time(app, now):
    event, person = make_event(capacity=2), make_person(title="Chuyên viên", organisation_id=make_organisation().id)
    registration = registered(event, person)
    assert (registration.state, registration.queue_number) == (CONFIRMED, None)
    assert (registration.organisation_id, registration.title_then) == (person.organisation_id, "Chuyên viên")
    assert (registration.registered_at, registration.source) == (now, RegistrationSource.SELF)
    assert taken(event) == 1
    assert steps(registration) == [(None, CONFIRMED, StepRule.SEAT_FREE, "")]


def test_register_writes_one_letter_with_the_link_to_the_ticket(app):
    event, person = make_event(), make_person()
    registration = registered(event, person)
    letter = db.session.scalars(select(Message)).one()
    step = db.session.scalars(select(RegistrationStep)).one()
    assert (letter.kind, letter.recipient, letter.event_id) == ("registration-confirmed", person.email, event.id)
    assert letter.key == f"registration-confirmed:{registration.id}:{step.id}"
    assert (letter.link_purpose, letter.link_id) == ("ticket", registration.id)


def test_somebody_without_an_address_is_registered_without_a_letter(app):
    assert registered(make_event(), make_person(email="")).state is CONFIRMED
    assert letters() == []


def test_register_raises_the_revision_of_the_persons_calendar(app):
    person = make_person()
    registered(make_event(), person)
    assert db.session.get_one(Person, person.id).calendar_revision == person.calendar_revision + 1


def test_a_second_click_changes_nothing_and_answers_the_same(app):
    event, person = make_event(capacity=1), make_person()
    first = registered(event, person)
    second = registered(event, person, actor=an_organizer())
    assert (first.id, first.ticket_code, first.source) == (second.id, second.ticket_code, second.source)
    assert taken(event) == 1
    assert len(steps(first)) == 1
    assert letters() == ["registration-confirmed"]
    assert db.session.get_one(Person, person.id).calendar_revision == person.calendar_revision + 1


def test_a_second_click_after_the_closing_still_answers_the_same(app, now):
    event, person = make_event(registration_closes_at=now + timedelta(minutes=1)), make_person()
    first = registered(event, person)
    assert registered(event, person, now=now + timedelta(minutes=1)).id == first.id


def test_who_waits_and_clicks_again_keeps_the_place(app):
    event = make_event(capacity=1)
    registered(event)
    person = make_person()
    first, second = registered(event, person), registered(event, person)
    assert (first.id, first.queue_number) == (second.id, second.queue_number)
    assert first.state is WAITING


def test_a_cancelled_one_gets_the_same_row_ticket_and_code_again(app):
    event, person = make_event(capacity=1), make_person()
    first = registered(event, person)
    cancelled(first)
    second = registered(event, person)
    assert (second.id, second.ticket_code, second.ticket_generation) == (first.id, first.ticket_code, 1)
    assert (second.state, taken(event)) == (CONFIRMED, 1)
    assert [move[1] for move in steps(first)] == [CONFIRMED, CANCELLED, CONFIRMED]
    assert letters() == ["registration-confirmed", "calendar-cancel", "registration-confirmed"]


def test_who_registers_again_is_kept_with_his_new_title_and_organisation(app):
    event, person = make_event(), make_person(title="Chuyên viên")
    cancelled(registered(event, person))
    organisation = make_organisation()
    with unit_of_work() as session:
        session.execute(
            update(Person).where(Person.id == person.id).values(title="Phó phòng", organisation_id=organisation.id)
        )
    second = registered(event, db.session.get_one(Person, person.id))
    assert (second.title_then, second.organisation_id) == ("Phó phòng", organisation.id)


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [(-MICROSECOND, NotOpenYet), (timedelta(0), None)],
)
def test_registration_opens_at_its_instant(app, now, moment, refusal):
    opens_at = now + timedelta(days=1)
    event, person = make_event(registration_opens_at=opens_at), make_person()
    if refusal is None:
        assert registered(event, person, now=opens_at + moment).state is CONFIRMED
        return
    with pytest.raises(refusal) as refused:
        registered(event, person, now=opens_at + moment)
    assert refused.value.facts == {"opens_at": opens_at}


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [(-MICROSECOND, None), (timedelta(0), ClosedAlready)],
)
def test_registration_closes_at_its_instant(app, now, moment, refusal):
    closes_at = now + timedelta(days=1)
    event, person = make_event(registration_closes_at=closes_at), make_person()
    if refusal is None:
        assert registered(event, person, now=closes_at + moment).state is CONFIRMED
        return
    with pytest.raises(refusal) as refused:
        registered(event, person, now=closes_at + moment)
    assert refused.value.facts == {"closed_at": closes_at}


@pytest.mark.parametrize("by_organizer", [False, True])
@pytest.mark.parametrize(("moment", "refusal"), [(-MICROSECOND, None), (timedelta(0), AlreadyBegun)])
def test_nobody_is_registered_once_the_event_began(app, moment, refusal, by_organizer):
    event, person = make_event(), make_person()
    actor = an_organizer() if by_organizer else None
    if refusal is None:
        assert registered(event, person, actor=actor, now=event.starts_at + moment).state is CONFIRMED
        return
    with pytest.raises(refusal) as refused:
        registered(event, person, actor=actor, now=event.starts_at + moment)
    assert refused.value.facts == {"began_at": event.starts_at}
    assert taken(event) == 0


def test_the_window_does_not_bind_organizers(app, now):
    later, earlier = now + timedelta(days=1), now - timedelta(days=1)
    organizer = an_organizer()
    assert registered(make_event(registration_opens_at=later), actor=organizer).state is CONFIRMED
    assert registered(make_event(registration_closes_at=earlier), actor=organizer).state is CONFIRMED


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.POSTPONED, EventState.CANCELLED])
def test_only_a_released_event_takes_registrations(app, state):
    event = make_event(state=state)
    with pytest.raises(NotOffered) as refused:
        registered(event, actor=an_organizer())
    assert refused.value.facts == {"state": state}


def test_a_held_event_takes_no_registrations(app, now):
    event = make_event(state=EventState.CLOSED, held_on=now.date(), starts_at=now + timedelta(days=1))
    with pytest.raises(NotOffered):
        registered(event)


def test_the_state_that_holds_now_decides_not_the_one_read_before(app):
    event, person = make_event(), make_person()
    stale = db.session.get_one(type(event), event.id)
    with unit_of_work() as session:
        session.execute(update(type(event)).where(type(event).id == event.id).values(state=EventState.CANCELLED))
    with pytest.raises(NotOffered):
        registered(stale, person)


def test_nobody_registers_somebody_else(app):
    event, person, other = make_event(), make_person(), make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.register(
            actor=himself(other), event=event, person=person, source=RegistrationSource.SELF, now=event.created_at
        )
    with pytest.raises(NotAllowed), unit_of_work():
        service.register(
            actor=himself(other), event=event, person=person, source=RegistrationSource.ORGANIZER, now=event.created_at
        )


def test_a_focal_point_registers_people_of_the_organisation_alone(app, now):
    event, organisation = make_event(), make_organisation()
    mine, other = make_person(organisation_id=organisation.id), make_person(organisation_id=make_organisation().id)
    focal = a_focal_point(organisation)
    with unit_of_work():
        done = service.register(actor=focal, event=event, person=mine, source=RegistrationSource.NOMINATION, now=now)
        assert done.source is RegistrationSource.NOMINATION
    with pytest.raises(NotAllowed), unit_of_work():
        service.register(actor=focal, event=event, person=other, source=RegistrationSource.NOMINATION, now=now)


def test_a_walk_in_is_not_registered_this_way(app, now):
    with pytest.raises(NotAllowed), unit_of_work():
        service.register(
            actor=an_organizer(), event=make_event(), person=make_person(), source=RegistrationSource.WALK_IN, now=now
        )


def test_an_unknown_event_is_unknown(app, now):
    event, person = make_event(), make_person()
    event.id += 1000
    with pytest.raises(Unknown):
        registered(event, person)


def test_an_event_without_a_pool_gets_one_of_its_capacity(app):
    event = make_event(capacity=1)
    with unit_of_work() as session:
        session.execute(SeatPool.__table__.delete())
    assert [registered(event).state, registered(event).state] == [CONFIRMED, WAITING]
    assert db.session.scalars(select(SeatPool.capacity)).all() == [1]


def test_open_pools_twice_keeps_the_first(app):
    event = make_event(capacity=3)
    with unit_of_work():
        service.open_pools(event_id=event.id, capacity=7)
    assert db.session.scalars(select(SeatPool.capacity)).all() == [3]


def test_without_a_limit_everyone_gets_a_seat(app):
    event = make_event(capacity=None)
    assert {registered(event).state for _ in range(5)} == {CONFIRMED}
    assert taken(event) == 5


def test_a_walk_in_is_confirmed_without_a_seat_also_when_full_and_begun(app):
    event = make_event(capacity=1)
    registered(event)
    with unit_of_work():
        walked_in = service.register_walk_in(
            actor=an_organizer(), event=event, person=make_person(), now=event.starts_at + timedelta(hours=1)
        )
        found = walked_in.id
    assert (again(found).state, again(found).source) == (CONFIRMED, RegistrationSource.WALK_IN)
    assert taken(event) == 1
    assert steps(again(found)) == [(None, CONFIRMED, StepRule.WALKED_IN, "")]
    assert letters() == ["registration-confirmed"]


def test_a_walk_in_who_waited_leaves_the_queue_and_one_with_a_seat_keeps_it(app):
    event, seated, waiting = make_event(capacity=1), make_person(), make_person()
    registered(event, seated)
    registered(event, waiting)
    organizer, later = an_organizer(), event.starts_at
    with unit_of_work():
        first = service.register_walk_in(actor=organizer, event=event, person=seated, now=later)
        second = service.register_walk_in(actor=organizer, event=event, person=waiting, now=later)
        assert (first.source, second.source) == (RegistrationSource.SELF, RegistrationSource.WALK_IN)
        assert (second.state, second.queue_number) == (CONFIRMED, None)
    assert taken(event) == 1


def test_a_walk_in_needs_a_released_event(app, now):
    with pytest.raises(NotOffered), unit_of_work():
        service.register_walk_in(
            actor=an_organizer(), event=make_event(state=EventState.POSTPONED), person=make_person(), now=now
        )


def test_a_walk_in_taken_back_frees_no_seat(app):
    event = make_event(capacity=1)
    registered(event)
    organizer = an_organizer()
    with unit_of_work():
        found = service.register_walk_in(actor=organizer, event=event, person=make_person(), now=event.starts_at).id
    cancelled(again(found), actor=organizer, now=event.starts_at)
    assert taken(event) == 1


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_somebody_registered_at_the_same_instant_past_the_line_is_registered_once(app, now):
    """Another connection adds the row just before ours: the constraint decides, and the seat is given back."""
    event, person = make_event(capacity=5), make_person()
    rival = _adds_a_row_first(event.id, person.id, now)
    try:
        registration = registered(event, person)
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", rival)
    assert registration.ticket_code == "RIVAL001"
    assert db.session.execute(select(func.count()).select_from(Registration)).scalar_one() == 1
    assert taken(event) == 0


def _adds_a_row_first(event_id, person_id, now):
    done = []

    def add(_connection, _cursor, statement, *_rest):
        if not statement.startswith("INSERT INTO registrations") or done:
            return
        done.append(True)
        with db.engine.begin() as other:
            other.execute(
                Registration.__table__.insert().values(
                    event_id=event_id, person_id=person_id, state=CONFIRMED, source=RegistrationSource.SELF,
                    title_then="", registered_at=now, changed_at=now, ticket_code="RIVAL001", ticket_generation=1,
                )
            )  # fmt: skip

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", add)
    return add


def test_a_ticket_code_that_is_taken_is_drawn_again(app, monkeypatch):
    taken_code = make_registration(make_event()).ticket_code
    drawn = iter(taken_code + taken_code + "NEU00001")
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(drawn))
    assert registered(make_event(), make_person()).ticket_code == "NEU00001"


def test_register_needs_a_fixed_number_of_statements(app, statements):
    event = make_event(capacity=3)
    people = [make_person() for _ in range(8)]
    actors = [himself(person) for person in people]
    counts = []
    for person, actor in zip(people, actors, strict=True):
        with statements() as seen, unit_of_work():
            service.register(actor=actor, event=event, person=person, source=RegistrationSource.SELF, now=event.created_at)
        counts.append(len(seen))
    assert len(set(counts[:3])) == 1  # seated
    assert len(set(counts[4:])) == 1  # waiting behind others


def test_a_newcomer_is_added_to_the_directory_once(app, now):
    event, organisation, organizer = make_event(), make_organisation(), an_organizer()
    new = service.NewPerson(full_name="Thạch Mẫu Mới", title="Văn thư", phone="0912 345 678", email="moi@mau.example")
    with unit_of_work():
        first = service.register_newcomer(actor=organizer, event=event, organisation_id=organisation.id, new=new, now=now).id
    with unit_of_work():
        second = service.register_newcomer(
            actor=organizer, event=event, organisation_id=organisation.id, new=new, now=now
        ).id
    assert first == second
    person = db.session.get_one(Person, again(first).person_id)
    assert (person.full_name, person.title, person.organisation_id) == ("Thạch Mẫu Mới", "Văn thư", organisation.id)


def test_only_organizers_register_newcomers(app, now):
    person = make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.register_newcomer(
            actor=himself(person), event=make_event(), organisation_id=None,
            new=service.NewPerson(full_name="Ai Đó"), now=now,
        )  # fmt: skip


def test_a_leader_registers_nobody_else(app, now):
    leader = actor_of(make_account(Role.LEADER), Role.LEADER)
    with pytest.raises(NotAllowed), unit_of_work():
        service.register(
            actor=leader, event=make_event(), person=make_person(), source=RegistrationSource.ORGANIZER, now=now
        )
