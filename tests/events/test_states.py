"""Release, postponement and cancellation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events import errors
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.service import cancel, postpone, release
from tests.events.drafts import at, draft, organizer, releasable, stored, whole
from tests.support.factories import make_event, make_venue


@pytest.fixture
def actor(app):
    return organizer()


def act(verb, actor, event, now, **said):
    """The event after a verb."""
    with unit_of_work():
        verb(actor=actor, event=event, now=now, **said)
    return whole(event.id)


def test_release_makes_it_known(actor, now):
    event = act(release, actor, stored(actor, releasable(make_venue().id), now), now)
    assert (event.state, event.released_at, event.revision, event.version) == (EventState.RELEASED, now, 2, 2)
    assert [s.sequence for s in event.sessions] == [0]


@pytest.mark.parametrize("missing", ["contact_name", "contact_phone"])
def test_release_needs_a_contact_with_a_number(actor, now, missing):
    event = stored(actor, replace(releasable(make_venue().id), **{missing: ""}), now)
    with pytest.raises(errors.ContactMissing):
        act(release, actor, event, now)
    assert whole(event.id).state is EventState.DRAFT


def test_release_needs_a_place_unless_online(actor, now):
    said = {"contact_name": "Nguyễn Mẫu An", "contact_phone": "0900 000 021"}
    with pytest.raises(errors.VenueMissing):
        act(release, actor, stored(actor, draft(**said), now), now)
    online = stored(actor, draft(mode=EventMode.ONLINE, **said), now)
    assert act(release, actor, online, now).state is EventState.RELEASED


def test_second_release_is_refused(actor, now):
    event = act(release, actor, stored(actor, releasable(make_venue().id), now), now)
    with pytest.raises(errors.WrongState) as refused:
        act(release, actor, event, now)
    assert refused.value.facts == {"state": EventState.RELEASED}


def test_postponing_calls_off_with_a_reason(actor, now):
    later = now + timedelta(hours=1)
    event = act(postpone, actor, make_event(), later, reason="Bão số 5")
    assert (event.state, event.state_reason) == (EventState.POSTPONED, "Bão số 5")
    assert [(s.sequence, s.changed_at) for s in event.sessions] == [(1, later)]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.facts) == (
        "event.postponed",
        {"reason": "Bão số 5", "changes": {"state": ["released", "postponed"]}},
    )


def test_postponing_ends_with_the_beginning(actor, now):
    soon = make_event(starts_at=now + timedelta(microseconds=1))
    assert act(postpone, actor, soon, now, reason="Bão").state is EventState.POSTPONED
    begun = make_event(starts_at=now)
    with pytest.raises(errors.AlreadyBegan) as refused:
        act(postpone, actor, begun, now, reason="Bão")
    assert refused.value.facts == {"starts_at": now}


@pytest.mark.parametrize("verb", [postpone, cancel])
def test_calling_off_needs_a_reason(actor, now, verb):
    with pytest.raises(errors.ReasonMissing):
        act(verb, actor, make_event(), now, reason=" ")


@pytest.mark.parametrize("state", [EventState.RELEASED, EventState.POSTPONED])
def test_cancelling_calls_off_for_good(actor, now, state):
    event = act(cancel, actor, make_event(state=state), now, reason="Không còn cần")
    assert (event.state, event.state_reason) == (EventState.CANCELLED, "Không còn cần")
    assert [s.sequence for s in event.sessions] == [1]


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (postpone, EventState.DRAFT),
        (postpone, EventState.POSTPONED),
        (postpone, EventState.CANCELLED),
        (cancel, EventState.DRAFT),
        (cancel, EventState.CANCELLED),
    ],
)
def test_verbs_out_of_turn_are_refused(actor, now, verb, state):
    event = make_event(state=state)
    with pytest.raises(errors.WrongState) as refused:
        act(verb, actor, event, now, reason="Bão")
    assert refused.value.facts == {"state": state}
    assert whole(event.id).revision == 1


def test_held_event_is_not_cancelled(actor, now):
    event = make_event(state=EventState.CLOSED, held_on=at(8).date())
    with pytest.raises(errors.WrongState):
        act(cancel, actor, event, now, reason="Bão")
