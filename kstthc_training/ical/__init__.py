"""The one writer of calendar data (RFC 5545, 5546, 7986), pure: no database, no HTTP, no clock."""

from kstthc_training.ical.entry import CalendarEntry, EntryStatus, Language, Mailbox
from kstthc_training.ical.errors import CalendarDataRefused
from kstthc_training.ical.scheduling import cancel, decline_counter, readdressed, remove, request
from kstthc_training.ical.sequence import needs_new_sequence, next_sequence
from kstthc_training.ical.vcalendar import content_type, feed, single
from kstthc_training.ical.vevent import render_entry

__all__ = [
    "CalendarDataRefused",
    "CalendarEntry",
    "EntryStatus",
    "Language",
    "Mailbox",
    "cancel",
    "content_type",
    "decline_counter",
    "feed",
    "needs_new_sequence",
    "next_sequence",
    "readdressed",
    "remove",
    "render_entry",
    "request",
    "single",
]
