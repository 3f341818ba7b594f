"""What libical reads, the library of GNOME's calendars, with its table of what may stand where (RFC 5546)."""

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.support.foreign.reading import Calendar, Entry


class _Time(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


_POINTERS = (
    "icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component",
    "icalcomponent_get_first_property", "icalcomponent_get_next_property", "icalproperty_get_value",
    "icaltimezone_get_utc_timezone",
)  # fmt: skip
_TEXTS = ("icalvalue_get_text", "icalproperty_get_value_as_string", "icalproperty_as_ical_string", "icaltime_as_ical_string")


@cache
def _library() -> Any:
    library = ctypes.CDLL("libical.so.3")
    for name in _POINTERS:
        getattr(library, name).restype = ctypes.c_void_p
    for name in _TEXTS:
        getattr(library, name).restype = ctypes.c_char_p
    library.icalproperty_get_datetime_with_component.restype = _Time
    library.icaltime_convert_to_zone.restype = _Time
    library.icalerror_set_errors_are_fatal(0)
    return library


def read(octets: bytes) -> Calendar:
    """The file as libical has it; each breach of its table of restrictions is a complaint."""
    library = _library()
    whole = library.icalparser_parse_string(octets)
    if not whole:
        return Calendar(complaints=("libical reads nothing",))
    calendar = _Part(whole)
    try:
        allowed = library.icalrestriction_check(calendar.pointer)
        errors = tuple(text for part in calendar.all_parts() for text in part.errors())
        return Calendar(
            method=calendar.plain("METHOD"),
            zones=tuple(zone.text("TZID") for zone in calendar.parts("VTIMEZONE")),
            entries=tuple(_entry(event) for event in calendar.parts("VEVENT")),
            complaints=errors if errors or allowed else ("libical's restrictions are not kept",),
        )
    finally:
        library.icalcomponent_free(calendar.pointer)


def _entry(event: "_Part") -> Entry:
    return Entry(
        uid=event.text("UID"),
        sequence=int(event.plain("SEQUENCE") or 0),
        status=event.plain("STATUS"),
        summary=event.text("SUMMARY"),
        description=event.text("DESCRIPTION"),
        location=event.text("LOCATION"),
        url=event.plain("URL"),
        transp=event.plain("TRANSP"),
        starts_at=event.instant("DTSTART"),
        ends_at=event.instant("DTEND"),
        stamped_at=event.instant("DTSTAMP"),
        changed_at=event.instant("LAST-MODIFIED") if event.plain("LAST-MODIFIED") else None,
        categories=tuple(event.texts("CATEGORIES")),
        related_to=event.text("RELATED-TO"),
        organizer=event.plain("ORGANIZER"),
        attendees=tuple(event.plains("ATTENDEE")),
    )


class _Part:
    """A component of a parsed file, good while the file is."""

    def __init__(self, pointer: int) -> None:
        self.pointer = ctypes.c_void_p(pointer)

    def parts(self, name: str) -> Iterator["_Part"]:
        kind = _library().icalcomponent_string_to_kind(name.encode())
        found = _library().icalcomponent_get_first_component(self.pointer, kind)
        while found:
            yield _Part(found)
            found = _library().icalcomponent_get_next_component(self.pointer, kind)

    def all_parts(self) -> Iterator["_Part"]:
        yield self
        for part in list(self.parts("ANY")):
            yield from part.all_parts()

    def properties(self, name: str) -> Iterator[ctypes.c_void_p]:
        kind = _library().icalproperty_string_to_kind(name.encode())
        found = _library().icalcomponent_get_first_property(self.pointer, kind)
        while found:
            yield ctypes.c_void_p(found)
            found = _library().icalcomponent_get_next_property(self.pointer, kind)

    def texts(self, name: str) -> Iterator[str]:
        """Text values without their escapes."""
        for found in self.properties(name):
            value = ctypes.c_void_p(_library().icalproperty_get_value(found))
            yield (_library().icalvalue_get_text(value) or b"").decode()

    def plains(self, name: str) -> Iterator[str]:
        """Values of other kinds, as they are written."""
        for found in self.properties(name):
            yield (_library().icalproperty_get_value_as_string(found) or b"").decode()

    def text(self, name: str) -> str:
        return next(self.texts(name), "")

    def plain(self, name: str) -> str:
        return next(self.plains(name), "")

    def errors(self) -> Iterator[str]:
        for found in self.properties("X-LIC-ERROR"):
            yield (_library().icalproperty_as_ical_string(found) or b"").decode().strip()

    def instant(self, name: str) -> datetime:
        """A time by the zone that the file itself gives, in UTC."""
        library = _library()
        at = library.icalproperty_get_datetime_with_component(next(self.properties(name)), self.pointer)
        utc = library.icaltime_convert_to_zone(at, ctypes.c_void_p(library.icaltimezone_get_utc_timezone()))
        assert at.zone, f"{name} has no zone"
        return datetime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=UTC)
