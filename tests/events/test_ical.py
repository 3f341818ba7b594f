"""What calendars show of a session."""

import pytest

from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.ical import entry_of
from kstthc_training.ical.entry import EntryStatus
from tests.events.drafts import organizer, releasable, session, stored
from tests.support.factories import make_venue


@pytest.fixture
def event(app, now):
    """Two sessions, the second without a name, in person and online."""
    room = make_venue("Hội trường", address="Số 6 Nguyễn Công Trứ")
    said = releasable(
        room.id, chair="Đỗ Mẫu Bình", description="Mang theo máy tính.", mode=EventMode.BOTH,
        online_url="https://hop.example/1", sessions=(session(8, 11, name="Sáng"), session(13, 16)),
    )  # fmt: skip
    return stored(organizer(), said, now)


def test_entry_says_what_and_where(event):
    first, second = (entry_of(event, s, url="https://lich.example/hop/2026-1") for s in event.sessions)
    assert (first.summary, second.summary) == ("Tập huấn mẫu – Sáng", "Tập huấn mẫu – buổi 2/2")
    assert first.location == "Hội trường, Số 6 Nguyễn Công Trứ, Trực tuyến"
    assert first.description == ("Chủ trì: Đỗ Mẫu Bình\nĐầu mối liên hệ: Nguyễn Mẫu An, 0900 000 021\nMang theo máy tính.")
    assert (first.url, first.categories) == ("https://lich.example/hop/2026-1", ("Tập huấn",))
    assert (first.related_to, second.related_to) == (None, event.sessions[0].uid)


def test_online_address_only_when_asked_for(event):
    first = event.sessions[0]
    assert entry_of(event, first).conference_url is None
    assert entry_of(event, first, online=True).conference_url == "https://hop.example/1"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (EventState.DRAFT, EntryStatus.TENTATIVE),
        (EventState.RELEASED, EntryStatus.CONFIRMED),
        (EventState.CLOSED, EntryStatus.CONFIRMED),
        (EventState.POSTPONED, EntryStatus.POSTPONED),
        (EventState.CANCELLED, EntryStatus.CANCELLED),
    ],
)
def test_entry_stands_as_the_event(event, state, status):
    event.state = state
    assert entry_of(event, event.sessions[0]).status is status
