"""Inviting: whom, with how many places, and when the letters go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.errors import BelowNamed, InvitingOver, NobodyChosen
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.refusals import NotAllowed, Unknown
from tests.invitations.asked import acts, invitation_of, invited, letters_to, standing_of
from tests.registrations.actors import a_focal_point, an_organizer, himself
from tests.registrations.seats import a_member, entered, log, pools, pools_wrong
from tests.support.factories import make_account, make_event, make_organisation, make_person


@pytest.fixture
def commune(app):
    return make_organisation("UBND xã Mẫu", kind="commune", level="commune", email="xa@mau.example")


def test_an_organisation_is_invited_with_its_places_as_the_limit_of_its_seats(commune, now):
    event = make_event(capacity=10)
    (invitation,) = invited(event, commune, places=2)
    assert (invitation.places, invitation.sent_at) == (2, now)
    assert pools(event)["organisation", str(commune.id)] == (0, 2)
    assert acts(invitation) == ["made", "sent"]
    assert [facts["invitees"] for facts in log("invitations.made")] == [1]
    (letter,) = letters_to("xa@mau.example")
    assert (letter.kind, letter.link_purpose, letter.link_id) == ("invitation", "invitation", invitation.id)
    for said in ("kính mời UBND xã Mẫu cử người dự", "Số chỗ: 2", "{{link}}", event.title):
        assert said in letter.body


def test_letters_go_to_every_focal_point_instead_of_the_mailbox(commune, now):
    make_account(person=make_person("Lý Mẫu Sang", organisation_id=commune.id, email="a@mau.example"), focal_of=commune)
    invited(make_event(), commune)
    assert [letter.recipient_name for letter in letters_to("a@mau.example")] == ["Lý Mẫu Sang"]
    assert letters_to("xa@mau.example") == []


def test_a_person_is_invited_without_a_limit(app, now):
    event, person = make_event(), make_person("Danh Mẫu Bảo", email="bao@mau.example")
    (invitation,) = invited(event, people=[person])
    (letter,) = letters_to("bao@mau.example")
    assert "kính mời Ông/Bà dự" in letter.body and "Số chỗ" not in letter.body
    assert set(pools(event)) == {("event", "")}
    assert standing_of(invitation) == "unanswered"


def test_the_letters_of_a_draft_wait_for_its_release(commune, now):
    event = make_event(state=EventState.DRAFT)
    (invitation,) = invited(event, commune)
    assert (letters_to("xa@mau.example"), standing_of(invitation)) == ([], "unsent")
    with unit_of_work():
        db.session.execute(update(Event).where(Event.id == event.id).values(state=EventState.RELEASED))
        assert service.send(actor=an_organizer(), event_id=event.id, now=now) == 1
        assert service.send(actor=an_organizer(), event_id=event.id, now=now) == 0
    assert len(letters_to("xa@mau.example")) == 1
    assert standing_of(invitation) == "unanswered"


def test_without_an_address_an_invitation_is_not_reached(app, now):
    event, body = make_event(), make_organisation("UBND xã Không Thư")
    (invitation,) = invited(event, body)
    assert (invitation.sent_at, standing_of(invitation)) == (None, "unreached")


def test_a_failed_letter_is_not_reached_until_another_arrives(commune, now):
    event = make_event()
    (invitation,) = invited(event, commune)
    with unit_of_work() as session:
        session.execute(update(Message).values(state=MessageState.FAILED))
    assert standing_of(invitation) == "unreached"
    with unit_of_work():
        service.renew_link(actor=an_organizer(), invitation=invitation, now=now + timedelta(hours=1))
    assert standing_of(invitation) == "unanswered"


def test_inviting_twice_changes_nothing_and_after_revoking_begins_anew(commune, now):
    event = make_event()
    (first,) = invited(event, commune, places=2)
    (second,) = invited(event, commune, places=5)
    assert (second.places, second.generation, len(letters_to("xa@mau.example"))) == (2, 1, 1)
    with unit_of_work():
        service.revoke(actor=an_organizer(), event_id=event.id, invitation_ids=[first.id], reason="", now=now)
    (third,) = invited(event, commune, places=5, now=now + timedelta(minutes=1))
    assert (third.id, third.places, third.generation, third.revoked_at) == (first.id, 5, 2, None)
    assert pools(event)["organisation", str(commune.id)] == (0, 5)


def test_places_below_those_on_the_list_are_refused_with_figures(commune, now):
    event = make_event()
    entered(event, a_member(commune))
    entered(event, a_member(commune))
    with pytest.raises(BelowNamed) as refused:
        invited(event, commune, places=1)
    assert refused.value.facts == {"name": "UBND xã Mẫu", "places": 1, "named": 2}
    (invitation,) = invited(event, commune, places=2)
    assert (pools_wrong(event), standing_of(invitation)) == ([], "named")


@pytest.mark.parametrize(
    "over", [{"state": EventState.CANCELLED}, {"state": EventState.CLOSED, "held_on": date(2026, 3, 18)}]
)
def test_nobody_is_invited_to_an_event_that_is_over(commune, over):
    with pytest.raises(InvitingOver):
        invited(make_event(**over), commune)


def test_nobody_is_invited_from_the_instant_an_event_begins(commune, now):
    event = make_event(starts_at=now + timedelta(hours=1))
    with pytest.raises(InvitingOver):
        invited(event, commune, now=event.starts_at)
    assert invited(event, commune, now=event.starts_at - timedelta(seconds=1))


def test_organizers_alone_invite_and_only_whom_there_is(commune, now):
    event = make_event()
    for stranger in (a_focal_point(commune), himself(make_person())):
        with pytest.raises(NotAllowed):
            invited(event, commune, actor=stranger)
    with pytest.raises(NobodyChosen):
        invited(event)
    ended = make_organisation("UBND xã Cũ", valid_to=now.date())
    with pytest.raises(Unknown):
        invited(event, commune, ended)
    assert invitation_of(event, organisation_id=commune.id) is None
