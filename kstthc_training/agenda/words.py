"""How an entry stands for its reader: a tag, and the one thing to do."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext, pgettext

from kstthc_training.agenda.queries import Entry
from kstthc_training.attendance.rules import OPENS_BEFORE
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.web.locale import short_day

_AUDIENCES = {
    Audience.PRESS: _l("Mời báo chí"),
    Audience.BOTH: _l("Cán bộ và báo chí"),
    Audience.INTERNAL: _l("Nội bộ"),
    Audience.OFFICIALS: "",
}
_TAGS = {
    Standing.DRAFT: (_l("Dự thảo"), "warn"),
    Standing.RUNNING: (_l("Đang diễn ra"), "ok"),
    Standing.OVER: (_l("Đã họp"), ""),
    Standing.CLOSED: (_l("Đã kết thúc"), ""),
    Standing.POSTPONED: (_l("Tạm hoãn"), "warn"),
    Standing.CANCELLED: (_l("Đã hủy"), "bad"),
}


@dataclass(frozen=True)
class Action:
    """The one button of a row."""

    label: str
    href: str
    filled: bool = False


@dataclass(frozen=True)
class Shown:
    """An entry with its words: tag and tone, the action, and the small line below the title."""

    entry: Entry
    tag: str
    tone: str
    live: bool
    action: Action | None
    place: str
    notes: tuple[str, ...]
    struck: bool


def audience_words(audience: Audience) -> str:
    """Whom an event is for, when that is worth saying."""
    return str(_AUDIENCES[audience])


def shown(entry: Entry, *, actor: Actor, now: datetime) -> Shown:
    """An entry as its reader sees it."""
    standing = standing_of(_Dated(entry), now)
    tag, tone = _tag(entry, standing, now)
    return Shown(
        entry=entry,
        tag=tag,
        tone=tone,
        live=standing is Standing.RUNNING,
        action=_action(entry, standing, actor, now),
        place=place_words(entry.venue, entry.mode),
        notes=_notes(entry),
        struck=standing in (Standing.CANCELLED, Standing.POSTPONED),
    )


def place_words(venue: str | None, mode: EventMode) -> str:
    """Where: the room, online, or both."""
    if mode is EventMode.ONLINE:
        return _("Trực tuyến")
    if mode is EventMode.BOTH:
        return _("%(venue)s và trực tuyến", venue=venue) if venue else _("Trực tiếp và trực tuyến")
    return venue or _("Chưa có địa điểm")


class _Dated:
    """An entry's event as something that stands in time."""

    def __init__(self, entry: Entry) -> None:
        self.state, self.starts_at, self.ends_at = entry.state, entry.event_starts_at, entry.event_ends_at


def _tag(entry: Entry, standing: Standing, now: datetime) -> tuple[str, str]:
    if standing in _TAGS:
        words, tone = _TAGS[standing]
        return str(words), tone
    if entry.mine is RegistrationState.CONFIRMED:
        return _("Đã đăng ký"), "info"
    if entry.mine is RegistrationState.WAITING:
        return _("Đang chờ chỗ"), "warn"
    return _seats_tag(entry, now)


def _seats_tag(entry: Entry, now: datetime) -> tuple[str, str]:
    if not _is_open(entry, now):
        return "", ""
    if entry.capacity is None:
        return _("Đang mở đăng ký"), "ok"
    free = entry.capacity - (entry.taken or 0)
    if free <= 0:
        return _("Hết chỗ"), "warn"
    return ngettext("Còn %(num)d chỗ", "Còn %(num)d chỗ", free) + _deadline(entry), "ok"


def _deadline(entry: Entry) -> str:
    closes_at = entry.registration_closes_at
    return _(" · hạn %(day)s", day=short_day(closes_at)) if closes_at else ""


def _is_open(entry: Entry, now: datetime) -> bool:
    opens_at, closes_at = entry.registration_opens_at, entry.registration_closes_at
    in_window = (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)
    return entry.state is EventState.RELEASED and now < entry.event_starts_at and in_window


def _action(entry: Entry, standing: Standing, actor: Actor, now: datetime) -> Action | None:
    if runs_events(actor):
        return _organizer_action(entry, standing, now)
    if entry.mine is not None:
        return Action(_("Vé của tôi"), url_for("agenda.mine")) if standing is Standing.UPCOMING else None
    if not _is_open(entry, now):
        return None
    full = entry.capacity is not None and (entry.taken or 0) >= entry.capacity
    label = _("Vào danh sách chờ") if full else pgettext("button", "Đăng ký")
    return Action(label, url_for("registrations.confirm", code=entry.code))


def _organizer_action(entry: Entry, standing: Standing, now: datetime) -> Action | None:
    if standing is Standing.DRAFT:
        return Action(_("Hoàn thiện"), url_for("desk.edit", code=entry.code))
    soon = standing is Standing.UPCOMING and now >= entry.event_starts_at - OPENS_BEFORE
    if standing is Standing.RUNNING or soon:
        return Action(_("Điểm danh"), url_for("desk.roster", code=entry.code), filled=True)
    if standing is Standing.OVER:
        return Action(_("Chốt điểm danh"), url_for("desk.roster", code=entry.code))
    return None


def _notes(entry: Entry) -> tuple[str, ...]:
    notes = [audience_words(entry.audience)]
    if entry.sessions > 1:
        notes.append(_("Buổi %(n)s trên %(all)s", n=entry.position + 1, all=entry.sessions))
    if entry.audience_note:
        notes.append(entry.audience_note)
    if entry.state in (EventState.POSTPONED, EventState.CANCELLED) and entry.state_reason:
        notes.append(entry.state_reason)
    return tuple(note for note in notes if note)
