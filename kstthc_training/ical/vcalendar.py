"""Whole calendar files: the feed a program subscribes to, and the file a person downloads."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, vUri
from icalendar.prop import vDuration

from kstthc_training.clock import ZONE
from kstthc_training.ical.entry import CalendarEntry, web_address
from kstthc_training.ical.errors import NotAnEntry, NothingToPublish, OrganizerMissing, RepeatedUid
from kstthc_training.ical.lines import Text, paragraphs, serialise
from kstthc_training.ical.vevent import render_entry
from kstthc_training.text import clean_line

PRODUCT = "-//KSTTHC//Lich hop va tap huan//VI"
MOST_ENTRIES = 1000
MOST_OCTETS = 1_000_000
REFRESH_AFTER = timedelta(hours=1)

# True for every date since 13 June 1975. Kept small: a long one in front of the text garbles Google's reading.
VTIMEZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19750613T000000\r\n"
    "TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0700\r\nTZNAME:+07\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE\r\n"
)
_END = "END:VCALENDAR\r\n"
_ENTRY_START = "BEGIN:VEVENT\r\nUID:"
_ENTRY_END = "END:VEVENT\r\n"
_UID = slice(len(_ENTRY_START), len(_ENTRY_START) + 36)


def feed(
    *,
    name: str,
    description: str,
    entries_text: Iterable[str],
    colour: str | None = None,
    source: str | None = None,
    refresh_after: timedelta = REFRESH_AFTER,
) -> bytes:
    """A calendar without METHOD (a snapshot: RFC 5545, 3.7.2) of entries that `render_entry` wrote.

    Takes the entries in the order given, the nearest first, and stops before it would hold more than 1,000 of them or
    1 MB, beyond which Google loses entries. `colour` is a CSS3 name, `source` the feed's own address (RFC 7986).
    Refuses what is no rendered entry, and a UID that comes twice.
    """
    calendar = _calendar()
    _name(calendar, clean_line(name), paragraphs(description))
    if colour:
        calendar["COLOR"] = Text(clean_line(colour))
    calendar["REFRESH-INTERVAL"] = vDuration(refresh_after, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(refresh_after)
    if source:
        calendar["SOURCE"] = vUri(web_address("source", source), params={"VALUE": "URI"})
    return _assembled(calendar, entries_text)


def single(entries: Iterable[CalendarEntry]) -> bytes:
    """The file an event offers: METHOD:PUBLISH, each entry with its organizer, nobody invited (RFC 5546, 3.2.1).

    Serve it with `content_type("PUBLISH")`. Refuses an entry without organizer, and no entry at all.
    """
    texts = [_published(entry) for entry in entries]
    if not texts:
        raise NothingToPublish
    return scheduled("PUBLISH", texts)


def scheduled(method: str, entries_text: Iterable[str]) -> bytes:
    """A file that carries a METHOD of iTIP (RFC 5546) around entries already rendered for it."""
    calendar = _calendar()
    calendar["METHOD"] = Text(method)
    return _assembled(calendar, entries_text)


def content_type(method: str | None = None) -> str:
    """The Content-Type of calendar data; `method` must be that of the file (RFC 5545, 3.7.2 and 8.1)."""
    return f"text/calendar; method={method}; charset=utf-8" if method else "text/calendar; charset=utf-8"


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = Text("2.0")
    calendar["PRODID"] = Text(PRODUCT)
    calendar["CALSCALE"] = Text("GREGORIAN")
    return calendar


def _name(calendar: Calendar, name: str, description: str) -> None:
    # The X- names are what most programs read; NAME and DESCRIPTION are the standard's (RFC 7986, 5.1 and 5.2).
    calendar["NAME"] = calendar["X-WR-CALNAME"] = Text(name)
    if description:
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = Text(description)
    calendar["X-WR-TIMEZONE"] = Text(ZONE.key)


def _published(entry: CalendarEntry) -> str:
    if not entry.organizer:
        raise OrganizerMissing
    return render_entry(entry)


def _assembled(calendar: Calendar, entries_text: Iterable[str]) -> bytes:
    head = serialise(calendar).removesuffix(_END) + VTIMEZONE
    pieces = [head.encode()]
    room = MOST_OCTETS - len(pieces[0]) - len(_END)
    seen: set[str] = set()
    for text in entries_text:
        octets = _checked(text, seen)
        room -= len(octets)
        if room < 0 or len(pieces) > MOST_ENTRIES:
            break
        pieces.append(octets)
    return b"".join([*pieces, _END.encode()])


def _checked(text: str, seen: set[str]) -> bytes:
    if not (text.startswith(_ENTRY_START) and text.endswith(_ENTRY_END)):
        raise NotAnEntry
    uid = text[_UID]
    if uid in seen:
        raise RepeatedUid(uid)
    seen.add(uid)
    return text.encode()
