"""The questions of an event as fields of a form: one for each, and whether what was typed will do."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.forms import RegisterForm
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.questionnaire import is_sound, kept_answers, missing
from kstthc_training.web.forms import DayField, LineField, ProseField

_TYPED: dict[QuestionKind, type[Field]] = {
    QuestionKind.TEXT: ProseField,
    QuestionKind.NUMBER: LineField,
    QuestionKind.DAY: DayField,
}


class AskingForm(RegisterForm):
    """The button that registers, with the questions of the event above it; made by `asking_form`."""

    questions: Sequence[Question] = ()

    def answers(self) -> dict[int, str]:
        """What was typed, by question: days as 2026-03-05."""
        return {question.id: _plain(self.field_of(question).data) for question in self.questions}

    def field_of(self, question: Question) -> Any:
        """The field of a question."""
        return self[f"cau_hoi_{question.id}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Every question that comes up and must be answered is, and each answer is of its kind."""
        if not super().validate(extra_validators):
            return False
        kept = kept_answers(self.questions, self.answers())
        needed = set(missing(self.questions, kept))
        for question in self.questions:
            if question.id in needed:
                self._say(question, _("Hãy trả lời câu này."))
            elif question.id in kept and not is_sound(question, kept[question.id]):
                self._say(question, _WRONG[question.kind]())
        return not self.errors

    def _say(self, question: Question, words: str) -> None:
        field = self.field_of(question)
        field.errors = [*field.errors, words]


def asking_form(questions: Sequence[Question]) -> AskingForm:
    """The form that asks these questions."""
    fields = {f"cau_hoi_{question.id}": _field(question) for question in questions}
    form: AskingForm = type("QuestionsForm", (AskingForm,), {"questions": questions, **fields})()
    return form


def _field(question: Question) -> Any:
    if question.kind is QuestionKind.CHOICE:
        choices = [SelectChoice(value, value) for value in question.choices]
        if not question.is_required:
            choices.insert(0, SelectChoice("", _("Không trả lời")))
        return RadioField(question.label, choices=choices, default="", validate_choice=False)
    return _TYPED.get(question.kind, StringField)(question.label)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


_WRONG = {
    QuestionKind.TEXT: lambda: _("Câu trả lời dài quá 2.000 ký tự. Hãy rút ngắn."),
    QuestionKind.CHOICE: lambda: _("Lựa chọn này không có trong danh sách. Hãy chọn lại."),
    QuestionKind.NUMBER: lambda: _("Hãy gõ một số nguyên, ví dụ 40."),
    QuestionKind.DAY: lambda: _("Ngày không đọc được. Hãy gõ như 05/03/2026."),
    QuestionKind.FILE: lambda: _("Câu trả lời không đúng dạng."),
}
