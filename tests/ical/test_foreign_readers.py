"""What other programs' readers make of our files: the calendar package's parser and vobject."""

import unicodedata
from datetime import UTC, datetime, timedelta

import icalendar
import vobject
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.ical import CalendarEntry, EntryStatus, Mailbox, feed, render_entry, request, single
from kstthc_training.ical.lines import paragraphs
from kstthc_training.text import clean_line
from tests.ical.entries import JOURNALIST, OFFICE, full, ordinary

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


@given(TEXT, TEXT, TEXT)
def test_any_text_comes_out_of_both_readers_as_it_went_in(summary: str, description: str, location: str) -> None:
    octets = published(ordinary(summary=f"x{summary}", description=f"x{description}", location=f"x{location}"))
    expected = {
        "SUMMARY": clean_line(f"x{summary}"),
        "DESCRIPTION": paragraphs(f"x{description}"),
        "LOCATION": clean_line(f"x{location}"),
    }
    event, foreign = parsed(octets), vobject.readOne(octets.decode()).vevent
    assert {name: str(event[name]) for name in expected} == expected
    assert {name: foreign.getChildValue(name.lower()) for name in expected} == expected
    assert all(unicodedata.is_normalized("NFC", text) for text in expected.values())


@given(TEXT)
def test_any_category_and_name_comes_out_as_it_went_in(text: str) -> None:
    entry = ordinary(categories=(f"x{text}", "Họp, báo"), organizer=Mailbox(f"x{text}", "a@b.vn"))
    event = parsed(single([entry]))
    assert event.categories == [clean_line(f"x{text}"), "Họp, báo"]
    assert event["ORGANIZER"].params["CN"] == clean_line(f"x{text}").replace("\\", "/")


@given(INSTANTS, st.timedeltas(timedelta(seconds=1), timedelta(days=30)))
def test_times_come_out_as_the_same_instants(start: datetime, length: timedelta) -> None:
    octets = published(ordinary(starts_at=start, ends_at=start + length))
    written = (start.replace(microsecond=0), (start + length).replace(microsecond=0))
    event, foreign = parsed(octets), vobject.readOne(octets.decode()).vevent
    assert (event.start, event.end) == written
    assert (foreign.dtstart.value, foreign.dtend.value) == written
    assert event.start.utcoffset() == foreign.dtstart.value.utcoffset() == timedelta(hours=7)


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
