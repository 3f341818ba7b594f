"""What must be true of an event before it is stored or released."""

from itertools import pairwise
from typing import Protocol

from kstthc_training import clock
from kstthc_training.events import errors
from kstthc_training.events.drafts import AgendaItemDraft, EventDraft, SessionDraft
from kstthc_training.events.enums import EventMode
from kstthc_training.ical.entry import web_address
from kstthc_training.ical.errors import UnusableAddress


class Releasable(Protocol):
    """An event, or the draft of one."""

    @property
    def mode(self) -> EventMode: ...
    @property
    def venue_id(self) -> int | None: ...
    @property
    def contact_name(self) -> str: ...
    @property
    def contact_phone(self) -> str: ...


def require_sound(draft: EventDraft) -> None:
    """Sessions in order without overlap, the agenda on their days, a window that opens before it closes, a real address."""
    _require_sessions(draft.sessions)
    _require_agenda(draft.agenda, draft.sessions)
    opens, closes = draft.registration_opens_at, draft.registration_closes_at
    if opens and closes and closes <= opens:
        raise errors.RegistrationClosesTooEarly(opens_at=opens, closes_at=closes)
    if draft.online_url:
        _require_address(draft.online_url)


def require_releasable(event: Releasable) -> None:
    """What an invitation must state: whom to ask and where to go (QĐ 45/2018/QĐ-TTg)."""
    if not event.contact_name or not event.contact_phone:
        raise errors.ContactMissing
    if event.mode is not EventMode.ONLINE and event.venue_id is None:
        raise errors.VenueMissing


def _require_sessions(sessions: tuple[SessionDraft, ...]) -> None:
    if not sessions:
        raise errors.NoSession
    for number, session in enumerate(sessions, start=1):
        if session.ends_at <= session.starts_at:
            raise errors.SessionEndsBeforeItStarts(session=number, starts_at=session.starts_at)
    for number, (first, second) in enumerate(pairwise(sessions), start=1):
        if second.starts_at < first.ends_at:
            raise errors.SessionsOverlap(first=number, second=number + 1)


def _require_agenda(agenda: tuple[AgendaItemDraft, ...], sessions: tuple[SessionDraft, ...]) -> None:
    days = {clock.local_date(session.starts_at) for session in sessions}
    for number, item in enumerate(agenda, start=1):
        if item.ends_at is not None and item.ends_at <= item.starts_at:
            raise errors.AgendaItemEndsBeforeItStarts(item=number, title=item.title)
        if clock.local_date(item.starts_at) not in days:
            raise errors.AgendaItemOutside(item=number, title=item.title, starts_at=item.starts_at)


def _require_address(address: str) -> None:
    try:
        web_address("online_url", address)
    except UnusableAddress:
        raise errors.OnlineAddressUnusable(address=address) from None
