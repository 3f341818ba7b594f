"""The standing of an event as a result of the search says it."""

from flask_babel import gettext

from kstthc_training.events.standing import Standing


def standing_tag(standing: Standing) -> tuple[str, str]:
    """At most three words and a tone of the style sheet."""
    return {
        Standing.DRAFT: (gettext("Dự thảo"), ""),
        Standing.UPCOMING: (gettext("Sắp diễn ra"), "info"),
        Standing.RUNNING: (gettext("Đang diễn ra"), "ok"),
        Standing.OVER: (gettext("Đã họp"), ""),
        Standing.CLOSED: (gettext("Đã kết thúc"), ""),
        Standing.POSTPONED: (gettext("Tạm hoãn"), "warn"),
        Standing.CANCELLED: (gettext("Đã hủy"), "bad"),
    }[standing]
