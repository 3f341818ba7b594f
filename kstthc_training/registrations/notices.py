"""What the people registered for an event are told, each in his language, as plain text.

Words of people stand in the letters as they were given: a percent sign or braces in a title mean nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kstthc_training import clock
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.enums import StepRule, Vacancy
from kstthc_training.registrations.queries.addressees import Addressee, EventFacts
from kstthc_training.registrations.queries.tickets import TICKET_PURPOSE
from kstthc_training.registrations.wording import WEEKDAYS, WORDS

LINK = "{{link}}"


@dataclass(frozen=True)
class PlaceAndTime:
    """When and where an event was to be before it was changed."""

    starts_at: datetime
    ends_at: datetime
    venue: str


def confirmed(event: EventFacts, to: Addressee) -> Letter:
    """A seat is his: when, where, the code for the door and the link to the ticket."""
    return _letter("registration-confirmed", event, to, ["confirmed"], with_ticket=True)


def waiting(event: EventFacts, to: Addressee) -> Letter:
    """Every seat is taken: his place in the queue, and that seats are given in this order."""
    return _letter("registration-waiting", event, to, ["waiting"], with_link=True)


def pending(event: EventFacts, to: Addressee) -> Letter:
    """His registration has arrived; the organizer decides, and he will be told."""
    return _letter("registration-pending", event, to, ["pending"], with_link=True)


def reopened(event: EventFacts, to: Addressee) -> Letter:
    """His approval was taken back: the organizer decides once more, and he will be told."""
    return _letter("registration-reopened", event, to, ["reopened"], with_link=True)


def known(event: EventFacts, to: Addressee) -> Letter:
    """Somebody asked by his name and address once more: he is registered already, and here is the link again."""
    return _letter("registration-known", event, to, ["known"], with_link=True)


def offered(event: EventFacts, to: Addressee, *, vacancy: Vacancy, ends_at: datetime) -> Letter:
    """A seat is kept for him until an instant, by the order of the queue, and why there is one."""
    parts = ["offered", f"promoted-{vacancy}"]
    return _letter("registration-offered", event, to, parts, with_link=True, until=ends_at)


def offer_over(event: EventFacts, to: Addressee) -> Letter:
    """The seat kept for him went to the next, since he did not answer in time."""
    return _letter("registration-offer-over", event, to, ["offer-over"])


def refused(event: EventFacts, to: Addressee, *, reason: str) -> Letter:
    """The organizer did not admit him, and why; the link shows it to whoever has no account."""
    parts = ["refused", *(["reason"] if reason else [])]
    return _letter("registration-refused", event, to, parts, reason=reason, with_link=True)


def promoted(event: EventFacts, to: Addressee, *, vacancy: Vacancy) -> Letter:
    """A seat became his, by the order of the queue, and why there was one."""
    return _letter("registration-promoted", event, to, ["promoted", f"promoted-{vacancy}"], with_ticket=True)


def taken_back(event: EventFacts, to: Addressee, *, rule: StepRule, reason: str) -> Letter:
    """Somebody else took his registration back: an organizer or his focal point, with the reason given."""
    parts = [f"taken-back-{rule}", *(["reason"] if reason else [])]
    return _letter("registration-taken-back", event, to, parts, reason=reason)


def event_cancelled(event: EventFacts, to: Addressee, *, reason: str) -> Letter:
    """The event does not take place, and why."""
    return _letter("event-cancelled", event, to, ["event-cancelled", "reason"], reason=reason)


def event_postponed(event: EventFacts, to: Addressee, *, reason: str, before: PlaceAndTime) -> Letter:
    """The event does not take place at its time, and why; a new one will be told, the registration stays."""
    return _letter("event-postponed", event, to, ["event-postponed", "reason"], reason=reason, before=before)


def event_changed(event: EventFacts, to: Addressee, *, before: PlaceAndTime) -> Letter:
    """Time or place changed: the new ones, and what they were."""
    return _letter("event-changed", event, to, ["event-changed"], before=before, with_link=True)


def when(starts_at: datetime, ends_at: datetime, *, locale: str) -> str:
    """From when to when, in words: `14:00 – 15:30, Thứ Ba 29/10/2024`, or both days when they differ."""
    start, end = clock.local(starts_at), clock.local(ends_at)
    weekday = WEEKDAYS[locale][start.weekday()]
    if start.date() == end.date():
        return f"{start:%H:%M} – {end:%H:%M}, {weekday} {start:%d/%m/%Y}"
    return f"{start:%H:%M}, {weekday} {start:%d/%m/%Y} – {end:%H:%M}, {WEEKDAYS[locale][end.weekday()]} {end:%d/%m/%Y}"


def _instant(at: datetime) -> str:
    """`17:00 08/11/2024`, on the province's clocks."""
    return f"{clock.local(at):%H:%M %d/%m/%Y}"


def shown_code(ticket_code: str) -> str:
    """A ticket code in two groups, as it is read aloud: `7K4M 2Q9P`."""
    half = len(ticket_code) // 2
    return f"{ticket_code[:half]} {ticket_code[half:]}"


def _letter(
    kind: str,
    event: EventFacts,
    to: Addressee,
    parts: Sequence[str],
    *,
    with_ticket: bool = False,
    with_link: bool = False,
    reason: str = "",
    before: PlaceAndTime | None = None,
    until: datetime | None = None,
) -> Letter:
    locale = to.locale if to.locale in WORDS else "vi"
    words = WORDS[locale]
    wanted = ["greeting", *parts, *_details(event, before)]
    wanted += ["ticket"] if with_ticket else ["link"] if with_link else []
    wanted += ["contact"] if event.contact else []
    values = _values(event, to, locale, reason, before) | {"until": _instant(until) if until else ""}
    return Letter(
        kind=kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=words[f"subject-{kind}"] % values,
        body="\n\n".join(words[part] % values for part in [*wanted, "office"]),
        link_purpose=TICKET_PURPOSE if with_ticket or with_link else None,
        link_id=to.registration_id if with_ticket or with_link else None,
        event_id=event.event_id,
    )


def _details(event: EventFacts, before: PlaceAndTime | None) -> list[str]:
    details = ["event"] if event.state is not EventState.POSTPONED else ["event-without-time"]
    if before is not None:
        details.append("before")
    return details


def _values(event: EventFacts, to: Addressee, locale: str, reason: str, before: PlaceAndTime | None) -> dict[str, str]:
    words = WORDS[locale]
    values = {
        "name": to.full_name,
        "title": event.title,
        "when": when(event.starts_at, event.ends_at, locale=locale),
        "where": where(event, locale=locale),
        "place": str(to.place or ""),
        "code": shown_code(to.ticket_code),
        "reason": reason,
        "contact": event.contact,
        "office": event.office,
        "when_before": when(before.starts_at, before.ends_at, locale=locale) if before else "",
        "where_before": (before.venue or words["undecided"]) if before else "",
    }
    # Only our own mark stands for the link when the letter is sent.
    return {name: value.replace("{{", "{ {") for name, value in values.items()} | {"link": LINK}


def where(event: EventFacts, *, locale: str) -> str:
    """The room with its address, the meeting online, or both, in words."""
    words = WORDS[locale]
    room = ", ".join(filter(None, (event.venue, event.venue_address))) if event.mode is not EventMode.ONLINE else ""
    online = " ".join(filter(None, (words["online"], event.online_url))) if event.mode is not EventMode.IN_PERSON else ""
    return "; ".join(filter(None, (room, online))) or words["undecided"]
