"""Câu hỏi: what is asked of those who register, in order, and how often each answer was given."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.questions import KINDS, QuestionForm
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.forms import RegisterForm, RegistrationForm
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.policy import may_resize
from kstthc_training.registrations.queries.questions import answers_at, get_question, listed_at, questions_of
from kstthc_training.registrations.questionnaire import missing
from kstthc_training.registrations.service import questions as service
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@dataclass(frozen=True)
class QuestionLine:
    """A question in words: how it is answered, after what it comes up, how many answered and how many must yet, and each
    choice's share."""

    question: Question
    kind: str
    condition: str
    answered: int
    owing: int
    choices: Sequence[tuple[str, int]]


@bp.get("/hop/<event_code:code>/quan-ly/cau-hoi")
@access(runs_events)
def questions(code: str) -> ResponseReturnValue:
    """The questions with what was answered, and the form for one more or the one to be changed."""
    return _questions_page(workspace_event(code), about=asked_number("sua"))


@bp.post("/hop/<event_code:code>/quan-ly/cau-hoi")
@access(runs_events)
def add_question(code: str) -> ResponseReturnValue:
    """Ask one thing more."""
    form = _typed(workspace_event(code), None)
    return _done(code, form, lambda event: _add(event, form))


@bp.post("/hop/<event_code:code>/quan-ly/cau-hoi/<int:question_id>")
@access(runs_events)
def change_question(code: str, question_id: int) -> ResponseReturnValue:
    """Ask it otherwise."""
    form = _typed(workspace_event(code), question_id)
    return _done(code, form, lambda event: _change(event, question_id, form), about=question_id)


@bp.post("/hop/<event_code:code>/quan-ly/cau-hoi/<int:question_id>/thu-tu")
@access(runs_events)
def move_question(code: str, question_id: int) -> ResponseReturnValue:
    """Ask it earlier or later."""
    by = 1 if request.form.get("by") == "down" else -1
    return _done(code, RegisterForm(), lambda event: _move(event, question_id, by))


@bp.post("/hop/<event_code:code>/quan-ly/cau-hoi/<int:question_id>/bo")
@access(runs_events)
def remove_question(code: str, question_id: int) -> ResponseReturnValue:
    """Ask it no more; one that was answered stays."""
    return _done(code, RegisterForm(), lambda event: _remove(event, question_id))


def _done(
    code: str, form: RegistrationForm, act: Callable[[Event], str], *, about: int | None = None
) -> ResponseReturnValue:
    """Do one act and lead back to the page, or show the page with what spoke against it."""
    if form.validate():
        try:
            with unit_of_work():
                said = act(workspace_event(code))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".questions", code=code))
    return _questions_page(workspace_event(code), form=form, about=about, status=422)


def _add(event: Event, form: QuestionForm) -> str:
    service.add_question(actor=me(), event_id=event.id, draft=form.draft(), now=clock.now())
    return _("Đã thêm câu hỏi.")


def _change(event: Event, question_id: int, form: QuestionForm) -> str:
    service.change_question(actor=me(), event_id=event.id, question_id=question_id, draft=form.draft(), now=clock.now())
    return _("Đã lưu.")


def _move(event: Event, question_id: int, by: int) -> str:
    service.move_question(actor=me(), event_id=event.id, question_id=question_id, by=by, now=clock.now())
    return _("Đã đổi thứ tự.")


def _remove(event: Event, question_id: int) -> str:
    service.remove_question(actor=me(), event_id=event.id, question_id=question_id, now=clock.now())
    return _("Đã bỏ câu hỏi.")


def _typed(event: Event, question_id: int | None) -> QuestionForm:
    form = QuestionForm()
    form.offer(_before(questions_of(event.id), question_id))
    return form


def _before(asked: Sequence[Question], question_id: int | None) -> list[Question]:
    """The questions that may be a condition of one: those before it, for a new one all."""
    place = next((n for n, question in enumerate(asked) if question.id == question_id), len(asked))
    return list(asked[:place])


def _questions_page(
    event: Event, *, form: RegistrationForm | None = None, about: int | None = None, status: int = 200
) -> Response:
    asked = questions_of(event.id)
    changing = get_question(event_id=event.id, question_id=about) if about else None
    shown = form if isinstance(form, QuestionForm) else _empty(asked, changing)
    return workspace_page(
        "desk/questions.html", event, "registrations", status=status,
        lines=_lines(event, asked), form=shown, refused=form, changing=changing, may_change=may_resize(event),
    )  # fmt: skip


def _empty(asked: Sequence[Question], changing: Question | None) -> QuestionForm:
    if changing:
        return QuestionForm.about(changing, _before(asked, changing.id))
    form = QuestionForm(formdata=None)
    form.offer(asked)
    return form


def _lines(event: Event, asked: Sequence[Question]) -> list[QuestionLine]:
    given = answers_at(event.id)
    owing = Counter(chain.from_iterable(missing(asked, given.get(listed, {})) for listed in listed_at(event.id)))
    labels = {question.id: question.label for question in asked}
    counts = {question.id: Counter(one[question.id] for one in given.values() if question.id in one) for question in asked}
    return [_line(question, labels, counts[question.id], owing[question.id]) for question in asked]


def _line(question: Question, labels: dict[int, str], counts: Counter[str], owing: int) -> QuestionLine:
    parent = labels.get(question.shown_if_id or 0)
    condition = _("Khi “%(label)s” là %(value)s", label=parent, value=question.shown_if_value) if parent else ""
    kind = str(KINDS.get(question.kind, question.kind))
    choices = [(choice, counts[choice]) for choice in question.choices] if question.kind is QuestionKind.CHOICE else []
    return QuestionLine(question, kind, condition, counts.total(), owing, choices)
