"""Calendars that obey RFC 5546: what a program makes of the objects that its mailbox receives, whole mails parsed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

from icalendar import Calendar
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.outbox.composing import compose
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.wiring import Wiring


@dataclass
class Entry:
    """One session as a calendar shows it."""

    sequence: int
    stamped_at: datetime
    summary: str
    starts_at: datetime
    ends_at: datetime
    location: str
    called_off: bool


@dataclass
class MailCalendar:
    """A calendar that is told by mail alone; `falls` are objects that do not follow what came
    before: older ones, and ones to plan anew, to come again or not to come under the same SEQUENCE. There are never any."""

    address: str
    entries: dict[str, Entry] = field(default_factory=dict)
    newest: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    plans: dict[str, tuple[object, ...]] = field(default_factory=dict)
    falls: list[str] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    def receive(self, letters: Iterable[Message]) -> None:
        """Take in what the mailbox was sent, in the order of sending."""
        for letter in letters:
            if letter.recipient.casefold() == self.address.casefold() and letter.calendar and letter.id not in self.read:
                self.read.add(letter.id)
                self._apply(object_of(letter))

    def _apply(self, calendar: Any) -> None:
        (component,) = calendar.walk("VEVENT")
        uid, mark = str(component["UID"]), (int(component["SEQUENCE"]), component["DTSTAMP"].dt)
        plan = (
            str(calendar["METHOD"]),
            component["DTSTART"].dt,
            component["DTEND"].dt,
            str(component.get("CONFERENCE", "")),
        )
        if uid in self.newest and not _follows(self.newest[uid], mark, self.plans[uid], plan):
            self.falls.append(uid)
            return
        self.newest[uid], self.plans[uid] = mark, plan
        assert str(component["ATTENDEE"]).casefold() == f"mailto:{self.address}".casefold()
        if calendar["METHOD"] == "CANCEL" and "STATUS" not in component:
            self.entries.pop(uid, None)
            return
        self.entries[uid] = _entry(component, mark)


def _follows(before: tuple[int, datetime], now: tuple[int, datetime], last: object, plan: object) -> bool:
    """Whether an object is newer, and has a new SEQUENCE when it asks for another plan."""
    return now > before and (now[0] > before[0] or plan == last)


def _entry(component: Any, mark: tuple[int, datetime]) -> Entry:
    return Entry(
        *mark,
        summary=str(component["SUMMARY"]),
        starts_at=component["DTSTART"].dt,
        ends_at=component["DTEND"].dt,
        location=str(component.get("LOCATION", "")),
        called_off=component.get("STATUS") == "CANCELLED",
    )


def object_of(letter: Message) -> Any:
    """The calendar object of a letter, as it stands in the mail."""
    wiring = Wiring(jobs={}, daily={}, links=_AnyLink(), sender_name=lambda at: "Văn phòng")
    mail: Any = message_from_bytes(compose(letter, sender="lich-hop@localhost", wiring=wiring).octets, policy=default)
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["METHOD"])
    return calendar


class _AnyLink(dict[str, Any]):
    def get(self, key: str, default: Any = None) -> Any:
        return lambda owner: f"https://hop.example/{key}/{owner}"


def letters() -> list[Message]:
    """All letters in the order of writing."""
    db.session.expire_all()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def objects(address: str) -> list[tuple[str, int]]:
    """METHOD and SEQUENCE of what an address was sent, in order."""
    return [
        (str(calendar["METHOD"]), int(calendar.walk("VEVENT")[0]["SEQUENCE"]))
        for calendar in (object_of(each) for each in letters() if each.recipient == address and each.calendar)
    ]
