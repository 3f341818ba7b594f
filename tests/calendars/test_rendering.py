"""The octets of each version of rendering: whoever changes them raises the version, so that no reader keeps the old ones."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from kstthc_training.calendars.queries import RENDERING
from kstthc_training.calendars.routes.feed import GETS_THE_LINK
from kstthc_training.events.enums import EventMode, EventState, Part
from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event, EventKind, Session, Venue
from kstthc_training.ical import Language, feed, render_entry

GOLDEN = Path(__file__).parent / "golden"
MADE = datetime(2026, 3, 1, 1, 2, 3, tzinfo=UTC)


def sample(state: EventState) -> Event:
    """An event with everything an entry may show, in two sessions; never stored."""
    event = Event(
        title="Tập huấn; một cửa, phần 1", state=state, state_reason="Trùng lịch", mode=EventMode.BOTH,
        online_url="https://hop.example/1", chair="Bà Mẫu", contact_name="Ông Mẫu", contact_phone="0297 3000 001",
        audience_note="Đầu mối", description="Mang theo máy tính.",
    )  # fmt: skip
    event.kind = EventKind(name_vi="Tập huấn", name_en="Training")
    event.venue = Venue(name="Phòng họp số 1", address="06 Nguyễn Công Trứ")
    event.sessions = [
        Session(
            uid=UUID(int=number), position=number, sequence=number, name="", created_at=MADE, changed_at=MADE,
            starts_at=MADE.replace(day=10 + number), ends_at=MADE.replace(day=10 + number, hour=4),
        )
        for number in range(2)
    ]  # fmt: skip
    return event


@pytest.mark.parametrize("language", list(Language))
def test_the_version_of_rendering_rises_with_every_change_of_octets(language):
    entries = [
        render_entry(entry_of(event, session, url="https://lich.example/hop/2026-1", online=True, language=language))
        for event in (sample(EventState.RELEASED), sample(EventState.CANCELLED), sample(EventState.POSTPONED))
        for session in event.sessions
    ]
    made = b"".join(
        feed(name="Lịch", description="Mẫu", entries_text=entries[n : n + 2], colour="darkcyan") for n in (0, 2, 4)
    )  # fmt: skip
    golden = GOLDEN / f"feed-{RENDERING}-{language}.ics"
    assert golden.exists(), "keep the octets of the new version"
    assert made == golden.read_bytes(), "raise RENDERING and keep the octets of the new version"


@pytest.mark.parametrize("language", list(Language))
def test_the_octets_for_each_part_that_a_reader_takes_are_kept_too(language):
    """One entry for each way to take part, as its reader's feed holds it."""
    event = sample(EventState.RELEASED)
    entries = []
    for number, part in enumerate(Part):
        event.sessions[0].uid = UUID(int=100 + number)
        entry = entry_of(
            event, event.sessions[0], url="https://lich.example/hop/2026-1", online=part in GETS_THE_LINK, language=language,
            part=part,
        )  # fmt: skip
        entries.append(render_entry(entry))
    made = feed(name="Lịch", description="Mẫu", entries_text=entries, colour="darkcyan")
    golden = GOLDEN / f"parts-{RENDERING}-{language}.ics"
    assert golden.exists(), "keep the octets of the new version"
    assert made == golden.read_bytes(), "raise RENDERING and keep the octets of the new version"
