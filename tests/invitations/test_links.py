"""The link of an invitation: derived, found, replaced, dead."""

import pytest
from flask import current_app

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.invitations import service
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.errors import LinkOver
from kstthc_training.invitations.queries import find_by_link
from kstthc_training.refusals import Unknown
from tests.invitations.asked import invited
from tests.registrations.actors import an_organizer
from tests.support.factories import make_event, make_organisation


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def invitation(event):
    return invited(event, make_organisation(email="xa@mau.example"))[0]


def secret_of(invitation):
    return invitation_link(invitation.id).rpartition("/")[2]


def found(secret):
    db.session.rollback()
    known = find_by_link(secret, key=current_app.config["SETTINGS"].key)
    return known and (known[0].id, known[1])


def test_a_link_leads_to_its_invitation_and_a_wrong_one_to_none(invitation):
    secret = secret_of(invitation)
    assert found(secret) == (invitation.id, False)
    for wrong in (secret[:-1] + ("a" if secret[-1] != "a" else "b"), "1-x", "x", f"{invitation.id + 1}-{secret[2:]}"):
        assert found(wrong) is None


def test_a_link_that_was_replaced_is_known_as_such(invitation, now):
    former = secret_of(invitation)
    with unit_of_work():
        service.renew_link(actor=an_organizer(), invitation=invitation, now=now)
    assert (found(former), found(secret_of(invitation))) == ((invitation.id, True), (invitation.id, False))


def test_no_letter_carries_a_dead_link(invitation, event, now):
    with unit_of_work() as session:
        session.get_one(type(event), event.id).state = EventState.CANCELLED
    with pytest.raises(LinkOver):
        invitation_link(invitation.id)
    with unit_of_work() as session:
        session.get_one(type(event), event.id).state = EventState.RELEASED
        service.revoke(actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="", now=now)
    with pytest.raises(LinkOver):
        invitation_link(invitation.id)
    with pytest.raises(Unknown):
        invitation_link(invitation.id + 1)
