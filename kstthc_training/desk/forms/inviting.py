"""What is typed when people are invited, reminded, and when invitations change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from kstthc_training import clock
from kstthc_training.invitations.policy import Deadlines
from kstthc_training.invitations.words import refusal_words
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.forms import DayField, Form, HourField, LineField, Needed, VersionField, instant_of

MOST_PLACES = 1000
_PLACES = _("Số chỗ là số nguyên từ 1 đến 1.000.")


class InvitationForm(Form):
    """A form about invitations: refusals are put into words with their times and figures."""

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, Stale):
            self.form_errors.append(str(_("Người khác vừa sửa. Trang đã lấy bản mới nhất; hãy xem rồi gửi lại.")))
            return
        words = refusal_words(refusal)
        if words is None:
            raise refusal
        self.form_errors.append(words)


class ButtonForm(InvitationForm):
    """One button."""


class RevokeForm(InvitationForm):
    """Taking invitations back, with a reason that the invitees read."""

    reason = LineField(_("Lý do thu hồi"), longest=300)


class ExtendForm(InvitationForm):
    """Until when those chosen may answer."""

    day = DayField(_("Hạn mới"), validators=[Needed(_("Hãy gõ ngày của hạn mới."))])
    hour = HourField(_("Giờ"), validators=[Needed(_("Hãy gõ giờ của hạn mới."))])

    @property
    def answer_by(self) -> datetime:
        """The instant typed, once the form is valid."""
        typed = instant_of(self.day.data, self.hour.data)
        assert typed is not None  # noqa: S101 - both are needed
        return typed


class PlacesForm(InvitationForm):
    """How many places an organisation has."""

    places = IntegerField(_("Số chỗ"), validators=[NumberRange(1, MOST_PLACES, _PLACES)])
    version = VersionField()

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        if self.places.process_errors:
            self.places.process_errors = [_PLACES]


class ToldForm(InvitationForm):
    """What an invitee said otherwise than by the link: by telephone, on paper."""

    answer = RadioField(
        _("Trả lời"), choices=[SelectChoice("yes", _("Nhận lời")), SelectChoice("no", _("Không dự được"))], default="yes"
    )
    accepted = IntegerField(_("Số chỗ nhận"), validators=[Optional(), NumberRange(1, MOST_PLACES, _PLACES)])
    reason = LineField(_("Lý do"), longest=300)


class DeadlineForm(InvitationForm):
    """Until when all answer, and the mornings on which those who have not are reminded."""

    day = DayField(_("Ngày"))
    hour = HourField(_("Giờ"))
    week_before = BooleanField(_("7 ngày trước hạn"))
    days_before = BooleanField(_("3 ngày trước hạn"))
    day_before = BooleanField(_("1 ngày trước hạn"))
    same_day = BooleanField(_("Sáng ngày hết hạn"))
    tells_leaders = BooleanField(_("Báo lãnh đạo đơn vị khi quá hạn"))
    version = VersionField()

    def validate_hour(self, field: Any) -> None:
        if bool(self.day.data) != (field.data is not None):
            raise ValidationError(_("Hãy gõ cả ngày và giờ, hoặc để trống cả hai."))

    @property
    def answer_by(self) -> datetime | None:
        """The instant typed, or None."""
        return instant_of(self.day.data, self.hour.data)

    @property
    def remind_days(self) -> Sequence[int]:
        """How many days before the deadline people are reminded."""
        boxes = ((7, self.week_before), (3, self.days_before), (1, self.day_before), (0, self.same_day))
        return [days for days, box in boxes if box.data]

    @staticmethod
    def values_of(deadlines: Deadlines) -> dict[str, object]:
        """What stands in the form before anybody types."""
        at = clock.local(deadlines.answer_by) if deadlines.answer_by else None
        days = set(deadlines.remind_days)
        return {
            "day": at.date() if at else None, "hour": at.time() if at else None, "version": deadlines.version,
            "week_before": 7 in days, "days_before": 3 in days, "day_before": 1 in days, "same_day": 0 in days,
            "tells_leaders": deadlines.tells_leaders,
        }  # fmt: skip


class GroupForm(InvitationForm):
    """The name under which those chosen are kept as a group."""

    group_name = LineField(_("Tên nhóm"), longest=120, validators=[Needed(_("Hãy đặt tên cho nhóm."))])


class NamedGroupForm(GroupForm):
    """The name of a group that is saved anew."""

    version = VersionField()


class DeleteGroupForm(InvitationForm):
    """The group to be put away, as it was seen."""

    version = VersionField()


class LeaderForm(InvitationForm):
    """To whom the answers are told."""

    leader = SelectField(_("Gửi cho lãnh đạo"), validate_choice=True)

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Let one of these be chosen: numbers of accounts, with names."""
        self.leader.choices = [SelectChoice(str(number), words) for number, words in people]

    @property
    def chosen(self) -> int:
        """The account chosen, once the form is valid."""
        return int(self.leader.data)
