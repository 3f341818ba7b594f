"""Keeping SEQUENCE and DTSTAMP of sessions true to what changed."""

from datetime import datetime
from uuid import UUID

from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event
from kstthc_training.ical.entry import CalendarEntry
from kstthc_training.ical.sequence import next_sequence

Entries = dict[UUID, CalendarEntry]


def entries_of(event: Event) -> Entries:
    """What calendars show of each session now, by UID."""
    return {session.uid: entry_of(event, session, online=True) for session in event.sessions}


def note_changed_entries(event: Event, before: Entries, *, published: bool, now: datetime) -> None:
    """A session whose entry differs from `before` changed `now`, and has a new SEQUENCE when people must plan anew.

    While it is not `published` SEQUENCE stays 0: nobody has an older entry (RFC 5546, 2.1.4).
    """
    for session in event.sessions:
        old, new = before.get(session.uid), entry_of(event, session, online=True)
        if old is None or old == new:
            continue
        session.changed_at = max(now, session.changed_at)
        if published:
            session.sequence = next_sequence(old, new)
