"""What the office sets about reminders: quiet hours, and when people are reminded usually."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, HiddenField
from wtforms.fields.choices import SelectChoice

from kstthc_training.db import db
from kstthc_training.messages.quiet import NAMES as QUIET_NAMES
from kstthc_training.messages.quiet import QuietHours, quiet_of
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.reminders.policy import Rules
from kstthc_training.reminders.queries import USUAL_NAMES, USUAL_START, usual_rules
from kstthc_training.reminders.words import OFFERED_DAYS, OFFERED_MINUTES
from kstthc_training.settings.models import Setting
from kstthc_training.web.forms import Boxes, DayField, Form, HourField, Needed, chosen_number

NAMES = (*QUIET_NAMES, USUAL_START, USUAL_NAMES)
LABELS = {
    "quiet_from": _l("Giờ yên tĩnh từ"),
    "quiet_until": _l("Giờ yên tĩnh đến"),
    "quiet_days_off": _l("Yên tĩnh cả ngày nghỉ"),
    USUAL_START: _l("Nhắc trước giờ họp (phút)"),
    USUAL_NAMES: _l("Nhắc gửi tên trước hạn (ngày)"),
}


@dataclass(frozen=True)
class Reminding:
    """How the office reminds from a day on; before the first, as the product does."""

    since: date | None
    quiet: QuietHours
    rules: Rules


class RemindingForm(Form):
    """Quiet hours and the usual reminders, from a day on."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        Stale: _l("Người khác vừa đổi các giá trị này. Xem bảng bên trên, sửa cho đúng rồi ghi lần nữa."),
    }
    seen = HiddenField()
    valid_from = DayField(_l("Hiệu lực từ ngày"), [Needed(_l("Hãy gõ ngày các giá trị bắt đầu có hiệu lực."))])
    quiet_from = HourField(_l("Giờ yên tĩnh từ"), [Needed(_l("Hãy gõ giờ bắt đầu."))])
    quiet_until = HourField(_l("đến"), [Needed(_l("Hãy gõ giờ kết thúc."))])
    quiet_days_off = BooleanField(_l("Yên tĩnh cả thứ Bảy, Chủ nhật và ngày lễ, trừ nhắc trong ngày họp"))
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

    def show(self, now_in_force: Reminding) -> None:
        """Fill the form with what is in force."""
        quiet, rules = now_in_force.quiet, now_in_force.rules
        self.quiet_from.data, self.quiet_until.data, self.quiet_days_off.data = quiet.begins, quiet.ends, quiet.days_off
        self.minutes.data, self.days.data = list(rules.minutes_before), list(rules.names_days)

    def values(self) -> dict[str, Any]:
        """The settings that were typed."""
        return {
            "quiet_from": f"{self.quiet_from.data:%H:%M}",
            "quiet_until": f"{self.quiet_until.data:%H:%M}",
            "quiet_days_off": bool(self.quiet_days_off.data),
            USUAL_START: sorted(self.minutes.data or (), reverse=True),
            USUAL_NAMES: sorted(self.days.data or (), reverse=True),
        }


def history(names: Collection[str] = NAMES) -> list[Reminding]:
    """How the office reminded from each day on, the latest first: one statement."""
    rows = db.session.execute(
        select(Setting.valid_from, Setting.name, Setting.value).where(Setting.name.in_(names)).order_by(Setting.valid_from)
    )
    days: dict[date | None, dict[str, Any]] = {None: {}}
    for since, name, value in rows:
        latest = next(reversed(days.values()))
        days.setdefault(since, dict(latest))[name] = value
    return [Reminding(since, quiet_of(values), usual_rules(values)) for since, values in days.items()][::-1]


def in_force(found: Collection[Reminding], day: date) -> Reminding:
    """The values of a day."""
    return next(each for each in found if each.since is None or each.since <= day)
