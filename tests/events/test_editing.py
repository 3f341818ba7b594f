"""Saving an event anew: sessions keep who they are, calendars learn what matters, nothing is overwritten unseen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events import errors
from kstthc_training.events.drafts import AgendaItemDraft, Footprint
from kstthc_training.events.enums import AttendanceRule, EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.events.service import cancel, postpone, release
from kstthc_training.refusals import Stale
from tests.events.drafts import at, draft, organizer, releasable, saved, session, stored, whole
from tests.support.factories import make_person, make_venue

TUESDAY = date(2026, 4, 7)


@pytest.fixture
def actor(app):
    return organizer()


@pytest.fixture
def released(actor, now):
    """A released event of two sessions, morning and afternoon."""
    said = releasable(make_venue().id, sessions=(session(8, 11, name="Sáng"), session(13, 16, name="Chiều")))
    event = stored(actor, said, now)
    with unit_of_work():
        release(actor=actor, event=event, now=now)
    return whole(event.id)


@pytest.fixture
def later(now):
    return now + timedelta(hours=1)


def sequences(event: Event) -> list[int]:
    return [s.sequence for s in event.sessions]


def stamps(event: Event) -> list:
    return [s.changed_at for s in event.sessions]


def moved(event: Event, **first: object) -> tuple:
    """The sessions of an event, the first one changed."""
    known = [session(8, 11, id=event.sessions[0].id, name="Sáng"), session(13, 16, id=event.sessions[1].id, name="Chiều")]
    known[0] = session(**{"first": 8, "last": 11, "id": event.sessions[0].id, "name": "Sáng", **first})
    return tuple(known)


def test_unchanged_edit_changes_and_records_nothing(actor, released, now, later):
    event = saved(actor, released, later)
    assert (event.version, event.revision, event.changed_at) == (2, 2, now)
    assert [e.action for e in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [
        "event.created",
        "event.released",
    ]


def test_new_start_raises_sequence_of_that_session_alone(actor, released, later):
    uids = [s.uid for s in released.sessions]
    event = saved(actor, released, later, sessions=moved(released, first=9))
    assert [s.uid for s in event.sessions] == uids
    assert sequences(event) == [1, 0]
    assert stamps(event)[0] == later
    assert (event.starts_at, event.version, event.revision) == (at(9), 3, 3)


def test_new_end_raises_sequence(actor, released, later):
    assert sequences(saved(actor, released, later, sessions=moved(released, last=12))) == [1, 0]


def test_typo_moves_the_stamp_but_not_the_sequence(actor, released, later):
    event = saved(actor, released, later, title="Tập huấn mẫu về số hóa")
    assert (sequences(event), stamps(event)) == ([0, 0], [later, later])


def test_new_venue_raises_every_sequence(actor, released, later):
    event = saved(actor, released, later, venue_id=make_venue("Hội trường").id)
    assert (sequences(event), stamps(event)) == ([1, 1], [later, later])


def test_new_online_address_raises_every_sequence(actor, released, later):
    event = saved(actor, released, later, mode=EventMode.BOTH, online_url="https://hop.example/1")
    assert sequences(event) == [1, 1]


def test_what_no_calendar_shows_leaves_entries_alone(actor, released, now, later):
    event = saved(actor, released, later, door_staff_ids=frozenset({make_person().id}))
    assert (sequences(event), stamps(event), event.revision) == ([0, 0], [now, now], 3)


def test_drafts_keep_sequence_zero(actor, now, later):
    event = saved(actor, stored(actor, draft(), now), later, sessions=(session(9, 11),))
    assert sequences(event) == [0]


def test_added_session_is_new_and_others_stay(actor, released, later):
    uids = [s.uid for s in released.sessions]
    extra = session(8, 11, TUESDAY, name="Sáng thứ Ba")
    event = saved(actor, released, later, sessions=(*moved(released), extra))
    assert [s.uid for s in event.sessions][:2] == uids
    assert [(s.position, s.name) for s in event.sessions] == [(0, "Sáng"), (1, "Chiều"), (2, "Sáng thứ Ba")]
    assert event.ends_at == at(11, day=TUESDAY)


def test_sessions_may_change_places(actor, released, later):
    """The morning moves behind the afternoon: positions follow the clock, UIDs the sessions."""
    morning, afternoon = (s.uid for s in released.sessions)
    event = saved(actor, released, later, sessions=moved(released, first=17, last=18))
    assert [(s.uid, s.position) for s in event.sessions] == [(afternoon, 0), (morning, 1)]
    assert sequences(event) == [0, 1]


def test_session_nobody_came_to_may_go(actor, released, later):
    event = saved(actor, released, later, sessions=moved(released)[:1])
    assert [s.name for s in event.sessions] == ["Sáng"]


@pytest.mark.parametrize(("registrations", "marks"), [(1, 0), (0, 2)])
def test_session_in_use_stays(actor, released, later, registrations, marks):
    second = released.sessions[1]
    footprint = Footprint(registrations=registrations, marks={second.id: marks})
    with pytest.raises(errors.SessionInUse) as refused:
        saved(actor, released, later, footprint=footprint, sessions=moved(released)[:1])
    assert refused.value.facts == {
        "name": "Chiều", "starts_at": at(13), "marks": marks, "registrations": registrations,
    }  # fmt: skip
    assert len(whole(released.id).sessions) == 2


def test_session_of_another_event_is_not_taken_over(actor, released, now, later):
    other = stored(actor, draft(), now)
    event = saved(actor, other, later, sessions=(session(id=released.sessions[0].id),))
    assert event.sessions[0].id not in {s.id for s in released.sessions}
    assert len(whole(released.id).sessions) == 2


def test_agenda_is_rewritten_in_order(actor, released, later):
    lines = tuple(AgendaItemDraft(starts_at=at(8, m), title=t) for m, t in ((20, "Hỏi đáp"), (0, "Khai mạc")))
    event = saved(actor, released, later, agenda=lines)
    assert [(a.position, a.title) for a in event.agenda_items] == [(0, "Khai mạc"), (1, "Hỏi đáp")]
    event = saved(actor, event, later, agenda=lines[:1])
    assert [(a.position, a.title) for a in event.agenda_items] == [(0, "Hỏi đáp")]


def test_stale_edit_is_refused_with_the_saved_version(actor, released, later):
    saved(actor, released, later, title="Bản của người khác")
    with pytest.raises(Stale) as refused:
        saved(actor, released, later, version=2, title="Bản cũ")
    assert refused.value.facts == {"saved_version": 3}
    assert whole(released.id).title == "Bản của người khác"


def test_released_event_keeps_what_an_invitation_states(actor, released, later):
    with pytest.raises(errors.ContactMissing):
        saved(actor, released, later, contact_phone="")
    with pytest.raises(errors.VenueMissing):
        saved(actor, released, later, venue_id=None)
    assert saved(actor, released, later, mode=EventMode.ONLINE, venue_id=None).venue is None


def test_cancelled_event_is_not_edited(actor, released, later):
    with unit_of_work():
        cancel(actor=actor, event=released, reason="Trùng lịch", now=later)
    with pytest.raises(errors.WrongState) as refused:
        saved(actor, whole(released.id), later, title="Khác")
    assert refused.value.facts == {"state": EventState.CANCELLED}


def test_new_dates_of_a_postponed_event_release_it(actor, released, later):
    with unit_of_work():
        postpone(actor=actor, event=released, reason="Bão", now=later)
    postponed = whole(released.id)
    assert saved(actor, postponed, later, title="Tập huấn").state is EventState.POSTPONED
    event = saved(actor, postponed, later, version=4, sessions=moved(released, first=9))
    assert (event.state, event.state_reason, sequences(event)) == (EventState.RELEASED, "", [2, 2])
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.facts["changes"]["state"]) == ("event.redated", ["postponed", "released"])


def test_new_dates_of_a_postponed_event_lie_ahead(actor, released, later):
    with unit_of_work():
        postpone(actor=actor, event=released, reason="Bão", now=later)
    postponed, begins = whole(released.id), at(9)
    for now in (begins, begins + timedelta(microseconds=1)):
        with pytest.raises(errors.NewDatePast) as refused:
            saved(actor, postponed, now, sessions=moved(released, first=9))
        assert refused.value.facts == {"starts_at": begins}
    assert whole(released.id).state is EventState.POSTPONED
    assert saved(actor, postponed, begins, title="Tập huấn").state is EventState.POSTPONED
    just = begins - timedelta(microseconds=1)
    event = saved(actor, postponed, just, version=4, sessions=moved(released, first=9))
    assert event.state is EventState.RELEASED


def test_log_says_what_changed_and_no_whole_phone_number(actor, released, later):
    saved(actor, released, later, title="Tập huấn mới", contact_phone="0900 000 099")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.facts == {
        "changes": {"title": ["Tập huấn mẫu", "Tập huấn mới"], "contact_phone": ["0900 xxx x21", "0900 xxx x99"]}
    }


def test_held_event_keeps_its_sessions_and_rule(actor, released, later):
    with unit_of_work() as work:
        held = work.merge(released)
        held.state, held.held_on = EventState.CLOSED, date(2026, 4, 6)
    for said in ({"sessions": moved(released, first=9)}, {"attendance_rule": AttendanceRule.ALL}, {"capacity": 7}):
        with pytest.raises(errors.AlreadyHeld) as refused:
            saved(actor, whole(released.id), later, **said)
        assert refused.value.facts == {"held_on": date(2026, 4, 6)}
    event = saved(actor, whole(released.id), later, title="Tên đúng", contact_phone="")
    assert (event.title, event.state, sequences(event)) == ("Tên đúng", EventState.CLOSED, [0, 0])
