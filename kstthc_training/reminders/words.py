"""What reminders are called."""

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
