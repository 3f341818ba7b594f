"""Sessions as calendar entries: the one place that says what a calendar shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kstthc_training.events.enums import EventMode, EventState, Part
from kstthc_training.events.models import Event, Session
from kstthc_training.ical.entry import CalendarEntry, EntryStatus, Language, Mailbox

_STATUSES = {
    EventState.DRAFT: EntryStatus.TENTATIVE,
    EventState.POSTPONED: EntryStatus.POSTPONED,
    EventState.CANCELLED: EntryStatus.CANCELLED,
}


@dataclass(frozen=True)
class EntryWords:
    """What stands in an entry besides the event's own texts; calendars are read outside any page, so not of its
    language but of their reader's."""

    session: str
    online: str
    chair: str
    contact: str
    audience: str
    reason: str
    unsure: Mapping[Part, str]


_VIETNAMESE = EntryWords(
    "buổi", "Trực tuyến", "Chủ trì", "Đầu mối liên hệ", "Thành phần", "Lý do",
    {
        Part.OFFERED: "Chờ xác nhận", Part.PENDING: "Chờ duyệt", Part.WAITING: "Chờ chỗ", Part.INVITED: "Chưa trả lời",
        Part.UNIT: "Đơn vị chưa trả lời",
    },
)  # fmt: skip
_ENGLISH = EntryWords(
    "session", "Online", "Chair", "Contact", "For", "Reason",
    {
        Part.OFFERED: "To be confirmed", Part.PENDING: "Awaiting approval", Part.WAITING: "Waiting list",
        Part.INVITED: "Not answered", Part.UNIT: "Not answered by your organisation",
    },
)  # fmt: skip
# What one does not come to, or not yet, takes no time; an offer or an invitation asks for it.
_TAKES_NO_TIME = frozenset({Part.PENDING, Part.WAITING, Part.UNIT, Part.NONE})
_WORDS = {Language.VIETNAMESE: _VIETNAMESE, Language.ENGLISH: _ENGLISH}


def entry_of(
    event: Event,
    session: Session,
    *,
    url: str | None = None,
    online: bool = False,
    organizer: Mailbox | None = None,
    language: Language = Language.VIETNAMESE,
    part: Part = Part.REGISTERED,
) -> CalendarEntry:
    """The entry of one session; `event` comes with kind, venue and sessions.

    `online` puts in the online address, which only registered and invited people get. `url` is the event's page. Where the
    reader's `part` is not settled yet the entry is tentative and its title says why, unless the event is called off.
    """
    words = _WORDS[language]
    status = _STATUSES.get(event.state, EntryStatus.CONFIRMED)
    unsure = "" if status.called_off else words.unsure.get(part, "")
    title = summary_of(event, session, words)
    return CalendarEntry(
        uid=session.uid,
        sequence=session.sequence,
        created_at=session.created_at,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=f"{unsure}: {title}" if unsure else title,
        description=description_of(event, words),
        location=location_of(event, words),
        url=url,
        status=EntryStatus.TENTATIVE if unsure else status,
        categories=(event.kind.name_en if language is Language.ENGLISH else event.kind.name_vi,),
        conference_url=event.online_url or None if online else None,
        organizer=organizer,
        related_to=event.sessions[0].uid if session is not event.sessions[0] else None,
        transparent=part in _TAKES_NO_TIME,
        language=language,
    )


def summary_of(event: Event, session: Session, words: EntryWords) -> str:
    """The title; of several sessions also which one."""
    if len(event.sessions) == 1:
        return event.title
    return f"{event.title} – {session.name or f'{words.session} {session.position + 1}/{len(event.sessions)}'}"


def location_of(event: Event, words: EntryWords) -> str:
    """Room and address, and that one may take part online."""
    room = event.venue if event.mode is not EventMode.ONLINE else None
    parts = [room.name, room.address] if room else []
    if event.mode is not EventMode.IN_PERSON:
        parts.append(words.online)
    return ", ".join(part for part in parts if part)


def description_of(event: Event, words: EntryWords) -> str:
    """Who chairs, whom to ask, and what it is about, as plain text."""
    contact = ", ".join(part for part in (event.contact_name, event.contact_phone) if part)
    lines = [
        f"{words.chair}: {event.chair}" if event.chair else "",
        f"{words.contact}: {contact}" if contact else "",
        f"{words.audience}: {event.audience_note}" if event.audience_note else "",
        event.state_reason and f"{words.reason}: {event.state_reason}",
        event.description,
    ]
    return "\n".join(line for line in lines if line)
