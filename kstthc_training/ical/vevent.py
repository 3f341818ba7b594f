"""Entries written as VEVENT."""

from datetime import UTC, datetime

from icalendar import Event, vCalAddress, vUri
from icalendar.prop import vDDDTypes, vInt

from kstthc_training.clock import local
from kstthc_training.ical.entry import CalendarEntry, EntryStatus, Language, Mailbox, web_address
from kstthc_training.ical.lines import Text, paragraphs, serialise
from kstthc_training.text import clean_line

PREFIXES = {
    (EntryStatus.CANCELLED, Language.VIETNAMESE): "Đã hủy: ",
    (EntryStatus.POSTPONED, Language.VIETNAMESE): "Hoãn: ",
    (EntryStatus.CANCELLED, Language.ENGLISH): "Cancelled: ",
    (EntryStatus.POSTPONED, Language.ENGLISH): "Postponed: ",
}


def render_entry(entry: CalendarEntry) -> str:
    """One VEVENT as text with CRLF, the same for the same entry, to be kept until the entry changes.

    DTSTAMP is the last change, as in any file without METHOD (RFC 5545, 3.8.7.2). ORGANIZER is written when the entry
    names one; for feeds name none (RFC 5545, 3.8.4.3). Called off: STATUS:CANCELLED, and the title says so too.
    """
    return serialise(vevent(entry, stamped_at=entry.changed_at))


def restamped(text: str, *, before: datetime, changed_at: datetime) -> str:
    """A rendered entry that changed for its reader alone at a later instant than `before`, as it was rendered with.

    Programs that compare LAST-MODIFIED would otherwise keep what they have.
    """
    old, new = (instant(at).to_ical().decode() for at in (before, changed_at))
    for name in ("DTSTAMP", "LAST-MODIFIED"):  # before all that anybody typed
        text = text.replace(f"{name}:{old}\r\n", f"{name}:{new}\r\n", 1)
    return text


def renumbered(text: str, *, above: int) -> str:
    """A rendered entry whose reader was sent higher numbers than others: its SEQUENCE is so much above theirs."""
    head, _name, rest = text.partition("\r\nSEQUENCE:")  # before all that anybody typed
    number, end, tail = rest.partition("\r\n")
    return f"{head}\r\nSEQUENCE:{int(number) + above}{end}{tail}"


def vevent(entry: CalendarEntry, *, stamped_at: datetime) -> Event:
    """The entry as a component of the calendar package, without attendees; properties in one fixed order."""
    event = Event()
    event["UID"] = Text(str(entry.uid))
    event["DTSTAMP"] = instant(stamped_at)
    event["DTSTART"] = _wall_clock(entry.starts_at)
    event["DTEND"] = _wall_clock(entry.ends_at)
    event["CREATED"] = instant(entry.created_at)
    event["LAST-MODIFIED"] = instant(entry.changed_at)
    event["SEQUENCE"] = vInt(entry.sequence)
    _add_standing(event, entry)
    _add_content(event, entry)
    if entry.organizer:
        event["ORGANIZER"] = calendar_user(entry.organizer)
    return event


def _add_standing(event: Event, entry: CalendarEntry) -> None:
    free = entry.transparent or entry.status.called_off
    event["STATUS"] = Text("CANCELLED" if entry.status.called_off else entry.status.value.upper())
    event["TRANSP"] = Text("TRANSPARENT" if free else "OPAQUE")
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = Text(_busy_status(entry.status, free=free))


def _busy_status(status: EntryStatus, *, free: bool) -> str:
    if free:
        return "FREE"
    return "TENTATIVE" if status is EntryStatus.TENTATIVE else "BUSY"


def _add_content(event: Event, entry: CalendarEntry) -> None:
    categories = [name for category in entry.categories if (name := clean_line(category))]
    texts = {
        "SUMMARY": PREFIXES.get((entry.status, entry.language), "") + clean_line(entry.summary),
        "DESCRIPTION": _description(entry),
        "LOCATION": clean_line(entry.location),
    }
    for name, text in texts.items():
        if text:
            event[name] = Text(text)
    if entry.url:
        event["URL"] = vUri(web_address("url", entry.url))
    if entry.conference_url:
        event["CONFERENCE"] = vUri(web_address("conference_url", entry.conference_url), params={"VALUE": "URI"})
    if categories:
        event["CATEGORIES"] = Text(*categories)
    if entry.related_to:
        event["RELATED-TO"] = Text(str(entry.related_to))


def _description(entry: CalendarEntry) -> str:
    description = paragraphs(entry.description)
    if not entry.conference_url:
        return description
    # Few programs read CONFERENCE, so the link also stands where people look.
    link = web_address("conference_url", entry.conference_url)
    if link in description or link in entry.location:
        return description
    return f"{description}\n\n{link}" if description else link


def instant(at: datetime) -> vDDDTypes:
    """A moment in UTC to the second; `at` is aware."""
    return vDDDTypes(at.astimezone(UTC))


def _wall_clock(at: datetime) -> vDDDTypes:
    return vDDDTypes(local(at))


def calendar_user(mailbox: Mailbox) -> vCalAddress:
    """A mailbox as a calendar user's address (RFC 5545, 3.3.3), the name as CN."""
    address = vCalAddress(f"mailto:{mailbox.email}")
    # In a parameter a backslash stands for itself, yet readers take it for an escape and lose the address after it.
    if name := clean_line(mailbox.name).replace("\\", "/"):
        address.params["CN"] = name
    if mailbox.sent_by:
        address.params["SENT-BY"] = f"mailto:{mailbox.sent_by}"
    return address
