"""What the people registered for an event are told, each in his language, as plain text.

Words of people stand in the letters as they were given: a percent sign or braces in a title mean nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time

from kstthc_training import clock
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.spans import WEEKDAYS
from kstthc_training.events.spans import when as when
from kstthc_training.messages.texts.filling import LINK, LetterText, locale_of, written
from kstthc_training.outbox.composing import LINK_MARK
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations import wording
from kstthc_training.registrations.enums import StepRule, Vacancy
from kstthc_training.registrations.queries.addressees import Addressee, EventFacts
from kstthc_training.registrations.queries.tickets import TICKET_PURPOSE
from kstthc_training.registrations.wording import WORDS


@dataclass(frozen=True)
class PlaceAndTime:
    """When and where an event was to be before it was changed."""

    starts_at: datetime
    ends_at: datetime
    venue: str


def confirmed(event: EventFacts, to: Addressee) -> Letter:
    """A seat is his: when, where, the code for the door and the link to the ticket."""
    return _letter(wording.CONFIRMED, event, to)


def waiting(event: EventFacts, to: Addressee) -> Letter:
    """Every seat is taken: his place in the queue, and that seats are given in this order."""
    return _letter(wording.WAITING, event, to)


def pending(event: EventFacts, to: Addressee) -> Letter:
    """His registration has arrived; the organizer decides, and he will be told."""
    return _letter(wording.PENDING, event, to)


def reopened(event: EventFacts, to: Addressee) -> Letter:
    """His approval was taken back: the organizer decides once more, and he will be told."""
    return _letter(wording.REOPENED, event, to)


def known(event: EventFacts, to: Addressee) -> Letter:
    """Somebody asked by his name and address once more: he is registered already, and here is the link again."""
    return _letter(wording.KNOWN, event, to)


def offered(event: EventFacts, to: Addressee, *, vacancy: Vacancy, ends_at: datetime) -> Letter:
    """A seat is kept for him until an instant, by the order of the queue, and why there is one."""
    return _letter(wording.OFFERED, event, to, ly_do=_why(vacancy, to), han=instant_words(ends_at))


def offer_over(event: EventFacts, to: Addressee) -> Letter:
    """The seat kept for him went to the next, since he did not answer in time."""
    return _letter(wording.OFFER_OVER, event, to)


def refused(event: EventFacts, to: Addressee, *, reason: str) -> Letter:
    """The organizer did not admit him, and why; the link shows it to whoever has no account."""
    return _letter(wording.REFUSED, event, to, ly_do=reason)


def promoted(event: EventFacts, to: Addressee, *, vacancy: Vacancy) -> Letter:
    """A seat became his, by the order of the queue, and why there was one."""
    return _letter(wording.PROMOTED, event, to, ly_do=_why(vacancy, to))


def taken_back(event: EventFacts, to: Addressee, *, rule: StepRule, reason: str) -> Letter:
    """Somebody else took his registration back: an organizer or his focal point, with the reason given."""
    return _letter(wording.TAKEN_BACK[rule], event, to, ly_do=reason)


def event_cancelled(event: EventFacts, to: Addressee, *, reason: str) -> Letter:
    """The event does not take place, and why."""
    return _letter(wording.EVENT_CANCELLED, event, to, ly_do=reason)


def event_postponed(event: EventFacts, to: Addressee, *, reason: str, before: PlaceAndTime) -> Letter:
    """The event does not take place at its time, and why; a new one will be told, the registration stays."""
    return _letter(wording.EVENT_POSTPONED, event, to, ly_do=reason, truoc_do=before_words(before, to.locale))


def event_changed(event: EventFacts, to: Addressee, *, before: PlaceAndTime) -> Letter:
    """Time or place changed: the new ones, and what they were."""
    return _letter(wording.EVENT_CHANGED, event, to, truoc_do=before_words(before, to.locale))


def reminder(event: EventFacts, to: Addressee, *, now: datetime) -> Letter:
    """The event at which he has a seat is near; that it is today or tomorrow, nobody must read a day later."""
    day = clock.at_local(clock.local_date(event.starts_at), time.min)
    letter = _letter(wording.REMINDER, event, to, khi_nao=day_words(event.starts_at, to.locale, now=now))
    return replace(letter, needed_by=day)


def day_words(at: datetime, locale: str, *, now: datetime) -> str:
    """The day of an instant as one says it `now`: today, tomorrow, or `Thứ Năm 12/11`."""
    words, day, today = WORDS[locale_of(locale)], clock.local_date(at), clock.local_date(now)
    if (day - today).days in (0, 1):
        return words["today" if day == today else "tomorrow"]
    return words["on"] % {"weekday": WEEKDAYS[locale_of(locale)][day.weekday()], "day": f"{day:%d/%m}"}


def instant_words(at: datetime) -> str:
    """`17:00 08/11/2024`, on the province's clocks."""
    return f"{clock.local(at):%H:%M %d/%m/%Y}"


def before_words(before: PlaceAndTime | None, locale: str) -> str:
    """When and where the event was to be, in words; nothing when that did not change."""
    if before is None:
        return ""
    locale = locale_of(locale)
    return f"{when(before.starts_at, before.ends_at, locale=locale)}, {before.venue or WORDS[locale]['undecided']}"


def shown_code(ticket_code: str) -> str:
    """A ticket code in two groups, as it is read aloud: `7K4M 2Q9P`."""
    half = len(ticket_code) // 2
    return f"{ticket_code[:half]} {ticket_code[half:]}"


def event_values(event: EventFacts, locale: str) -> dict[str, str]:
    """What every letter may say of an event: its name, time and place, whom to ask, and which office writes."""
    locale = locale_of(locale)
    is_dated = event.state is not EventState.POSTPONED
    return {
        "cuoc_hop": event.title,
        "thoi_gian": when(event.starts_at, event.ends_at, locale=locale) if is_dated else WORDS[locale]["undecided"],
        "dia_diem": where(event, locale=locale),
        "dau_moi": event.contact,
        "co_quan": event.office,
    }


def _letter(text: LetterText, event: EventFacts, to: Addressee, **more: str) -> Letter:
    with_link = LINK in text.words["vi"].placeholders
    own = {"ho_ten": to.full_name, "thu_tu": str(to.place or ""), "ma_du_hop": shown_code(to.ticket_code)}
    values = event_values(event, to.locale) | own | {LINK: LINK_MARK if with_link else ""} | more
    said = written(text, locale=to.locale, values=values, edited=event.texts)
    return Letter(
        kind=text.kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=said.subject,
        body=said.body,
        link_purpose=TICKET_PURPOSE if with_link else None,
        link_id=to.registration_id if with_link else None,
        event_id=event.event_id,
        locale=locale_of(to.locale),
        path=f"/ve/{to.ticket_code}" if with_link else f"/hop/{event.code}",
    )


def _why(vacancy: Vacancy, to: Addressee) -> str:
    return WORDS[locale_of(to.locale)][vacancy]


def where(event: EventFacts, *, locale: str) -> str:
    """The room with its address, the meeting online, or both, in words."""
    words = WORDS[locale]
    room = ", ".join(filter(None, (event.venue, event.venue_address))) if event.mode is not EventMode.ONLINE else ""
    online = " ".join(filter(None, (words["online"], event.online_url))) if event.mode is not EventMode.IN_PERSON else ""
    return "; ".join(filter(None, (room, online))) or words["undecided"]
