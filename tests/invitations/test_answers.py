"""Answers: yes with names to follow, names, no; and the instants after which they are refused."""

from datetime import timedelta

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.invitations import service
from kstthc_training.invitations.errors import AnswerOver, MorePlaces, Revoked, StillNamed
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.enums import Admission, RegistrationState
from kstthc_training.registrations.errors import AlreadyBegun, NotOffered, TooFewSeats
from kstthc_training.registrations.service.reserve import free_places
from tests.invitations.asked import (
    accepted,
    acts,
    attending,
    bearer,
    deadlines,
    declined,
    invited,
    names_given,
    now_of,
    standing_of,
)
from tests.registrations.actors import an_organizer, registered
from tests.registrations.seats import a_member, a_ruled_event, entered, log, pools, pools_wrong
from tests.support.factories import make_event, make_organisation, make_person

CONFIRMED, PENDING, WAITING = RegistrationState.CONFIRMED, RegistrationState.PENDING, RegistrationState.WAITING
MINUTE = timedelta(minutes=1)


@pytest.fixture
def body(app):
    return make_organisation("UBND xã Mẫu", kind="commune", level="commune", email="xa@mau.example")


def test_yes_holds_places_until_names_are_due_and_names_use_them(body, now):
    event = a_ruled_event(capacity=3, names_until=now + timedelta(days=3))
    (invitation,) = invited(event, body, places=2)
    said = accepted(invitation, 2)
    assert (said.answer, said.places_accepted, said.answered_by_id) == ("accepted", 2, None)
    assert (pools(event)["event", ""], standing_of(invitation)) == ((2, 3), "promised")
    assert names_given(invitation, a_member(body), new=["Lê Mẫu Ái"]) == [CONFIRMED, CONFIRMED]
    assert (pools(event)["event", ""], standing_of(invitation)) == ((2, 3), "named")
    assert pools_wrong(event) == []
    assert acts(invitation) == ["made", "sent", "accepted", "named"]
    assert [facts["changes"]["places_accepted"] for facts in log("invitation.accepted")] == [[0, 2]]


def test_what_is_not_named_in_time_becomes_free(body, now):
    event = a_ruled_event(capacity=2, names_until=now + timedelta(days=3))
    (invitation,) = invited(event, body, places=2)
    accepted(invitation, 2)
    names_given(invitation, a_member(body))
    with unit_of_work():
        free_places(event_id=event.id, organisation_id=body.id, now=now + timedelta(days=3))
    assert (pools(event)["event", ""], pools_wrong(event)) == ((1, 2), [])


def test_a_second_yes_raises_and_lowers_what_is_held(body, now):
    event = make_event(capacity=5)
    (invitation,) = invited(event, body, places=3)
    for places in (1, 3, 2):
        accepted(invitation, places)
        assert (pools(event)["event", ""][0], pools_wrong(event)) == (places, [])


def test_more_places_than_asked_or_than_there_are_seats_are_refused(body, now):
    event = make_event(capacity=1)
    (invitation,) = invited(event, body, places=2)
    for places in (0, 3):
        with pytest.raises(MorePlaces):
            accepted(invitation, places)
    with pytest.raises(TooFewSeats):
        accepted(invitation, 2)
    assert (now_of(invitation).answer, pools_wrong(event)) == ("none", [])


def test_more_names_than_places_are_refused_whole(body, now):
    event = make_event(capacity=9)
    (invitation,) = invited(event, body, places=1)
    with pytest.raises(MorePlaces) as refused:
        names_given(invitation, a_member(body), a_member(body))
    assert refused.value.facts == {"places": 1, "named": 0}
    assert (standing_of(invitation), pools(event)["event", ""][0]) == ("unanswered", 0)


def test_naming_is_a_yes_and_the_same_names_again_change_nothing(body, now):
    event, person = make_event(capacity=9), a_member(body)
    (invitation,) = invited(event, body, places=2)
    names_given(invitation, person)
    names_given(invitation, person)
    assert (now_of(invitation).answer, now_of(invitation).places_accepted) == ("accepted", 1)
    assert pools(event)["event", ""][0] == 1


def test_who_is_invited_comes_whatever_the_audience_and_the_window(body, now):
    event = make_event(audience=Audience.PRESS, registration_closes_at=now - MINUTE)
    (invitation,) = invited(event, body)
    assert names_given(invitation, a_member(body)) == [CONFIRMED]
    (own,) = invited(event, people=[make_person()])
    assert attending(own) == CONFIRMED


def test_whom_the_organizer_invited_he_does_not_approve_as_well(body, now):
    event = a_ruled_event(capacity=2, admission=Admission.APPROVAL)
    (invitation,) = invited(event, body, places=2)
    assert names_given(invitation, a_member(body), a_member(body)) == [CONFIRMED, CONFIRMED]
    assert pools_wrong(event) == []


def test_who_is_invited_by_name_is_approved_by_that_and_others_are_not(app):
    event = a_ruled_event(capacity=1, admission=Admission.APPROVAL)
    first, second = invited(event, people=[make_person(), make_person()])
    assert [attending(first), attending(second)] == [CONFIRMED, WAITING]
    assert registered(event).state is PENDING
    assert pools_wrong(event) == []


def test_who_is_invited_by_name_applies_where_one_decision_gives_the_seats(app):
    event = a_ruled_event(capacity=1, admission=Admission.ALLOCATION)
    (own,) = invited(event, people=[make_person()])
    assert attending(own) == PENDING
    assert pools(event)["event", ""] == (0, 1)


def test_without_a_free_seat_the_names_wait_for_the_decision(body, now):
    event = a_ruled_event(capacity=1, admission=Admission.APPROVAL)
    entered(event)
    (invitation,) = invited(event, body)
    assert names_given(invitation, a_member(body)) == [PENDING]


def test_where_one_decision_gives_the_seats_a_yes_holds_none(body, now):
    event = a_ruled_event(capacity=2, admission=Admission.ALLOCATION)
    (invitation,) = invited(event, body, places=2)
    accepted(invitation, 2)
    assert (pools(event)["event", ""][0], standing_of(invitation)) == (0, "promised")
    assert names_given(invitation, a_member(body)) == [PENDING]


def test_no_gives_back_what_was_held_and_keeps_the_reason(body, now):
    event = make_event(capacity=5)
    (invitation,) = invited(event, body, places=2)
    accepted(invitation, 2)
    said = declined(invitation, "Bận lớp bồi dưỡng")
    assert (said.answer, said.reason, said.places_accepted) == ("declined", "Bận lớp bồi dưỡng", 0)
    assert (pools(event)["event", ""][0], standing_of(invitation), pools_wrong(event)) == (0, "declined", [])
    assert [facts["reason"] for facts in log("invitation.declined")] == ["Bận lớp bồi dưỡng"]
    accepted(invitation, 1)
    assert standing_of(invitation) == "promised"


def test_who_named_people_takes_them_back_before_saying_no(body, now):
    event = make_event()
    (invitation,) = invited(event, body)
    names_given(invitation, a_member(body))
    with pytest.raises(StillNamed):
        declined(invitation)


def test_a_person_says_yes_then_no(app, now):
    event, person = make_event(capacity=1), make_person()
    (invitation,) = invited(event, people=[person])
    assert attending(invitation) == CONFIRMED
    assert (standing_of(invitation), pools(event)["event", ""][0]) == ("named", 1)
    declined(invitation)
    assert (standing_of(invitation), pools(event)["event", ""][0]) == ("declined", 0)
    assert attending(invitation) == CONFIRMED
    assert standing_of(invitation) == "named"


def test_answers_are_due_by_the_instant_of_the_deadline_but_no_is_always_heard(body, now):
    event = make_event(capacity=9)
    deadline = now + timedelta(days=2)
    deadlines(event, deadline)
    (invitation,) = invited(event, body, places=3)
    accepted(invitation, 2, now=deadline - MINUTE)
    with pytest.raises(AnswerOver) as refused:
        accepted(invitation, 3, now=deadline)
    assert refused.value.facts == {"until": deadline}
    assert names_given(invitation, a_member(body), a_member(body), now=deadline) == [CONFIRMED, CONFIRMED]
    with pytest.raises(AnswerOver):
        names_given(invitation, a_member(body), now=deadline)
    (own,) = invited(event, people=[make_person()])
    with pytest.raises(AnswerOver):
        attending(own, now=deadline)
    declined(own, now=deadline)
    accepted(invitation, 3, now=deadline, actor=an_organizer())


def test_nobody_answers_once_the_event_began_or_is_off(body, now):
    event = make_event()
    (invitation,) = invited(event, body)
    for answer in (accepted, declined, names_given):
        with pytest.raises(AlreadyBegun):
            answer(invitation, now=event.starts_at)
    for state in (EventState.POSTPONED, EventState.CANCELLED):
        with unit_of_work() as session:
            session.get_one(type(event), event.id).state = state
        with pytest.raises(NotOffered):
            declined(invitation)


def test_only_the_invitee_and_organizers_answer_and_not_when_it_was_taken_back(body, now):
    event = make_event()
    (invitation,) = invited(event, body)
    (other,) = invited(event, make_organisation())
    with pytest.raises(NotAllowed):
        accepted(invitation, actor=bearer(other))
    with pytest.raises(NotAllowed):
        declined(invitation, actor=bearer(other))
    with unit_of_work():
        service.revoke(actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="", now=now)
    with pytest.raises(Revoked):
        accepted(invitation)


def test_opening_is_noted_once_and_answers_nothing(body, now):
    (invitation,) = invited(make_event(), body)
    for later in (0, 1):
        with unit_of_work():
            service.note_opened(actor=bearer(invitation), invitation_id=invitation.id, now=now + later * MINUTE)
    assert (now_of(invitation).opened_at, now_of(invitation).answer) == (now, "none")
    assert acts(invitation) == ["made", "sent", "opened"]
