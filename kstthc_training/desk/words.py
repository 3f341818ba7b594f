"""How the desk says what it knows: standings as tags, and the words for what forms offer."""

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.events.enums import AttendanceRule, Audience, EventMode, EventState
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
STATE_WORDS = {
    EventState.DRAFT: _("Dự thảo"),
    EventState.RELEASED: _("Đã phát hành"),
    EventState.POSTPONED: _("Tạm hoãn"),
    EventState.CANCELLED: _("Đã hủy"),
    EventState.CLOSED: _("Đã kết thúc"),
}


@dataclass(frozen=True)
class Tag:
    """At most three words, with a tone of the style sheet; `live` adds the dot of what goes on now."""

    label: str
    tone: str = ""
    live: bool = False


def standing_tag(standing: Standing) -> Tag:
    """The tag of an event's standing, in the page's language."""
    tags = {
        Standing.DRAFT: Tag(gettext("Dự thảo")),
        Standing.UPCOMING: Tag(gettext("Đã phát hành"), "info"),
        Standing.RUNNING: Tag(gettext("Đang diễn ra"), "ok", live=True),
        Standing.OVER: Tag(gettext("Chưa chốt"), "warn"),
        Standing.CLOSED: Tag(gettext("Đã kết thúc")),
        Standing.POSTPONED: Tag(gettext("Tạm hoãn"), "warn"),
        Standing.CANCELLED: Tag(gettext("Đã hủy"), "bad"),
    }
    return tags[standing]
