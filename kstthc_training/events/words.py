"""What events, their states and their places are called on every page: one table for each."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.events.enums import AttendanceRule, Audience, EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.events.standing import Standing

MODE_WORDS = {
    EventMode.IN_PERSON: _("Trực tiếp"),
    EventMode.ONLINE: _("Trực tuyến"),
    EventMode.BOTH: _("Kết hợp"),
}
AUDIENCE_WORDS = {
    Audience.OFFICIALS: _("Cán bộ, công chức"),
    Audience.PRESS: _("Báo chí"),
    Audience.BOTH: _("Cán bộ và báo chí"),
    Audience.INTERNAL: _("Nội bộ"),
}
RULE_WORDS = {
    AttendanceRule.HALF: _("Có mặt ít nhất một nửa số buổi"),
    AttendanceRule.ALL: _("Có mặt đủ các buổi"),
    AttendanceRule.ANY: _("Có mặt ít nhất một buổi"),
}
_STANDINGS: dict[Standing, tuple[Any, str]] = {
    Standing.DRAFT: (_("Dự thảo"), ""),
    Standing.UPCOMING: (_("Đã phát hành"), "info"),
    Standing.RUNNING: (_("Đang diễn ra"), "ok"),
    Standing.OVER: (_("Đã họp"), ""),
    Standing.CLOSED: (_("Đã kết thúc"), ""),
    Standing.POSTPONED: (_("Đã hoãn"), "warn"),
    Standing.CANCELLED: (_("Đã hủy"), "bad"),
}
STATE_WORDS = {
    state: _STANDINGS[Standing.UPCOMING if state is EventState.RELEASED else Standing(state.value)][0]
    for state in EventState
}


@dataclass(frozen=True)
class Tag:
    """At most three words, with a tone of the style sheet; `live` adds the dot of what goes on now."""

    label: str
    tone: str = ""
    live: bool = False


def standing_tag(standing: Standing) -> Tag:
    """The tag of an event's standing, in the page's language."""
    words, tone = _STANDINGS[standing]
    return Tag(str(words), tone, live=standing is Standing.RUNNING)


def invited_words(audience: Audience) -> str:
    """Whom an event is for, when that is worth saying beside its title; '' for officials, the usual case."""
    if audience is Audience.PRESS:
        return gettext("Mời báo chí")
    return "" if audience is Audience.OFFICIALS else str(AUDIENCE_WORDS[audience])


def place_words(mode: EventMode, room: str | None, address: str = "") -> str:
    """Where: the room with its address, online, or both; or that nobody has decided yet."""
    where = ", ".join(part for part in (room, address) if part)
    if mode is EventMode.ONLINE:
        return gettext("Trực tuyến")
    if mode is EventMode.BOTH:
        return gettext("%(room)s và trực tuyến", room=where) if where else gettext("Trực tiếp và trực tuyến")
    return where or gettext("Chưa có địa điểm")


def place_of(event: Event, *, with_address: bool = False) -> str:
    """The same of an event that comes with its venue."""
    room = event.venue
    return place_words(event.mode, room.name if room else None, room.address if room and with_address else "")
