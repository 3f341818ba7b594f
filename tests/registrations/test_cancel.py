"""Taking registrations back: who may, until when, and who moves up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import AlreadyBegun, AlreadyHeld
from tests.registrations.actors import (
    a_focal_point,
    again,
    an_organizer,
    cancelled,
    himself,
    registered,
    standings,
    steps,
    taken,
)
from tests.support.factories import make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED


def test_a_seat_given_back_goes_to_the_first_in_the_queue(app):
    event = make_event(capacity=1)
    seated, first, second = registered(event), registered(event), registered(event)
    assert cancelled(seated) == [first.id]
    assert standings(event) == {
        seated.id: (CANCELLED, None),
        first.id: (CONFIRMED, None),
        second.id: (WAITING, 2),
    }
    assert taken(event) == 1
    assert steps(first)[-1] == (WAITING, CONFIRMED, StepRule.QUEUE_ORDER, Vacancy.SEAT_GIVEN_BACK)


def test_who_moves_up_is_told_once_and_why(app):
    event = make_event(capacity=1)
    seated, first = registered(event), registered(event)
    cancelled(seated)
    cancelled(seated)
    letter = db.session.scalars(select(Message).where(Message.kind == "registration-promoted")).one()
    assert letter.link_id == first.id
    assert "người đã đăng ký trước không dự được" in letter.body


def test_both_calendars_change_when_somebody_moves_up(app):
    event, leaving, waiting = make_event(capacity=1), make_person(), make_person()
    seated = registered(event, leaving)
    registered(event, waiting)
    before = [leaving.calendar_revision, waiting.calendar_revision]
    cancelled(seated)
    after = [db.session.get_one(Person, person.id).calendar_revision for person in (leaving, waiting)]
    assert all(now > then for now, then in zip(after, before, strict=True))


def test_who_waits_and_cancels_frees_no_seat_and_the_others_keep_their_order(app):
    event = make_event(capacity=1)
    seated, first, second = registered(event), registered(event), registered(event)
    assert cancelled(first) == []
    assert taken(event) == 1
    assert cancelled(seated) == [second.id]


def test_who_comes_back_stands_at_the_end_of_the_queue(app):
    event, person = make_event(capacity=1), make_person()
    registered(event)
    first = registered(event, person)
    second = registered(event)
    cancelled(first)
    back = registered(event, person)
    assert (back.queue_number, again(second).queue_number) == (3, 2)


def test_cancelling_twice_is_the_same_as_once(app):
    event = make_event(capacity=1)
    seated = registered(event)
    cancelled(seated)
    assert cancelled(seated) == []
    assert len(steps(seated)) == 2
    assert taken(event) == 0


def test_nobody_moves_up_once_the_event_began(app):
    event = make_event(capacity=1)
    seated, waiting = registered(event), registered(event)
    assert cancelled(seated, actor=an_organizer(), now=event.starts_at) == []
    assert (again(waiting).state, taken(event)) == (WAITING, 0)


def test_somebody_moves_up_until_the_event_begins(app):
    event = make_event(capacity=1)
    seated, waiting = registered(event), registered(event)
    just_before = event.starts_at - timedelta(microseconds=1)
    assert cancelled(seated, actor=an_organizer(), now=just_before) == [waiting.id]


def test_a_seat_left_over_is_given_to_the_first_when_the_next_one_registers(app, now):
    """Freed after the beginning, then the event moved: the newcomer does not overtake whoever waited."""
    event = make_event(capacity=1)
    seated, waiting = registered(event), registered(event)
    cancelled(seated, actor=an_organizer(), now=event.starts_at)
    newcomer = registered(event, now=now)
    assert again(waiting).state is CONFIRMED
    assert (again(newcomer).state, again(newcomer).queue_number) == (WAITING, 2)


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_at_an_event_called_off_people_may_still_cancel(app, state):
    event = make_event(capacity=1, state=state)
    seated = make_registration(event)
    waiting = make_registration(event, state=WAITING)
    moved = cancelled(seated)
    assert moved == ([waiting.id] if state is EventState.POSTPONED else [])


def test_people_cancel_until_the_event_begins(app):
    event = make_event()
    first, second = registered(event), registered(event)
    cancelled(first, now=event.starts_at - timedelta(microseconds=1))
    with pytest.raises(AlreadyBegun) as refused:
        cancelled(second, now=event.starts_at)
    assert refused.value.facts == {"began_at": event.starts_at}
    assert again(second).state is CONFIRMED


def test_not_even_organizers_cancel_once_the_event_was_held(app, now):
    event = make_event(state=EventState.CLOSED, held_on=now.date(), starts_at=now - timedelta(days=1))
    registration = make_registration(event)
    with pytest.raises(AlreadyHeld):
        cancelled(registration, actor=an_organizer())


def test_a_stranger_cancels_nothing(app):
    registration = registered(make_event())
    with pytest.raises(NotAllowed):
        cancelled(registration, actor=himself(make_person()))
    with pytest.raises(NotAllowed):
        cancelled(registration, actor=a_focal_point(make_organisation()))
    assert again(registration).state is CONFIRMED


def test_the_rule_says_who_took_it_back(app):
    event, organisation = make_event(), make_organisation()
    people = [make_person(organisation_id=organisation.id) for _ in range(3)]
    own, focal, organizer = (registered(event, person) for person in people)
    cancelled(own, reason="Bận")
    cancelled(focal, actor=a_focal_point(organisation))
    cancelled(organizer, actor=an_organizer(), reason="Trùng người")
    assert [steps(r)[-1][2:] for r in (own, focal, organizer)] == [
        (StepRule.BY_PERSON, "Bận"),
        (StepRule.BY_FOCAL_POINT, ""),
        (StepRule.BY_ORGANIZER, "Trùng người"),
    ]


def test_only_who_did_not_cancel_himself_gets_a_letter(app):
    event, organisation = make_event(), make_organisation()
    people = [make_person(organisation_id=organisation.id) for _ in range(3)]
    own, focal, organizer = (registered(event, person) for person in people)
    cancelled(own)
    cancelled(focal, actor=a_focal_point(organisation))
    cancelled(organizer, actor=an_organizer(), reason="Trùng người")
    letters = db.session.scalars(select(Message).where(Message.kind == "registration-taken-back").order_by(Message.id))
    told = [(letter.recipient, letter.link_id) for letter in letters]
    assert told == [(people[1].email, None), (people[2].email, None)]


def test_a_focal_point_speaks_for_the_organisation_of_the_time(app):
    then, now_of = make_organisation(), make_organisation()
    person = make_person(organisation_id=then.id)
    registration = registered(make_event(), person)
    with unit_of_work() as session:
        session.get_one(Person, person.id).organisation_id = now_of.id
    with pytest.raises(NotAllowed):
        cancelled(registration, actor=a_focal_point(now_of))
    cancelled(registration, actor=a_focal_point(then))
    assert again(registration).state is CANCELLED


def test_several_are_cancelled_all_or_none(app, now):
    event, other = make_event(), make_event()
    mine, foreign = registered(event), registered(other)
    with pytest.raises(Unknown) as refused, unit_of_work():
        service.cancel_several(
            actor=an_organizer(), event_id=event.id, registration_ids=[mine.id, foreign.id], reason="", now=now
        )
    assert refused.value.facts == {"registration_ids": [foreign.id]}
    assert (again(mine).state, again(foreign).state) == (CONFIRMED, CONFIRMED)


def test_several_cancelled_make_room_for_as_many(app, now):
    event = make_event(capacity=3)
    seated = [registered(event) for _ in range(3)]
    waiting = [registered(event) for _ in range(4)]
    with unit_of_work():
        taken_back, promoted = service.cancel_several(
            actor=an_organizer(), event_id=event.id, registration_ids=[r.id for r in seated[:2]], reason="", now=now
        )
        moved = [r.id for r in promoted], [r.id for r in taken_back]
    assert moved == ([waiting[0].id, waiting[1].id], [seated[0].id, seated[1].id])
    assert taken(event) == 3


def test_cancelling_those_who_wait_together_with_the_seated_does_not_move_them_up(app, now):
    event = make_event(capacity=1)
    seated, first, second = registered(event), registered(event), registered(event)
    with unit_of_work():
        _back, promoted = service.cancel_several(
            actor=an_organizer(), event_id=event.id, registration_ids=[seated.id, first.id], reason="", now=now
        )
        assert [r.id for r in promoted] == [second.id]
    assert again(first).state is CANCELLED


def test_restore_registers_again_those_taken_back_at_that_instant(app, now):
    event, organizer = make_event(capacity=2), an_organizer()
    first, second = registered(event), registered(event)
    earlier = registered(make_event())
    cancelled(earlier, actor=organizer, now=now)
    for registration, at in ((first, now), (second, now + timedelta(minutes=1))):
        cancelled(registration, actor=organizer, now=at)
    with unit_of_work():
        entered = service.restore(actor=organizer, event=event, at=now, now=now + timedelta(minutes=2))
        assert [r.id for r in entered] == [first.id]
    assert [again(r).state for r in (first, second, earlier)] == [CONFIRMED, CANCELLED, CANCELLED]


def test_restore_leaves_what_another_organizer_took_back(app, now):
    event, one, another = make_event(), an_organizer(), an_organizer()
    registration = registered(event)
    cancelled(registration, actor=one, now=now)
    with unit_of_work():
        assert service.restore(actor=another, event=event, at=now, now=now) == []
    assert again(registration).state is CANCELLED


def test_who_moved_up_keeps_the_seat_when_the_cancelled_is_restored(app, now):
    event, organizer = make_event(capacity=1), an_organizer()
    seated, waiting = registered(event), registered(event)
    cancelled(seated, actor=organizer, now=now)
    with unit_of_work():
        service.restore(actor=organizer, event=event, at=now, now=now)
    assert (again(waiting).state, again(seated).state) == (CONFIRMED, WAITING)


def test_restore_twice_is_the_same_as_once(app, now):
    event, organizer = make_event(capacity=1), an_organizer()
    registration = registered(event)
    cancelled(registration, actor=organizer, now=now)
    for _ in range(2):
        with unit_of_work():
            service.restore(actor=organizer, event=event, at=now, now=now)
    assert (taken(event), len(steps(registration))) == (1, 3)


def test_only_organizers_restore(app, now):
    person = make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.restore(actor=himself(person), event=make_event(), at=now, now=now)
