"""What any reader makes of a calendar, in one form."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One VEVENT as read: text unescaped, instants aware in UTC; what is not there is empty, or None."""

    uid: str
    sequence: int = 0
    status: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    transp: str = ""
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    changed_at: datetime | None = None
    categories: tuple[str, ...] = ()
    related_to: str = ""
    organizer: str = ""
    attendees: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A whole file as read; `complaints` is what the reader found wrong with it."""

    method: str = ""
    zones: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    complaints: tuple[str, ...] = ()
