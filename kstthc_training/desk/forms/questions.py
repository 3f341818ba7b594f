"""What an organizer types to ask something of those who register."""

from collections.abc import Collection, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.forms import RegistrationForm
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.service.questions import QuestionDraft
from kstthc_training.text import clean_line
from kstthc_training.web.forms import LineField, Needed, ProseField

MOST_CHOICES = 30
LONGEST_CHOICE = 150
KINDS = {
    QuestionKind.TEXT: _("Chữ"),
    QuestionKind.CHOICE: _("Chọn một"),
    QuestionKind.NUMBER: _("Số"),
    QuestionKind.DAY: _("Ngày"),
    QuestionKind.FILE: _("Tệp"),
}


class QuestionForm(RegistrationForm):
    """A question: what is asked, how it is answered, and after which answer it comes up."""

    label = LineField(_("Câu hỏi"), longest=200, validators=[Needed()])
    hint = LineField(_("Giải thích"), longest=300)
    kind = RadioField(
        _("Trả lời bằng"),
        choices=[SelectChoice(str(kind), words) for kind, words in KINDS.items()],
        default=str(QuestionKind.TEXT),
    )
    options = ProseField(_("Các lựa chọn"))
    is_required = BooleanField(_("Bắt buộc trả lời"))
    shown_if = SelectField(_("Khi nào hỏi"))

    def offer(self, questions: Sequence[Question]) -> None:
        """Let one of the choices of these questions be the condition, or none."""
        conditions = [
            SelectChoice(_condition(question.id, value), f"{question.label}: {value}")
            for question in questions
            for value in question.choices
        ]
        self.shown_if.choices = [SelectChoice("", gettext("Luôn hỏi")), *conditions]

    def draft(self) -> QuestionDraft:
        """What was typed; `offer` was called before."""
        number, _colon, value = (self.shown_if.data or "").partition(":")
        return QuestionDraft(
            kind=QuestionKind(self.kind.data),
            label=self.label.data,
            hint=self.hint.data,
            is_required=self.is_required.data,
            choices=self._choices(),
            shown_if_id=int(number) if number else None,
            shown_if_value=value,
        )

    def validate_options(self, field: ProseField) -> None:
        if self.kind.data != QuestionKind.CHOICE:
            return
        choices = self._choices()
        if len(choices) < 2:
            raise ValidationError(gettext("Hãy ghi ít nhất hai lựa chọn, mỗi dòng một lựa chọn."))
        if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise ValidationError(gettext("Nhiều nhất 30 lựa chọn, mỗi lựa chọn không quá 150 ký tự."))

    def _choices(self) -> list[str]:
        lines = (clean_line(line) for line in (self.options.data or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    @classmethod
    def about(cls, question: Question, before: Collection[Question]) -> "QuestionForm":
        """The form filled with a question as it is stored."""
        stored = {
            "label": question.label,
            "hint": question.hint,
            "kind": str(question.kind),
            "options": "\n".join(question.choices),
            "is_required": question.is_required,
            "shown_if": _condition(question.shown_if_id, question.shown_if_value) if question.shown_if_id else "",
        }
        form = cls(formdata=None, data=stored)
        form.offer(list(before))
        return form


def _condition(question_id: int, value: str) -> str:
    return f"{question_id}:{value}"
