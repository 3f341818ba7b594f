"""Sessions as calendar entries: the one place that says what a calendar shows of them."""

from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.ical.entry import CalendarEntry, EntryStatus, Mailbox

_STATUSES = {
    EventState.DRAFT: EntryStatus.TENTATIVE,
    EventState.POSTPONED: EntryStatus.POSTPONED,
    EventState.CANCELLED: EntryStatus.CANCELLED,
}


def entry_of(
    event: Event, session: Session, *, url: str | None = None, online: bool = False, organizer: Mailbox | None = None
) -> CalendarEntry:
    """The entry of one session; `event` comes with kind, venue and sessions.

    `online` puts in the online address, which only registered and invited people get. `url` is the event's page.
    """
    return CalendarEntry(
        uid=session.uid,
        sequence=session.sequence,
        created_at=session.created_at,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=summary_of(event, session),
        description=description_of(event),
        location=location_of(event),
        url=url,
        status=_STATUSES.get(event.state, EntryStatus.CONFIRMED),
        categories=(event.kind.name_vi,),
        conference_url=event.online_url or None if online else None,
        organizer=organizer,
        related_to=event.sessions[0].uid if session is not event.sessions[0] else None,
    )


def summary_of(event: Event, session: Session) -> str:
    """The title; of several sessions also which one."""
    if len(event.sessions) == 1:
        return event.title
    return f"{event.title} – {session.name or f'buổi {session.position + 1}/{len(event.sessions)}'}"


def location_of(event: Event) -> str:
    """Room and address, and that one may take part online."""
    room = event.venue if event.mode is not EventMode.ONLINE else None
    parts = [room.name, room.address] if room else []
    if event.mode is not EventMode.IN_PERSON:
        parts.append("Trực tuyến")
    return ", ".join(part for part in parts if part)


def description_of(event: Event) -> str:
    """Who chairs, whom to ask, and what it is about, as plain text."""
    contact = ", ".join(part for part in (event.contact_name, event.contact_phone) if part)
    lines = [
        f"Chủ trì: {event.chair}" if event.chair else "",
        f"Đầu mối liên hệ: {contact}" if contact else "",
        f"Thành phần: {event.audience_note}" if event.audience_note else "",
        event.state_reason and f"Lý do: {event.state_reason}",
        event.description,
    ]
    return "\n".join(line for line in lines if line)
