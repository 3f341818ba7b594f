import unicodedata
from pathlib import Path

import pytest

from kstthc_training.ical import EntryStatus, Mailbox, render_entry
from tests.ical.entries import OFFICE, full, ordinary, unfolded, values

GOLDEN = Path(__file__).parent / "golden"

HOSTILE = {
    "line breaks": ("a\r\nBEGIN:VEVENT\nUID:x\rEND:VEVENT", "a BEGIN:VEVENT UID:x END:VEVENT"),
    "begin": ("BEGIN:VEVENT", "BEGIN:VEVENT"),
    "quotes": ("\"a\" 'b' “c”", "\"a\" 'b' “c”"),
    "NFD": ("Ho\u0323\u0302i nghi\u0323", "Hội nghị"),
    "emoji": ("Họp 🇻🇳 👩\u200d👩\u200d👧", "Họp 🇻🇳 👩\u200d👩\u200d👧"),
    "controls": ("a\x00b\x07c\x1bd\x7fe\x9bf\u202eg\u200bh", "abcdefgh"),
    "separators": ("a\u2028b\u2029c\td", "a b c d"),
    "template": ("{{ 7*7 }} {name} %s ${x} <b>&amp;", "{{ 7*7 }} {name} %s ${x} <b>&amp;"),
    "lone surrogate": ("a\ud800b", "ab"),
}


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("ordinary", ordinary()),
        ("full", full()),
        ("organized", full(organizer=OFFICE)),
        ("cancelled", full(status=EntryStatus.CANCELLED)),
        ("postponed", full(status=EntryStatus.POSTPONED)),
        ("tentative", full(status=EntryStatus.TENTATIVE)),
        ("transparent", full(transparent=True)),
    ],
)
def test_render_entry_writes_these_bytes(name: str, entry) -> None:
    assert render_entry(entry).encode() == (GOLDEN / f"{name}.ics").read_bytes()


def test_render_entry_is_the_same_twice() -> None:
    assert render_entry(full()) == render_entry(full())


@pytest.mark.parametrize(("typed", "shown"), HOSTILE.values(), ids=HOSTILE.keys())
def test_render_entry_keeps_a_hostile_title_on_its_line(typed: str, shown: str) -> None:
    plain = unfolded(render_entry(full()))
    hostile = unfolded(render_entry(full(summary=typed, location=typed, categories=(typed,))))
    changed = [new for new, old in zip(hostile, plain, strict=True) if new != old]
    escaped = shown.replace(",", "\\,").replace(";", "\\;")
    assert changed == [f"SUMMARY:{escaped}", f"LOCATION:{escaped}", f"CATEGORIES:{escaped}"]


def test_render_entry_holds_nothing_but_crlf_as_line_break_and_no_control() -> None:
    text = render_entry(full(description="x".join(map(chr, range(0x110)))))
    kept = {c for c in text.replace("\r\n", "") if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}
    assert kept == {"\t"}


def test_render_entry_folds_a_very_long_title() -> None:
    title = "Hội nghị 🇻🇳; \\ " * 2000
    text = render_entry(ordinary(summary=title))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert values(text, "SUMMARY") == [title.strip().replace("\\", "\\\\").replace(";", "\\;")]


@pytest.mark.parametrize(
    ("status", "written", "shown", "busy"),
    [
        (EntryStatus.CONFIRMED, "CONFIRMED", "Họp", "BUSY"),
        (EntryStatus.TENTATIVE, "TENTATIVE", "Họp", "TENTATIVE"),
        (EntryStatus.CANCELLED, "CANCELLED", "Đã hủy: Họp", "FREE"),
        (EntryStatus.POSTPONED, "CANCELLED", "Hoãn: Họp", "FREE"),
    ],
)
def test_render_entry_says_how_it_stands(status: EntryStatus, written: str, shown: str, busy: str) -> None:
    text = render_entry(ordinary(status=status, summary="Họp"))
    said = [values(text, name) for name in ("STATUS", "SUMMARY", "X-MICROSOFT-CDO-BUSYSTATUS", "TRANSP")]
    assert said == [[written], [shown], [busy], ["TRANSPARENT" if busy == "FREE" else "OPAQUE"]]


def test_render_entry_always_writes_sequence_and_stamps_with_the_last_change() -> None:
    text = render_entry(ordinary())
    assert values(text, "SEQUENCE") == ["0"]
    assert values(text, "DTSTAMP") == values(text, "LAST-MODIFIED") == ["20240220T093000Z"]


@pytest.mark.parametrize(
    ("description", "location", "written"),
    [
        ("", "", "https://hop.vn/1"),
        ("Mời dự.", "", "Mời dự.\\n\\nhttps://hop.vn/1"),
        ("Vào https://hop.vn/1 để dự.", "", "Vào https://hop.vn/1 để dự."),
        ("Mời dự.", "https://hop.vn/1", "Mời dự."),
    ],
)
def test_render_entry_shows_the_online_link_where_people_look_once(description: str, location: str, written: str) -> None:
    text = render_entry(ordinary(description=description, location=location, conference_url="https://hop.vn/1"))
    assert values(text, "DESCRIPTION") == [written]
    assert values(text, "CONFERENCE") == ["https://hop.vn/1"]


def test_render_entry_leaves_out_what_is_empty() -> None:
    text = render_entry(ordinary(summary=" \u200b ", categories=("", " "), organizer=Mailbox(" ", "a@b.vn")))
    assert "ORGANIZER:mailto:a@b.vn\r\n" in text
    assert [values(text, name) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL")] == [[]] * 5


def test_render_entry_quotes_the_name_of_the_organizer() -> None:
    text = render_entry(ordinary(organizer=Mailbox('A "B", C;\r\nD: ^E', "a@b.vn")))
    assert "ORGANIZER;CN=\"A ^'B^', C; D: ^^E\":mailto:a@b.vn" in unfolded(text)


def test_render_entry_never_mentions_alarms_or_attendees() -> None:
    text = render_entry(full(organizer=OFFICE))
    assert "ATTENDEE" not in text
    assert "VALARM" not in text
