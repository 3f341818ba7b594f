"""The questions of an event as fields of a form: one for each, and whether what was typed will do."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from kstthc_training.files.kinds import KINDS, KindNotTaken, NotWhatItSays
from kstthc_training.files.sent import held, own_name
from kstthc_training.files.store import SentFile, TooLarge
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.errors import AnswerFileRefused
from kstthc_training.registrations.forms import RegisterForm
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.questionnaire import is_shown, is_sound, kept_answers, missing
from kstthc_training.web.forms import DayField, LineField, ProseField

LARGEST_FILE = 10_000_000
ENDINGS = sorted(set(KINDS) - {"csv", "txt"})
_TYPED: dict[QuestionKind, type[Field]] = {
    QuestionKind.TEXT: ProseField,
    QuestionKind.NUMBER: LineField,
    QuestionKind.DAY: DayField,
}
_NOTHING: Mapping[int, str] = {}


class AskingForm(RegisterForm):
    """The button that registers, with the questions of the event above it; made by `asking_form`.

    A press that showed no question (an undo, a second registration) stands for the answers that are stored.
    """

    questions: Sequence[Question] = ()
    stored: Mapping[int, str] = _NOTHING
    may_leave = False

    def answers(self) -> dict[int, str]:
        """What was answered, by question: days as 2026-03-05, files by their names."""
        return {question.id: self._answer(question) for question in self.questions}

    def field_of(self, question: Question) -> Any:
        """The field of a question."""
        return self[f"cau_hoi_{question.id}"]

    def removal_of(self, question: Question) -> Any:
        """The box that takes away the file that is stored; None where there is none, or where one must be."""
        return self._fields.get(f"bo_tep_{question.id}")

    @property
    def takes_files(self) -> bool:
        """Whether the form around the questions must be one that carries files."""
        return any(question.kind is QuestionKind.FILE for question in self.questions)

    @contextmanager
    def files_held(self) -> Iterator[dict[int, SentFile]]:
        """The files chosen, by question, on disk for the length of a block whose unit of work keeps them; when it fails
        they are gone again. Raises `AnswerFileRefused` for one that is too large or not what it says."""
        kept = kept_answers(self.questions, self.answers())
        with ExitStack() as stack:
            chosen = [q for q in self.questions if q.id in kept and q.kind is QuestionKind.FILE and self.field_of(q).data]
            yield {question.id: self._held(question, stack) for question in chosen}

    def validate(self, extra_validators: Any = None) -> bool:
        """Every question that comes up and must be answered is, and each answer is of its kind."""
        super().validate(extra_validators)
        kept = kept_answers(self.questions, self.answers())
        needed = set() if self.may_leave else set(missing(self.questions, kept))
        for question in self.questions:
            if self.field_of(question).errors:
                continue
            if question.id in needed:
                self._say(question, _("Hãy trả lời câu này."))
            elif question.id in kept and not is_sound(question, kept[question.id]):
                self._say(question, _WRONG[question.kind]())
        if self.errors:
            self._ask_for_files_again()
        return not self.errors

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top, those about a file at its question."""
        if isinstance(refusal, AnswerFileRefused):
            question = next(q for q in self.questions if q.id == refusal.facts["question_id"])
            self._say(question, _file_words(refusal.facts["why"]))
        else:
            super().refuse(refusal)
        self._ask_for_files_again()

    def _answer(self, question: Question) -> str:
        field = self.field_of(question)
        if question.kind is not QuestionKind.FILE:
            return _plain(field.data)
        if field.data:
            return own_name(field.data.filename)
        removal = self.removal_of(question)
        return "" if removal is not None and removal.data else self.stored.get(question.id, "")

    def _held(self, question: Question, stack: ExitStack) -> SentFile:
        upload = self.field_of(question).data
        try:
            return stack.enter_context(held(upload.stream, name=upload.filename, limit=file_limit(), among=ENDINGS))
        except (TooLarge, KindNotTaken, NotWhatItSays) as why:
            raise AnswerFileRefused(question_id=question.id, why=why) from why

    def _ask_for_files_again(self) -> None:
        """No browser sends a file twice: who chose one and has to mend something else is told to choose it again."""
        for question in self.questions:
            field = self.field_of(question)
            if question.kind is QuestionKind.FILE and field.data and not field.errors:
                self._say(question, _("Hãy chọn lại tệp này: trình duyệt không giữ tệp khi trang phải sửa."))

    def _say(self, question: Question, words: str) -> None:
        field = self.field_of(question)
        field.errors = [*field.errors, words]

    def _take_stored(self) -> None:
        """Fill the fields from what is stored."""
        for question in self.questions:
            if question.kind is not QuestionKind.FILE and question.id in self.stored:
                value = self.stored[question.id]
                self.field_of(question).data = date.fromisoformat(value) if question.kind is QuestionKind.DAY else value

    def _was_asked(self) -> bool:
        """Whether what was sent comes from a page that showed the questions."""
        return self["da_hoi"].raw_data == ["1"] or any(self.field_of(question).raw_data for question in self.questions)


def asking_form(
    questions: Sequence[Question],
    *,
    stored: Mapping[int, str] = _NOTHING,
    may_leave: bool = False,
    of: type[AskingForm] = AskingForm,
) -> AskingForm:
    """The form of a kind that asks these questions, filled with what is `stored`; `may_leave` requires no answer."""
    fields = {f"cau_hoi_{question.id}": _field(question, may_leave) for question in questions}
    for question in questions:
        if question.kind is QuestionKind.FILE and stored.get(question.id) and (may_leave or not question.is_required):
            fields[f"bo_tep_{question.id}"] = BooleanField(_("Bỏ tệp này"))
    kind = type("QuestionsForm", (of,), {**_about(questions, stored, may_leave), **fields})
    form: AskingForm = kind()
    if not form._was_asked():
        form._take_stored()
    return form


def file_limit() -> int:
    """How many octets a file given as an answer may have."""
    return min(LARGEST_FILE, int(current_app.config["SETTINGS"].max_upload_mb) * 1_000_000)


def shown_answers(questions: Sequence[Question], kept: Mapping[int, str]) -> list[tuple[Question, str]]:
    """The questions that come up for somebody, each with his answer in words, '' where he gave none."""
    return [(question, _in_words(question, kept.get(question.id, ""))) for question in questions if is_shown(question, kept)]


def _about(questions: Sequence[Question], stored: Mapping[int, str], may_leave: bool) -> dict[str, object]:
    return {"questions": questions, "stored": stored, "may_leave": may_leave, "da_hoi": StringField()}


def _field(question: Question, may_leave: bool) -> Any:
    if question.kind is QuestionKind.CHOICE:
        choices = [SelectChoice(value, value) for value in question.choices]
        if may_leave or not question.is_required:
            choices.insert(0, SelectChoice("", _("Chưa trả lời") if question.is_required else _("Không trả lời")))
        return RadioField(question.label, choices=choices, default="", validate_choice=False)
    if question.kind is QuestionKind.FILE:
        return FileField(question.label)
    return _TYPED[question.kind](question.label)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _in_words(question: Question, answer: str) -> str:
    return f"{date.fromisoformat(answer):%d/%m/%Y}" if answer and question.kind is QuestionKind.DAY else answer


def _file_words(why: Refusal) -> str:
    if isinstance(why, TooLarge):
        return _("Tệp lớn quá: nhiều nhất %(mb)s MB. Hãy chọn tệp nhỏ hơn.", mb=why.facts["limit_mb"])
    if isinstance(why, KindNotTaken):
        return _(
            "Không nhận tệp .%(ending)s. Hãy chọn tệp PDF, ảnh JPEG hoặc PNG, Word, Excel hoặc PowerPoint.",
            ending=why.facts["ending"],
        )
    ending = why.facts["ending"]
    return _("Nội dung tệp không phải là .%(ending)s thật. Hãy mở tệp, lưu lại đúng loại rồi chọn lại.", ending=ending)


_WRONG = {
    QuestionKind.TEXT: lambda: _("Câu trả lời dài quá 2.000 ký tự. Hãy rút ngắn."),
    QuestionKind.CHOICE: lambda: _("Lựa chọn này không có trong danh sách. Hãy chọn lại."),
    QuestionKind.NUMBER: lambda: _("Hãy gõ một số nguyên, ví dụ 40."),
    QuestionKind.DAY: lambda: _("Ngày không đọc được. Hãy gõ như 05/03/2026."),
    QuestionKind.FILE: lambda: _("Câu trả lời không đúng dạng."),
}
