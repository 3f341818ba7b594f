"""What readers that others wrote make of our files: each takes everything out as it went in and complains of nothing."""

import unicodedata
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from kstthc_training.ical import CalendarEntry, EntryStatus, Mailbox, cancel, feed, remove, render_entry, request, single
from kstthc_training.ical.lines import paragraphs
from kstthc_training.text import clean_line
from tests.ical.entries import JOURNALIST, OFFICE, full, ordinary
from tests.support.foreign import READERS

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
PARTS = ["\\", "\\n", "\\N", "\n", "\r\n", ",", ";", '"', "^", "ệ", "e\u0323\u0302", "🇻🇳", " ", "BEGIN:VEVENT"]
TRICKY = st.lists(st.sampled_from(PARTS))
TEXT = ANY_TEXT | TRICKY.map("".join) | TRICKY.map(lambda parts: "".join(parts) * 20)
INSTANTS = st.datetimes(datetime(1976, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def parsed(octets: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(octets).walk("VEVENT")
    assert event.errors == []
    return event


def published(entry: CalendarEntry) -> bytes:
    return feed(name="Lịch", description="", entries_text=[render_entry(entry)])


@settings(deadline=None)  # the first asks for a browser
@given(TEXT, TEXT, TEXT)
def test_any_text_comes_out_of_every_reader_as_it_went_in(summary: str, description: str, location: str) -> None:
    octets = published(ordinary(summary=f"x{summary}", description=f"x{description}", location=f"x{location}"))
    expected = (clean_line(f"x{summary}"), paragraphs(f"x{description}"), clean_line(f"x{location}"))
    read = {name: reader(octets) for name, reader in READERS.items()}
    found = {name: [(e.summary, e.description, e.location) for e in calendar.entries] for name, calendar in read.items()}
    assert found == {name: [expected] for name in READERS}
    assert {name: calendar.complaints for name, calendar in read.items()} == dict.fromkeys(READERS, ())
    assert all(unicodedata.is_normalized("NFC", text) for text in expected)


@given(TEXT)
def test_any_category_and_name_comes_out_as_it_went_in(text: str) -> None:
    entry = ordinary(categories=(f"x{text}", "Họp, báo"), organizer=Mailbox(f"x{text}", "a@b.vn"))
    event = parsed(single([entry]))
    assert event.categories == [clean_line(f"x{text}"), "Họp, báo"]
    assert event["ORGANIZER"].params["CN"] == clean_line(f"x{text}").replace("\\", "/")


@settings(deadline=None)
@given(INSTANTS, st.timedeltas(timedelta(seconds=1), timedelta(days=30)))
def test_times_come_out_as_the_same_instants(start: datetime, length: timedelta) -> None:
    octets = published(ordinary(starts_at=start, ends_at=start + length))
    written = (start.replace(microsecond=0), (start + length).replace(microsecond=0))
    event = parsed(octets)
    assert event.start.utcoffset() == timedelta(hours=7)
    assert {
        name: (reader(octets).entries[0].starts_at, reader(octets).entries[0].ends_at) for name, reader in READERS.items()
    } == (dict.fromkeys(READERS, written))


SENT_AT = datetime(2024, 3, 1, tzinfo=UTC)
CALLED_OFF = {"organizer": OFFICE, "status": EntryStatus.CANCELLED}
FILES = {
    "feed": published(full()),
    "empty feed": feed(
        name="Họp, tập huấn", description="a;b\nc", entries_text=[], colour="teal", source="https://l.vn/x.ics"
    ),
    "file": single([full(organizer=OFFICE)]),
    "request": request(full(organizer=OFFICE), attendee=JOURNALIST, stamped_at=SENT_AT),
    "cancel": cancel(full(**CALLED_OFF), attendee=JOURNALIST, stamped_at=SENT_AT),
    "removal": remove(full(organizer=OFFICE), attendee=JOURNALIST, stamped_at=SENT_AT),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_reader_takes_a_file_and_reads_the_same(kind: str) -> None:
    read = {name: reader(FILES[kind]) for name, reader in READERS.items()}
    assert read == dict.fromkeys(READERS, read["icalendar"])
    assert read["libical"].complaints == ()
    assert len(read["libical"].entries) == (kind != "empty feed")


@pytest.mark.parametrize("reader", ["icalendar", "ical.js", "libical"])
def test_a_reader_complains_of_what_is_wrong(reader: str) -> None:
    """Each of them would see a defect: none is asked in vain."""
    wrong = {
        "icalendar": FILES["feed"].replace(b"CREATED:2024", b"CREATED:then"),
        "ical.js": FILES["feed"].replace(b"STATUS:", b"STATUS"),
        "libical": FILES["file"].replace(b"ORGANIZER", b"X-ORGANIZER"),
    }
    assert READERS[reader](wrong[reader]).complaints != ()


def test_every_property_of_a_full_entry_is_read() -> None:
    event = parsed(single([full(organizer=OFFICE)]))
    assert event.uid == "0b9f1c52-7a41-4c1e-9d53-2f6f7f0c8a11"
    assert event.sequence == 3
    assert event.status == "CONFIRMED"
    assert event.created == datetime(2024, 2, 1, 3, 4, 5, tzinfo=UTC)
    assert event.last_modified == event.DTSTAMP == datetime(2024, 2, 20, 9, 30, tzinfo=UTC)
    assert event.url == "https://lich.kiengiang.gov.vn/hop/2024-131"
    assert event.organizer.email == OFFICE.email
    assert event.categories == ["Tập huấn", "Một cửa, một cửa liên thông"]
    assert [str(course) for course in event.related_to] == ["5d5b7b0e-54a7-4f0b-8a0e-0f5c1b2a3d4e"]
    assert [room.uri for room in event.conferences] == ["https://hop.kiengiang.gov.vn/phong/tap-huan?ma=2024-131"]


def test_feed_header_is_read() -> None:
    octets = feed(name="Họp, tập huấn", description="a;b\nc", entries_text=[], colour="teal", source="https://l.vn/x.ics")
    calendar = icalendar.Calendar.from_ical(octets)
    assert calendar.description == "a;b\nc"
    assert calendar.color == "teal"
    assert calendar.refresh_interval == timedelta(hours=1)
    assert calendar.source == "https://l.vn/x.ics"
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Ho_Chi_Minh"]
    assert vobject.readOne(octets.decode()).vtimezone.tzid.value == "Asia/Ho_Chi_Minh"


def test_the_time_zone_in_the_file_is_that_of_the_province_without_help() -> None:
    (zone,) = icalendar.Calendar.from_ical(published(full())).timezones
    at = datetime(2024, 3, 15, 7, 30, tzinfo=zone.to_tz(lookup_tzid=False))
    assert at.utcoffset() == timedelta(hours=7)


def test_request_is_read_with_its_method_and_attendee() -> None:
    octets = request(full(organizer=OFFICE), attendee=JOURNALIST, stamped_at=datetime(2024, 3, 1, tzinfo=UTC))
    assert str(icalendar.Calendar.from_ical(octets)["METHOD"]) == "REQUEST"
    (attendee,) = parsed(octets).attendees
    assert (attendee.email, attendee.params["CN"]) == (JOURNALIST.email, JOURNALIST.name)
    assert vobject.readOne(octets.decode()).method.value == "REQUEST"


def test_called_off_is_read_as_cancelled_with_a_title_that_says_so() -> None:
    event = parsed(published(ordinary(status=EntryStatus.CANCELLED, summary="Họp báo")))
    assert (event.status, str(event["SUMMARY"])) == ("CANCELLED", "Đã hủy: Họp báo")
