"""What is pressed on a roster and at a door, and the words for what is refused."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.errors import (
    NotExpected,
    NotTakingPlace,
    ReasonMissing,
    SheetClosed,
    SheetOpen,
    TooEarly,
)
from kstthc_training.attendance.queries import LastMark
from kstthc_training.attendance.service import MarkOrder
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations.forms import AddPersonForm, RegistrationForm
from kstthc_training.text import whole_number
from kstthc_training.web.forms import Form, LineField, Needed
from kstthc_training.web.locale import hour, moment

STATUS_WORDS = {
    MarkStatus.PRESENT: _("có mặt"),
    MarkStatus.LATE: _("đến muộn"),
    MarkStatus.LEFT_EARLY: _("về sớm"),
    MarkStatus.EXCUSED: _("vắng có lý do"),
    MarkStatus.ABSENT: _("vắng không lý do"),
    MarkStatus.NONE: _("chưa đến"),
}
METHOD_WORDS = {
    MarkMethod.ROSTER: _("trên bảng"),
    MarkMethod.TICKET: _("quét mã"),
    MarkMethod.CODE: _("gõ mã"),
    MarkMethod.NAME: _("gõ tên"),
    MarkMethod.CLOSING: _("khi chốt buổi"),
    MarkMethod.UNDO: _("hoàn tác"),
}
_CELL = re.compile(r"([0-9]{1,15})-([0-9]{1,15})\Z")
_NONCE = re.compile(r"[0-9A-Za-z-]{16,64}\Z")


def _require_nonce(typed: str | None) -> None:
    if not _NONCE.match(typed or ""):
        raise ValidationError(_("Lần bấm này thiếu mã riêng. Hãy tải lại trang."))


class MarkForm(Form):
    """One pressed cell of the roster: `o` is session and registration, `nonce` names the press, `undo` takes one back."""

    o = LineField(validators=[Needed()])
    status = RadioField(
        choices=[SelectChoice(s.value, STATUS_WORDS[s]) for s in MarkStatus], default=MarkStatus.PRESENT.value
    )
    nonce = LineField(validators=[Needed()])
    undo = LineField()

    refusal_words: ClassVar[dict[Any, Any]] = {
        TooEarly: _("Buổi này chưa mở điểm danh. Chỉ có thể ghi trước, hoặc bỏ, là vắng có lý do."),
        SheetClosed: _("Buổi này đã chốt. Muốn sửa, hãy mở lại buổi và ghi lý do."),
        NotExpected: _("Người này không còn trong danh sách dự. Hãy tải lại trang."),
        NotTakingPlace: _("Cuộc họp chưa phát hành, đã hoãn hoặc đã hủy nên không điểm danh."),
        Unknown: _("Không thấy người hoặc buổi này. Hãy tải lại trang."),
    }

    def validate_o(self, field: Any) -> None:
        if not _CELL.match(field.data or ""):
            raise ValidationError(_("Không rõ ô nào được bấm. Hãy tải lại trang."))

    def validate_nonce(self, field: Any) -> None:
        _require_nonce(field.data)

    def order(self) -> MarkOrder:
        """The pressed cell as an order; the nonce is bound to the cell and the status, so that one page can press many."""
        session_id, registration_id = (int(part) for part in self.o.data.split("-"))
        return MarkOrder(
            session_id=session_id,
            registration_id=registration_id,
            status=MarkStatus(self.status.data),
            method=MarkMethod.UNDO if self.undo.data else MarkMethod.ROSTER,
            nonce=f"{self.nonce.data}:{self.o.data}:{self.status.data}",
        )


class CloseForm(Form):
    """Closing of a session: nothing is typed."""

    refusal_words: ClassVar[dict[Any, Any]] = {
        TooEarly: _("Buổi chưa bắt đầu nên chưa chốt được."),
        SheetClosed: _("Buổi này đã được chốt rồi."),
        NotTakingPlace: _("Cuộc họp chưa phát hành, đã hoãn, đã hủy hoặc đã kết thúc."),
    }


class ReopenForm(Form):
    """Reopening of a closed session: the reason is kept for ever."""

    reason = LineField(
        _("Lý do mở lại"), longest=300, validators=[Needed(_("Hãy ghi lý do, ví dụ: quét sót 3 người đến muộn."))]
    )

    refusal_words: ClassVar[dict[Any, Any]] = {
        SheetOpen: _("Buổi này đang mở, không cần mở lại."),
        ReasonMissing: _("Hãy ghi lý do mở lại."),
        NotTakingPlace: _("Cuộc họp chưa phát hành, đã hoãn hoặc đã hủy nên không mở lại buổi."),
    }


class DoorForm(Form):
    """What a phone or a scanner sends at the door: a ticket's code or link, or a pressed name."""

    code = LineField(longest=300)
    nonce = LineField(validators=[Needed()])

    refusal_words: ClassVar[dict[Any, Any]] = MarkForm.refusal_words


class ArrivalForm(RegistrationForm):
    """Somebody at the door who is not on the list; refusals of the list and of the door have words here."""

    nonce = LineField(validators=[Needed()])

    def validate_nonce(self, field: Any) -> None:
        _require_nonce(field.data)

    def refuse(self, refusal: Refusal) -> None:
        words = next((words for kind, words in DoorForm.refusal_words.items() if isinstance(refusal, kind)), None)
        if words is None:
            super().refuse(refusal)
        else:
            self.form_errors.append(too_early_words(refusal) if isinstance(refusal, TooEarly) else str(words))


class WalkInForm(ArrivalForm):
    """A pressed person of the directory."""

    person = LineField(validators=[Needed()])

    @property
    def person_id(self) -> int:
        """Who was pressed; `Unknown` for what is no number of anybody."""
        number = whole_number(self.person.data)
        if not number:
            raise Unknown(person=self.person.data)
        return number


class NewWalkInForm(AddPersonForm, ArrivalForm):
    """Somebody whom the directory does not know."""


def last_mark_words(last: LastMark | None, methods: Mapping[MarkMethod, Any] = METHOD_WORDS) -> str:
    """The latest mark of somebody as the roster shows it: `09:05 trên bảng, Trần Mẫu Ghi`; '' when there is none.

    Who asks for a thousand gives the words of the methods in the reader's language, looked up once.
    """
    if last is None:
        return ""
    seen = f"{hour(last.at)} {methods[last.method]}"
    return f"{seen}, {last.by}" if last.by else seen


def too_early_words(refusal: Refusal) -> str:
    """When the door opens, in words."""
    return str(_("Điểm danh mở từ %(when)s.", when=moment(refusal.facts["opens_at"])))
