"""Calendar data for mail: invitation, cancellation and the removal of one person (RFC 5546, 3.2.2 and 3.2.5)."""

from datetime import datetime

from icalendar import Event

from kstthc_training.ical.entry import CalendarEntry, Mailbox
from kstthc_training.ical.errors import NaiveInstant, OrganizerMissing, WrongStatus
from kstthc_training.ical.lines import folded, serialise
from kstthc_training.ical.vcalendar import scheduled
from kstthc_training.ical.vevent import calendar_user, vevent

NO_ANSWER = "NEEDS-ACTION"


def request(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime, answered: str = NO_ANSWER) -> bytes:
    """METHOD:REQUEST, one entry for one person; `stamped_at`, aware, is when the message was made.

    Whoever `answered` already, with a PARTSTAT, is not asked again. Refuses an entry that is called off or has no
    organizer. Its SEQUENCE is not raised for sending it again.
    """
    if entry.status.called_off:
        raise WrongStatus(entry.status)
    event = _event_with(entry, attendee, stamped_at)
    event["ATTENDEE"].params.update(
        {
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "REQ-PARTICIPANT",
            "PARTSTAT": answered,
            "RSVP": "TRUE" if answered == NO_ANSWER else "FALSE",
        }
    )
    return scheduled("REQUEST", [serialise(event)])


def cancel(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:CANCEL of an entry called off, STATUS:CANCELLED; the entry carries its raised SEQUENCE already.

    Refuses an entry that stands or has no organizer.
    """
    if not entry.status.called_off:
        raise WrongStatus(entry.status)
    return scheduled("CANCEL", [serialise(_event_with(entry, attendee, stamped_at))])


def remove(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:CANCEL for one person taken off the list of an entry that goes on: no STATUS (RFC 5546, 3.2.5).

    The entry's SEQUENCE must be above the last one sent to that person. Refuses an entry called off, or without
    organizer.
    """
    if entry.status.called_off:
        raise WrongStatus(entry.status)
    event = _event_with(entry, attendee, stamped_at)
    del event["STATUS"]
    return scheduled("CANCEL", [serialise(event)])


def decline_counter(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:DECLINECOUNTER: the entry stays as it is, whatever one person proposed (RFC 5546, 3.2.8)."""
    return scheduled("DECLINECOUNTER", [serialise(_event_with(entry, attendee, stamped_at))])


def _event_with(entry: CalendarEntry, attendee: Mailbox, stamped_at: datetime) -> Event:
    if not entry.organizer:
        raise OrganizerMissing
    if stamped_at.utcoffset() is None:
        raise NaiveInstant("stamped_at")
    event = vevent(entry, stamped_at=stamped_at)
    event["ATTENDEE"] = calendar_user(attendee)
    return event


def readdressed(calendar: str, *, old: str, new: str) -> str:
    """An object of a letter whose address was wrong, its ATTENDEE at the new one; all else stays to the octet."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return "\r\n".join(folded(_readdressed_line(line, f"mailto:{old}", f"mailto:{new}")) for line in lines)


def _readdressed_line(line: str, old: str, new: str) -> str:
    is_his = line.startswith(("ATTENDEE;", "ATTENDEE:")) and line.lower().endswith(f":{old.lower()}")
    return line[: -len(old)] + new if is_his else line
