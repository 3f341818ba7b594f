"""One calendar entry: a session, as calendar programs are to see it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit
from uuid import UUID

from kstthc_training.ical.errors import EndsBeforeItStarts, NaiveInstant, NegativeSequence, UnusableAddress
from kstthc_training.text import clean_line

_MAILBOX = re.compile(r"[A-Za-z0-9.!$'*+=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=~"
_SCHEMES = {"https", "http"}


class EntryStatus(StrEnum):
    """How a session stands; postponed means called off, with a new date to come."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"

    @property
    def called_off(self) -> bool:
        """Whether people must not come."""
        return self in (EntryStatus.CANCELLED, EntryStatus.POSTPONED)


class Language(StrEnum):
    """In whose words an entry is written."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A named mailbox; refuses with UnusableAddress what is not one plain ASCII address (RFC 6047, 2.3).

    `sent_by` is the address that writes for an organizer who has another now (RFC 5545, 3.2.18).
    """

    name: str
    email: str
    sent_by: str = ""

    def __post_init__(self) -> None:
        for address in filter(None, (self.email or "@", self.sent_by)):
            if not _MAILBOX.fullmatch(address):
                raise UnusableAddress("email", address)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One VEVENT's content: aware instants in whole seconds, plain text, absolute web addresses.

    Refuses naive times, an end that is not after the start, a negative sequence and addresses other than http(s).
    """

    uid: UUID
    sequence: int
    created_at: datetime
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str | None = None
    status: EntryStatus = EntryStatus.CONFIRMED
    categories: tuple[str, ...] = ()
    conference_url: str | None = None
    organizer: Mailbox | None = None
    related_to: UUID | None = None
    transparent: bool = False
    language: Language = Language.VIETNAMESE

    def __post_init__(self) -> None:
        for field in ("created_at", "changed_at", "starts_at", "ends_at"):
            if getattr(self, field).utcoffset() is None:
                raise NaiveInstant(field)
        if self.ends_at.replace(microsecond=0) <= self.starts_at.replace(microsecond=0):
            raise EndsBeforeItStarts
        if self.sequence < 0:
            raise NegativeSequence(self.sequence)
        for field in ("url", "conference_url"):
            if (value := getattr(self, field)) is not None:
                web_address(field, value)


def web_address(field: str, value: str) -> str:
    """An absolute http(s) address as ASCII (RFC 3986), other letters percent-encoded; else UnusableAddress."""
    address = quote(clean_line(value), safe=_URI_CHARACTERS)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise UnusableAddress(field, value) from None
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise UnusableAddress(field, value)
    return address
