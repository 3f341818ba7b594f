"""Calendar data for mail: invitation, cancellation and the removal of one person (RFC 5546, 3.2.2 and 3.2.5)."""

from datetime import datetime
from functools import lru_cache

from kstthc_training.ical.entry import CalendarEntry, Mailbox
from kstthc_training.ical.errors import NaiveInstant, OrganizerMissing, WrongStatus
from kstthc_training.ical.lines import content_line, folded, serialise
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
    asked = {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": answered,
        "RSVP": "TRUE" if answered == NO_ANSWER else "FALSE",
    }
    return _addressed("REQUEST", entry, attendee, stamped_at, asked)


def cancel(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:CANCEL of an entry called off, STATUS:CANCELLED; the entry carries its raised SEQUENCE already.

    Refuses an entry that stands or has no organizer.
    """
    if not entry.status.called_off:
        raise WrongStatus(entry.status)
    return _addressed("CANCEL", entry, attendee, stamped_at, {})


def remove(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:CANCEL for one person taken off the list of an entry that goes on: no STATUS (RFC 5546, 3.2.5).

    The entry's SEQUENCE must be above the last one sent to that person. Refuses an entry called off, or without
    organizer.
    """
    if entry.status.called_off:
        raise WrongStatus(entry.status)
    return _addressed("CANCEL", entry, attendee, stamped_at, {})


def decline_counter(entry: CalendarEntry, *, attendee: Mailbox, stamped_at: datetime) -> bytes:
    """METHOD:DECLINECOUNTER: the entry stays as it is, whatever one person proposed (RFC 5546, 3.2.8)."""
    return _addressed("DECLINECOUNTER", entry, attendee, stamped_at, {})


def _addressed(method: str, entry: CalendarEntry, attendee: Mailbox, stamped_at: datetime, asked: dict[str, str]) -> bytes:
    """The object for one person: the line that names him stands last in what is the same for all."""
    if not entry.organizer:
        raise OrganizerMissing
    if stamped_at.utcoffset() is None:
        raise NaiveInstant("stamped_at")
    user = calendar_user(attendee)
    user.params.update(asked)
    line = folded(content_line("ATTENDEE", user))
    head, tail = _around(method, entry, stamped_at)
    return b"".join((head, line.encode(), b"\r\n", tail))


@lru_cache(maxsize=64)  # a change is told to many, and writing an entry takes longer than anything else
def _around(method: str, entry: CalendarEntry, stamped_at: datetime) -> tuple[bytes, bytes]:
    event = vevent(entry, stamped_at=stamped_at)
    if method == "CANCEL" and not entry.status.called_off:
        del event["STATUS"]
    octets = scheduled(method, [serialise(event)])
    end = octets.rindex(b"END:VEVENT\r\n")
    return octets[:end], octets[end:]


def readdressed(calendar: str, *, old: str, new: str) -> str:
    """An object of a letter whose address was wrong, its ATTENDEE at the new one; all else stays to the octet."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return "\r\n".join(folded(_readdressed_line(line, f"mailto:{old}", f"mailto:{new}")) for line in lines)


def _readdressed_line(line: str, old: str, new: str) -> str:
    is_his = line.startswith(("ATTENDEE;", "ATTENDEE:")) and line.lower().endswith(f":{old.lower()}")
    return line[: -len(old)] + new if is_his else line
