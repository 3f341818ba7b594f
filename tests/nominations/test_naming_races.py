"""Many focal points at one instant, from four processes: no place is given twice, nobody comes in two people's place.

Each finding is shown to be found: the same crowd with clients that read before they write leaves some behind.
"""

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation
from tests.invitations.asked import invited, names_given
from tests.registrations.seats import a_member, pools_wrong
from tests.support.factories import make_account, make_event, make_organisation

pytestmark = pytest.mark.race

PLACES, CLIENTS = 3, 12


def statuses(answers):
    return sorted(answer.partition(" ")[0] for answer in answers)


def on_the_list(event):
    db.session.rollback()
    listed = Registration.state.not_in((RegistrationState.CANCELLED, RegistrationState.REFUSED))
    return db.session.scalar(select(func.count()).where(Registration.event_id == event.id, listed))


def held(event):
    db.session.rollback()
    return db.session.scalar(select(func.sum(SeatReservation.places)).where(SeatReservation.event_id == event.id))


def test_focal_points_of_one_organisation_name_for_its_last_places(place, rivals):
    event, body = make_event(), make_organisation()
    invited(event, body, places=PLACES)
    jobs = [
        ("press", {
            "account_id": make_account(focal_of=body).id, "address": f"/don-vi/{body.id}/{event.code}",
            "data": {"nguoi": str(a_member(body).id), "cu": "1"},
        })
        for _ in range(CLIENTS)
    ]  # fmt: skip
    answers = rivals.run(*place, jobs)
    assert statuses(answers) == ["303"] * PLACES + ["422"] * (CLIENTS - PLACES)
    assert (on_the_list(event), pools_wrong(event)) == (PLACES, [])


def test_naming_is_shown_to_pass_the_places_without_the_protection(place, rivals):
    event, body = make_event(), make_organisation()
    (invitation,) = invited(event, body, places=PLACES)
    jobs = [("unguarded name", {"invitation_id": invitation.id, "person_id": a_member(body).id}) for _ in range(CLIENTS)]
    rivals.run(*place, jobs)
    assert on_the_list(event) > PLACES


def test_organisations_take_the_last_seats_before_they_have_names(place, rivals):
    event = make_event(capacity=PLACES)
    bodies = [make_organisation() for _ in range(CLIENTS)]
    for body in bodies:
        invited(event, body, places=1)
    jobs = [
        ("press", {
            "account_id": make_account(focal_of=body).id, "address": f"/don-vi/{body.id}/{event.code}/nhan",
            "data": {"places": "1"},
        })
        for body in bodies
    ]  # fmt: skip
    answers = rivals.run(*place, jobs)
    assert statuses(answers) == ["303"] * PLACES + ["422"] * (CLIENTS - PLACES)
    assert (held(event), pools_wrong(event)) == (PLACES, [])


def test_holding_is_shown_to_pass_the_seats_without_the_protection(place, rivals):
    event = make_event(capacity=PLACES)
    jobs = [("unguarded hold", {"event_id": event.id, "organisation_id": make_organisation().id}) for _ in range(CLIENTS)]
    rivals.run(*place, jobs)
    taken = db.session.scalar(select(SeatPool.taken).where(SeatPool.event_id == event.id))
    assert held(event) > PLACES or held(event) != taken


def test_one_person_is_replaced_once(place, rivals):
    event, body = make_event(capacity=1), make_organisation()
    (invitation,) = invited(event, body, places=1)
    names_given(invitation, a_member(body))
    replaced = db.session.scalars(select(Registration.id).where(Registration.event_id == event.id)).one()
    db.session.rollback()
    jobs = [
        ("press", {
            "account_id": make_account(focal_of=body).id, "address": f"/don-vi/{body.id}/{event.code}/doi",
            "data": {"id": str(replaced), "nguoi": str(a_member(body).id)},
        })
        for _ in range(CLIENTS)
    ]  # fmt: skip
    answers = rivals.run(*place, jobs)
    assert statuses(answers) == ["303"] + ["422"] * (CLIENTS - 1)
    substitutes = select(func.count()).where(Registration.substitute_for_id == replaced)
    assert (on_the_list(event), db.session.scalar(substitutes), pools_wrong(event)) == (1, 1, [])
