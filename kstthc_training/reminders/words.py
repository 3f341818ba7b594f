"""What reminders are called."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.policy import Reminder

REMINDED = {
    Reminded.START: _l("Nhắc người có chỗ"),
    Reminded.NAMES: _l("Nhắc đầu mối gửi tên"),
    Reminded.ANSWER: _l("Nhắc trả lời giấy mời"),
}
OFFERED_MINUTES = {
    7 * 24 * 60: _l("7 ngày"),
    3 * 24 * 60: _l("3 ngày"),
    24 * 60: _l("1 ngày"),
    2 * 60: _l("2 giờ"),
    60: _l("1 giờ"),
}
OFFERED_DAYS = {7: _l("7 ngày trước hạn"), 3: _l("3 ngày trước hạn"), 1: _l("1 ngày trước hạn"), 0: _l("Sáng ngày hết hạn")}
_HOUR, _DAY = 60, 24 * 60


def span_words(minutes: int) -> str:
    """How long before: `3 ngày`, `2 giờ`, `90 phút`."""
    if minutes % _DAY == 0:
        return ngettext("%(num)d ngày", "%(num)d ngày", minutes // _DAY)
    if minutes % _HOUR == 0:
        return ngettext("%(num)d giờ", "%(num)d giờ", minutes // _HOUR)
    return ngettext("%(num)d phút", "%(num)d phút", minutes)


def reminder_words(reminder: Reminder) -> str:
    """When a reminder goes by the rules, which quiet hours may move."""
    if reminder.what is Reminded.START:
        return _("%(span)s trước giờ họp", span=span_words(reminder.offset))
    if reminder.what is Reminded.ANSWER:
        return _("trước hạn trả lời")
    return _("%(span)s trước hạn gửi tên", span=span_words(reminder.offset * _DAY)) if reminder.offset else _("ngày hết hạn")


def mark_words(mark: str) -> tuple[str, str]:
    """What a reminder that was sent was, and by which rule, from its mark."""
    what, offset, anchor = mark.split(":")
    at = datetime.fromtimestamp(int(anchor), UTC)
    return str(REMINDED[Reminded(what)]), reminder_words(Reminder(Reminded(what), int(offset), at, at))
