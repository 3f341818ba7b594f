"""When a change of an entry must raise its SEQUENCE (RFC 5546, 2.1.4)."""

from kstthc_training.ical.entry import CalendarEntry
from kstthc_training.ical.errors import DifferentEntries
from kstthc_training.text import clean_line


def needs_new_sequence(before: CalendarEntry, after: CalendarEntry) -> bool:
    """Whether people must plan anew: time, status, place, online address or organizer changed; never for wording.

    Times count in whole seconds and places without regard to spacing. Cancelling what was postponed counts too, since
    every CANCEL raises the number. Refuses two entries of different UID.
    """
    if before.uid != after.uid:
        raise DifferentEntries
    return _plan(before) != _plan(after)


def next_sequence(before: CalendarEntry, after: CalendarEntry) -> int:
    """The SEQUENCE the changed entry carries: one more when people must plan anew, else the same."""
    return before.sequence + needs_new_sequence(before, after)


def _plan(entry: CalendarEntry) -> tuple[object, ...]:
    return (
        entry.starts_at.replace(microsecond=0),
        entry.ends_at.replace(microsecond=0),
        entry.status,
        clean_line(entry.location),
        clean_line(entry.conference_url or ""),
        entry.organizer.email.casefold() if entry.organizer else None,
    )
