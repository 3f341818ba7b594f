"""How the desk says what it knows: the standing of an event as a tag."""

from dataclasses import dataclass

from flask_babel import gettext

from kstthc_training.events.standing import Standing


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
