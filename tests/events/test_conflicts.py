"""What a planned event gets in the way of."""

from kstthc_training.events.conflicts import Conflict, ConflictKind, conflicts_of
from kstthc_training.events.enums import EventMode, EventState
from tests.events.drafts import at, draft, organizer, session, stored
from tests.support.factories import make_event, make_venue


def test_venue_taken_is_told_with_the_other_event(app, now):
    room = make_venue("Phòng họp số 1")
    other = make_event("Họp giao ban", starts_at=at(8), venue_id=room.id)
    assert conflicts_of(draft(venue_id=room.id, sessions=(session(10, 12),))) == [
        Conflict(
            kind=ConflictKind.VENUE_TAKEN, subject="Phòng họp số 1", code=other.code, title="Họp giao ban",
            starts_at=at(8), ends_at=at(11),
        )
    ]  # fmt: skip


def test_what_ends_when_the_other_begins_is_no_conflict(app):
    room = make_venue()
    make_event(starts_at=at(8), venue_id=room.id)
    assert conflicts_of(draft(venue_id=room.id, sessions=(session(11, 12), session(6, 8)))) == []


def test_other_sessions_of_the_same_event_and_called_off_events_do_not_count(app, now):
    room = make_venue()
    own = stored(organizer(), draft(venue_id=room.id), now)
    make_event(starts_at=at(8), venue_id=room.id, state=EventState.CANCELLED)
    make_event(starts_at=at(8), venue_id=room.id, state=EventState.POSTPONED)
    assert conflicts_of(draft(venue_id=room.id), event_id=own.id) == []
    assert len(conflicts_of(draft(venue_id=room.id))) == 1


def test_online_events_need_no_room(app):
    room = make_venue()
    make_event(starts_at=at(8), venue_id=room.id)
    assert conflicts_of(draft(venue_id=room.id, mode=EventMode.ONLINE)) == []


def test_chair_is_found_whatever_the_accents(app):
    make_event(starts_at=at(8), chair="Đỗ Mẫu Bình")
    (found,) = conflicts_of(draft(chair="Do mau  Binh"))
    assert (found.kind, found.subject) == (ConflictKind.CHAIR_TWICE, "Do mau  Binh")
    assert conflicts_of(draft()) == []


def test_room_too_small_is_told_with_its_places(app):
    room = make_venue("Phòng họp số 2", capacity=20)
    assert conflicts_of(draft(venue_id=room.id, capacity=20)) == []
    assert conflicts_of(draft(venue_id=room.id, capacity=21)) == [
        Conflict(kind=ConflictKind.VENUE_TOO_SMALL, subject="Phòng họp số 2", places=20)
    ]


def test_statements_do_not_grow_with_events(app, statements):
    room = make_venue()
    for _ in range(3):
        make_event(starts_at=at(8), venue_id=room.id)
    with statements() as seen:
        assert len(conflicts_of(draft(venue_id=room.id))) == 3
    assert len(seen) == 3  # with the kind of the draft itself
