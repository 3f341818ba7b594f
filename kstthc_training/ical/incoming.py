"""Answers to an entry that was sent by mail (RFC 5546, 3.2.3, 3.2.6, 3.2.7), read from whatever a program wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from icalendar import Calendar
from icalendar.cal import Component

from kstthc_training.clock import ZONE
from kstthc_training.text import clean

_LONGEST = 200_000
_LONGEST_COMMENT = 500


class AnswerMethod(StrEnum):
    """What a program says with its object."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"
    REFRESH = "REFRESH"


class Fault(StrEnum):
    """Why an object is no answer that one could act on."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too-long"
    NO_ENTRY = "no-entry"
    SEVERAL_ENTRIES = "several-entries"
    NO_ATTENDEE = "no-attendee"
    SEVERAL_ATTENDEES = "several-attendees"
    NO_UID = "no-uid"
    ONE_OF_MANY = "one-of-many"
    NO_STAMP = "no-stamp"
    UNKNOWN_METHOD = "unknown-method"


class NotAnAnswer(Exception):
    """The object is not one answer of one person to one entry."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingAnswer:
    """One person's answer to one entry; addresses in small letters, `partstat` in capitals as it came."""

    method: AnswerMethod
    uid: UUID
    attendee: str
    sent_by: str
    partstat: str
    sequence: int
    stamped_at: datetime
    comment: str
    starts_at: datetime | None
    ends_at: datetime | None


def read_answer(text: str) -> IncomingAnswer:
    """What one person answers to one entry; anything else raises `NotAnAnswer`.

    The organizer may be missing, as in answers of outlook.com.
    """
    calendar = _calendar(text)
    entry = _entry(calendar)
    attendee = _attendee(entry)
    if entry.get("RECURRENCE-ID") is not None:
        raise NotAnAnswer(Fault.ONE_OF_MANY)
    return IncomingAnswer(
        method=_method(calendar),
        uid=_uid(entry),
        attendee=address_of(attendee),
        sent_by=address_of(_parameter(attendee, "SENT-BY")),
        partstat=_parameter(attendee, "PARTSTAT").upper(),
        sequence=_number(entry),
        stamped_at=_stamp(entry),
        comment=_comment(entry, attendee),
        starts_at=_instant(entry, "DTSTART"),
        ends_at=_instant(entry, "DTEND"),
    )


def address_of(value: object) -> str:
    """The plain address in a calendar user's address, in small letters."""
    address = str(value or "").strip().strip('"')
    return address[7:].strip().lower() if address[:7].lower() == "mailto:" else address.lower()


def _calendar(text: str) -> Component:
    if len(text) > _LONGEST:
        raise NotAnAnswer(Fault.TOO_LONG)
    try:
        return Calendar.from_ical(text)
    except Exception as error:  # whatever the package raises on what no program of ours wrote
        raise NotAnAnswer(Fault.UNREADABLE) from error


def _entry(calendar: Component) -> Component:
    entries = [part for part in calendar.subcomponents if part.name == "VEVENT"]
    if len(entries) != 1:
        raise NotAnAnswer(Fault.SEVERAL_ENTRIES if entries else Fault.NO_ENTRY)
    return entries[0]


def _attendee(entry: Component) -> object:
    found = _several(entry, "ATTENDEE")
    if len(found) != 1:
        raise NotAnAnswer(Fault.SEVERAL_ATTENDEES if found else Fault.NO_ATTENDEE)
    return found[0]


def _method(calendar: Component) -> AnswerMethod:
    named = str(calendar.get("METHOD", "")).strip().upper()
    if named not in set(AnswerMethod):
        raise NotAnAnswer(Fault.UNKNOWN_METHOD)
    return AnswerMethod(named)


def _uid(entry: Component) -> UUID:
    try:
        return UUID(str(entry.get("UID", "")).strip())
    except ValueError as error:
        raise NotAnAnswer(Fault.NO_UID) from error


def _number(entry: Component) -> int:
    """The SEQUENCE; 0 when none stands there, -1 when what stands there is none, which no entry ever has."""
    given = entry.get("SEQUENCE")
    if given is None:
        return 0
    try:
        number = int(str(given))
    except ValueError:
        return -1
    return number if 0 <= number < 2**31 else -1


def _stamp(entry: Component) -> datetime:
    stamp = _instant(entry, "DTSTAMP")
    if stamp is None:
        raise NotAnAnswer(Fault.NO_STAMP)
    return stamp.replace(microsecond=0)


def _instant(entry: Component, name: str) -> datetime | None:
    """A moment in UTC; one without a zone is meant in the province's, a day at its beginning."""
    try:
        value = entry[name].dt
    except Exception:  # none, several, or one that the package kept as it could not read it
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if not isinstance(value, datetime):
        return None
    try:
        return (value if value.tzinfo else value.replace(tzinfo=ZONE)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _comment(entry: Component, attendee: object) -> str:
    """What he says beside it; Google writes it as a parameter of its own."""
    said = [str(each) for each in _several(entry, "COMMENT")] or [_parameter(attendee, "X-RESPONSE-COMMENT")]
    return clean("\n".join(said))[:_LONGEST_COMMENT]


def _parameter(value: Any, name: str) -> str:
    parameters = getattr(value, "params", {})
    given = parameters.get(name, "")
    return str(given[0] if isinstance(given, list) and given else given or "").strip()


def _several(entry: Component, name: str) -> Sequence[object]:
    found = entry.get(name)
    if found is None:
        return ()
    return found if isinstance(found, list) else (found,)
