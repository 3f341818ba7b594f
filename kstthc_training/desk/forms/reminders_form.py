"""When the people of an event are reminded."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from kstthc_training.refusals import Refusal, Stale, Unknown
from kstthc_training.reminders.errors import RemindingOver
from kstthc_training.reminders.policy import Rules
from kstthc_training.reminders.words import OFFERED_DAYS, OFFERED_MINUTES
from kstthc_training.web.forms import Boxes, Form, VersionField, chosen_number

_OVER = _l("Cuộc họp đã hủy, đã hoãn hoặc đã bắt đầu nên không nhắc nữa.")


class ReminderForm(Form):
    """How long before the event, and how many days before the deadline for names."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        Stale: _l("Người khác vừa đổi lịch nhắc. Trang đã lấy bản mới nhất; hãy xem rồi lưu lại."),
        RemindingOver: _OVER,
    }
    minutes = Boxes(
        _l("Nhắc người có chỗ, trước giờ họp"),
        coerce=chosen_number,
        choices=[SelectChoice(minutes, words) for minutes, words in OFFERED_MINUTES.items()],
    )
    days = Boxes(
        _l("Nhắc đầu mối gửi tên, khi còn chỗ chưa có tên"),
        coerce=chosen_number,
        choices=[SelectChoice(days, words) for days, words in OFFERED_DAYS.items()],
    )
    version = VersionField()

    def rules(self) -> Rules:
        """What was chosen."""
        return Rules(tuple(self.minutes.data or ()), tuple(self.days.data or ()), self.version.data)

    def show(self, rules: Rules) -> None:
        """Fill the form with rules that are in force."""
        self.minutes.data, self.days.data = list(rules.minutes_before), list(rules.names_days)
        self.version.data = rules.version
        self.version.raw_data = None


class MarkForm(Form):
    """A button beside one reminder."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        Unknown: _l("Lần nhắc này đã qua, đã bỏ hoặc đã dời. Xem lịch nhắc mới nhất bên dưới."),
        RemindingOver: _OVER,
    }
