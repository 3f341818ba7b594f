"""Changing and taking back: places, deadlines, links, and what invitees are told."""

from datetime import timedelta

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations import service
from kstthc_training.invitations.errors import BelowNamed, GroupKnown, InvitingOver, LateDeadline, NobodyChosen
from kstthc_training.refusals import NotAllowed, Stale, Unknown
from tests.invitations.asked import accepted, acts, deadlines, invited, letters_to, names_given, now_of, standing_of
from tests.registrations.actors import a_focal_point, an_organizer
from tests.registrations.seats import a_member, log, pools, pools_wrong
from tests.support.factories import make_event, make_organisation


@pytest.fixture
def body(app):
    return make_organisation("UBND xã Mẫu", kind="commune", level="commune", email="xa@mau.example")


def places_set(invitation, places, *, version=None, now, actor=None):
    version = version or now_of(invitation).version
    db.session.rollback()
    with unit_of_work():
        service.set_places(
            actor=actor or an_organizer(), invitation=invitation, places=places,
            version=version, now=now,
        )  # fmt: skip
    return now_of(invitation)


def act(verb, invitation, now, **facts):
    with unit_of_work():
        return verb(
            actor=facts.pop("actor", None) or an_organizer(), event_id=invitation.event_id,
            invitation_ids=[invitation.id], now=now, **facts,
        )  # fmt: skip


def test_places_are_raised_and_lowered_with_the_limit_and_what_is_held(body, now):
    event = make_event(capacity=9)
    (invitation,) = invited(event, body, places=3)
    accepted(invitation, 3)
    names_given(invitation, a_member(body))
    assert places_set(invitation, 2, now=now + timedelta(hours=1)).places_accepted == 2
    assert pools(event)["organisation", str(body.id)] == (2, 2)
    assert (pools(event)["event", ""][0], pools_wrong(event)) == (2, [])
    assert places_set(invitation, 4, now=now + timedelta(hours=2)).places == 4
    assert pools(event)["organisation", str(body.id)] == (2, 4)
    assert [letter.kind for letter in letters_to("xa@mau.example")] == ["invitation", *["invitation-changed"] * 2]
    assert [facts["changes"]["quota"] for facts in log("invitation.places_set")] == [[3, 2], [2, 4]]


def test_places_never_fall_below_the_names(body, now):
    event = make_event()
    (invitation,) = invited(event, body, places=2)
    names_given(invitation, a_member(body), a_member(body))
    with pytest.raises(BelowNamed) as refused:
        places_set(invitation, 1, now=now)
    assert refused.value.facts == {"name": "UBND xã Mẫu", "places": 1, "named": 2}
    assert now_of(invitation).places == 2


def test_somebody_elses_change_is_not_overwritten(body, now):
    (invitation,) = invited(make_event(), body, places=2)
    places_set(invitation, 3, now=now)
    with pytest.raises(Stale):
        places_set(invitation, 4, version=invitation.version, now=now)


def test_a_deadline_of_its_own_is_told_and_must_come_before_the_event(body, now):
    event = make_event()
    (invitation,) = invited(event, body)
    later = now + timedelta(days=4)
    assert act(service.set_deadline, invitation, now, answer_by=later) == 1
    assert now_of(invitation).answer_by == later
    assert "Xin trả lời trước: 09:00 22/03/2026" in letters_to("xa@mau.example")[-1].body
    for wrong in (now, event.starts_at + timedelta(seconds=1)):
        with pytest.raises(LateDeadline):
            act(service.set_deadline, invitation, now, answer_by=wrong)
    act(service.set_deadline, invitation, now, answer_by=event.starts_at)


def test_taking_back_frees_what_was_held_and_the_limit_but_keeps_the_named(body, now):
    event = make_event(capacity=9)
    (invitation,) = invited(event, body, places=3)
    accepted(invitation, 3)
    names_given(invitation, a_member(body))
    assert act(service.revoke, invitation, now + timedelta(hours=1), reason="Đổi thành phần") == 1
    assert standing_of(invitation) == "revoked"
    assert pools(event)["event", ""][0] == 1
    assert (pools(event)["organisation", str(body.id)], pools_wrong(event)) == ((1, None), [])
    letter = letters_to("xa@mau.example")[-1]
    assert (letter.kind, letter.link_purpose) == ("invitation-revoked", None)
    assert "Lý do: Đổi thành phần" in letter.body


def test_places_without_names_are_taken_back(body, now):
    event = make_event(capacity=9)
    (invitation,) = invited(event, body, places=3)
    accepted(invitation, 3)
    names_given(invitation, a_member(body))
    (silent,) = invited(event, make_organisation(email="im@mau.example"), places=2)
    assert act(service.release_places, invitation, now) == 2
    assert act(service.release_places, silent, now) == 2
    assert (now_of(invitation).places, now_of(silent).revoked_at) == (1, now)
    assert (pools(event)["event", ""][0], pools_wrong(event)) == (1, [])
    assert (acts(invitation)[-1], acts(silent)[-1]) == ("places-released", "places-released")


def test_a_new_link_is_sent(body, now):
    (invitation,) = invited(make_event(), body)
    with unit_of_work():
        service.renew_link(actor=an_organizer(), invitation=invitation, now=now + timedelta(hours=1))
    assert now_of(invitation).generation == 2
    assert [letter.kind for letter in letters_to("xa@mau.example")] == ["invitation", "invitation"]


def test_organizers_alone_change_invitations_of_this_event_while_it_is_to_come(body, now):
    event = make_event()
    (invitation,) = invited(event, body)
    with pytest.raises(NotAllowed):
        act(service.revoke, invitation, now, reason="", actor=a_focal_point(body))
    with pytest.raises(NotAllowed):
        places_set(invitation, 2, now=now, actor=a_focal_point(body))
    with pytest.raises(InvitingOver):
        act(service.release_places, invitation, event.starts_at)
    with pytest.raises(Unknown), unit_of_work():
        service.revoke(actor=an_organizer(), event_id=make_event().id, invitation_ids=[invitation.id], reason="", now=now)
    act(service.revoke, invitation, now, reason="")
    with pytest.raises(NobodyChosen):
        act(service.revoke, invitation, now, reason="")


def test_deadlines_are_kept_once_and_guarded(body, now):
    event = make_event()
    with pytest.raises(LateDeadline):
        deadlines(event, event.starts_at + timedelta(seconds=1))
    deadlines(event, event.starts_at)
    deadlines(event, event.starts_at)
    assert len(log("invitations.deadline_set")) == 1
    with pytest.raises(Stale), unit_of_work():
        service.set_deadlines(actor=an_organizer(), event_id=event.id, answer_by=None, remind_days=[1], version=0, now=now)
    with pytest.raises(NotAllowed), unit_of_work():
        service.set_deadlines(
            actor=a_focal_point(body), event_id=event.id, answer_by=None, remind_days=[1], version=1, now=now
        )


def test_a_group_has_a_name_of_its_own(body, now):
    with unit_of_work():
        service.save_group(actor=an_organizer(), name="Các xã biên giới", places={body.id: 2}, now=now)
    with pytest.raises(GroupKnown), unit_of_work():
        service.save_group(actor=an_organizer(), name="Các xã biên giới", places={body.id: 1}, now=now)
    with pytest.raises(NobodyChosen), unit_of_work():
        service.save_group(actor=an_organizer(), name="Trống", places={}, now=now)
    with pytest.raises(NotAllowed), unit_of_work():
        service.save_group(actor=a_focal_point(body), name="Khác", places={body.id: 1}, now=now)
