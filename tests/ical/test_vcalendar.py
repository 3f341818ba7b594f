from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kstthc_training.ical import content_type, feed, render_entry, single, vcalendar
from kstthc_training.ical.errors import NotAnEntry, NothingToPublish, OrganizerMissing, RepeatedUid, UnusableAddress
from kstthc_training.ical.vcalendar import MOST_ENTRIES, MOST_OCTETS, VTIMEZONE
from tests.ical.entries import OFFICE, full, ordinary, unfolded, values

GOLDEN = Path(__file__).parent / "golden"


def many(count: int, **changes: object) -> list[str]:
    return [render_entry(ordinary(uid=UUID(int=number), **changes)) for number in range(count)]


def test_feed_writes_these_bytes() -> None:
    written = feed(
        name="Lịch họp, tập huấn",
        description="Cuộc họp; lớp tập huấn\ncủa Văn phòng UBND tỉnh",
        entries_text=[render_entry(full()), *many(1)],
        colour="teal",
        source="https://lich.kiengiang.gov.vn/ics/cong-khai.ics",
    )
    assert written == (GOLDEN / "feed.ics").read_bytes()


def test_feed_without_entries_still_holds_the_time_zone() -> None:
    assert feed(name="Lịch", description="", entries_text=[]) == (GOLDEN / "empty.ics").read_bytes()


def test_feed_carries_no_method_and_keeps_the_given_order() -> None:
    texts = many(3)
    written = feed(name="Lịch", description="", entries_text=reversed(texts)).decode()
    assert values(written, "METHOD") == []
    assert written.endswith(VTIMEZONE + "".join(reversed(texts)) + "END:VCALENDAR\r\n")


def test_feed_holds_at_most_a_thousand_entries_the_first() -> None:
    texts = many(MOST_ENTRIES + 1)
    written = feed(name="Lịch", description="", entries_text=texts).decode()
    assert len(values(written, "UID")) == MOST_ENTRIES
    assert values(written, "UID")[-1] == str(UUID(int=MOST_ENTRIES - 1))
    assert feed(name="Lịch", description="", entries_text=texts[:MOST_ENTRIES]) == written.encode()


def test_feed_holds_at_most_a_megabyte_of_whole_entries() -> None:
    texts = many(40, description="ệ" * 10_000)
    written = feed(name="Lịch", description="", entries_text=texts)
    assert MOST_OCTETS - len(texts[0].encode()) < len(written) <= MOST_OCTETS
    assert written.endswith(texts[len(values(written.decode(), "UID")) - 1].encode() + b"END:VCALENDAR\r\n")


def test_feed_counts_octets_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = many(3)
    whole = feed(name="Lịch", description="", entries_text=texts)
    monkeypatch.setattr(vcalendar, "MOST_OCTETS", len(whole))
    assert feed(name="Lịch", description="", entries_text=texts) == whole
    monkeypatch.setattr(vcalendar, "MOST_OCTETS", len(whole) - 1)
    assert feed(name="Lịch", description="", entries_text=texts) == whole.replace(texts[2].encode(), b"")


def test_feed_says_how_often_to_come_again() -> None:
    lines = unfolded(feed(name="L", description="", entries_text=[], refresh_after=timedelta(minutes=90)).decode())
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H30M" in lines
    assert "X-PUBLISHED-TTL:PT1H30M" in lines


@pytest.mark.parametrize("text", ["", "BEGIN:VEVENT\r\n", "BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\n", "UID:x"])
def test_feed_refuses_what_is_no_rendered_entry(text: str) -> None:
    with pytest.raises(NotAnEntry):
        feed(name="Lịch", description="", entries_text=[text])


def test_feed_refuses_a_uid_that_comes_twice() -> None:
    with pytest.raises(RepeatedUid) as refused:
        feed(name="Lịch", description="", entries_text=[*many(2), *many(1)])
    assert refused.value.uid == str(UUID(int=0))


def test_feed_refuses_a_source_that_is_no_web_address() -> None:
    with pytest.raises(UnusableAddress):
        feed(name="Lịch", description="", entries_text=[], source="/ics/cong-khai.ics")


def test_feed_keeps_a_hostile_name_on_its_line() -> None:
    name = 'Lịch\r\nMETHOD:REQUEST, "x"; \\Nam'
    lines = unfolded(feed(name=name, description=name, entries_text=[], colour="red\r\nX:1").decode())
    assert 'X-WR-CALNAME:Lịch METHOD:REQUEST\\, "x"\\; \\\\Nam' in lines
    assert 'X-WR-CALDESC:Lịch\\nMETHOD:REQUEST\\, "x"\\; \\\\Nam' in lines
    assert "COLOR:red X:1" in lines


def test_single_writes_these_bytes() -> None:
    other = ordinary(uid=UUID(int=7), organizer=OFFICE)
    assert single([full(organizer=OFFICE), other]) == (GOLDEN / "single.ics").read_bytes()


def test_single_refuses_an_entry_without_organizer() -> None:
    with pytest.raises(OrganizerMissing):
        single([full(organizer=OFFICE), ordinary(uid=UUID(int=7))])


def test_single_refuses_to_publish_nothing() -> None:
    with pytest.raises(NothingToPublish):
        single([])


def test_content_type_names_the_method_of_the_file() -> None:
    assert content_type() == "text/calendar; charset=utf-8"
    assert content_type("PUBLISH") == "text/calendar; method=PUBLISH; charset=utf-8"
