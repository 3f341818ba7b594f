"""What the Python packages icalendar and vobject read."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import vobject

from tests.support.foreign.reading import Calendar, Entry


def read_icalendar(octets: bytes) -> Calendar:
    """By the package that also writes our files, through its own parser."""
    calendar = icalendar.Calendar.from_ical(octets)
    events = calendar.walk("VEVENT")
    return Calendar(
        method=_text(calendar, "METHOD"),
        zones=tuple(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")),
        entries=tuple(_of_icalendar(event) for event in events),
        complaints=tuple(str(error) for part in (calendar, *events) for error in part.errors),
    )


def _of_icalendar(event: Any) -> Entry:
    attendees = event.get("ATTENDEE", [])
    return Entry(
        uid=_text(event, "UID"),
        sequence=int(event.get("SEQUENCE", 0)),
        status=_text(event, "STATUS"),
        summary=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        location=_text(event, "LOCATION"),
        url=_text(event, "URL"),
        transp=_text(event, "TRANSP"),
        starts_at=_utc(event["DTSTART"].dt),
        ends_at=_utc(event["DTEND"].dt),
        stamped_at=_utc(event["DTSTAMP"].dt),
        changed_at=_utc(event["LAST-MODIFIED"].dt) if "LAST-MODIFIED" in event else None,
        categories=tuple(event.categories),
        related_to=_text(event, "RELATED-TO"),
        organizer=_text(event, "ORGANIZER"),
        attendees=tuple(str(one) for one in (attendees if isinstance(attendees, list) else [attendees])),
    )


def _text(part: Any, name: str) -> str:
    return str(part.get(name, ""))


def read_vobject(octets: bytes) -> Calendar:
    """By vobject, which many servers of calendars stand on."""
    calendar = vobject.readOne(octets.decode())
    return Calendar(
        method=str(calendar.getChildValue("method", "")),
        zones=tuple(str(zone.tzid.value) for zone in calendar.contents.get("vtimezone", [])),
        entries=tuple(_of_vobject(event) for event in calendar.contents.get("vevent", [])),
    )


def _of_vobject(event: Any) -> Entry:
    def text(name: str) -> str:
        return str(event.getChildValue(name, ""))

    changed_at = event.getChildValue("last_modified")
    return Entry(
        uid=text("uid"),
        sequence=int(text("sequence") or 0),
        status=text("status"),
        summary=text("summary"),
        description=text("description"),
        location=text("location"),
        url=text("url"),
        transp=text("transp"),
        starts_at=_utc(event.dtstart.value),
        ends_at=_utc(event.dtend.value),
        stamped_at=_utc(event.dtstamp.value),
        changed_at=None if changed_at is None else _utc(changed_at),
        categories=tuple(name for line in event.contents.get("categories", []) for name in line.value),
        related_to=text("related_to"),
        organizer=text("organizer"),
        attendees=tuple(str(one.value) for one in event.contents.get("attendee", [])),
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
