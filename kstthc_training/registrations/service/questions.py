"""What an organizer asks of those who register."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, update

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.errors import ConditionBroken, QuestionAnswered, SeatsSettled
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.queries.questions import answered_questions, get_question, questions_of
from kstthc_training.registrations.service.seats import hold_event


@dataclass(frozen=True)
class QuestionDraft:
    """A question as it was typed; the condition is an earlier question with choices and one of them."""

    kind: QuestionKind
    label: str
    hint: str = ""
    is_required: bool = False
    choices: Sequence[str] = field(default_factory=tuple)
    shown_if_id: int | None = None
    shown_if_value: str = ""


def add_question(*, actor: Actor, event_id: int, draft: QuestionDraft, now: datetime) -> Question:
    """Ask one thing more, after the others. Raises `NotAllowed`, `SeatsSettled`, `ConditionBroken`."""
    _require_open(actor, event_id)
    last = select(func.coalesce(func.max(Question.position), 0)).where(Question.event_id == event_id)
    question = Question(event_id=event_id, position=db.session.execute(last).scalar_one() + 1, kind=draft.kind)
    _fill(question, draft)
    _require_conditions([*questions_of(event_id), question])
    db.session.add(question)
    db.session.flush()
    _record_question(actor, "question.added", question, now)
    return question


def change_question(*, actor: Actor, event_id: int, question_id: int, draft: QuestionDraft, now: datetime) -> None:
    """Ask it otherwise; once answered it keeps its kind and its choices may only grow: else `QuestionAnswered`.

    Raises `Unknown`, `ConditionBroken` when another question hangs on a choice that goes.
    """
    _require_open(actor, event_id)
    question = get_question(event_id=event_id, question_id=question_id)
    fewer = set(question.choices) - set(draft.choices)
    if (draft.kind is not question.kind or fewer) and question_id in answered_questions(event_id):
        raise QuestionAnswered(label=question.label)
    question.kind = draft.kind
    _fill(question, draft)
    _require_conditions(_ordered(event_id))
    db.session.flush()
    _record_question(actor, "question.changed", question, now)


def move_question(*, actor: Actor, event_id: int, question_id: int, by: int, now: datetime) -> None:
    """Ask it earlier (`by` -1) or later (+1); at the end it stays. Raises `Unknown`, `ConditionBroken`."""
    _require_open(actor, event_id)
    question = get_question(event_id=event_id, question_id=question_id)
    ordered = _ordered(event_id)
    place = ordered.index(question)
    if not 0 <= place + by < len(ordered):
        return
    ordered.insert(place + by, ordered.pop(place))
    _require_conditions(ordered)
    other = ordered[place]
    first, second = question.position, other.position
    for wanted, position in ((question, -1), (other, first), (question, second)):  # a position is never twice
        moved = update(Question).where(Question.id == wanted.id).values(position=position)
        db.session.execute(moved.execution_options(synchronize_session=False))
    _record_question(actor, "question.changed", question, now)


def remove_question(*, actor: Actor, event_id: int, question_id: int, now: datetime) -> None:
    """Ask it no more. Raises `Unknown`, `QuestionAnswered`, and `ConditionBroken` when another hangs on it."""
    _require_open(actor, event_id)
    question = get_question(event_id=event_id, question_id=question_id)
    if question_id in answered_questions(event_id):
        raise QuestionAnswered(label=question.label)
    _require_conditions([other for other in _ordered(event_id) if other.id != question_id])
    db.session.execute(delete(Question).where(Question.id == question_id))
    _record_question(actor, "question.removed", question, now)


def _ordered(event_id: int) -> list[Question]:
    """The questions as this unit of work has them, changed ones as they are changed."""
    asked = select(Question).where(Question.event_id == event_id).order_by(Question.position)
    return list(db.session.scalars(asked))


def _fill(question: Question, draft: QuestionDraft) -> None:
    question.label, question.hint, question.is_required = draft.label, draft.hint, draft.is_required
    question.choices = list(dict.fromkeys(draft.choices)) if draft.kind is QuestionKind.CHOICE else []
    question.shown_if_id = draft.shown_if_id
    question.shown_if_value = draft.shown_if_value if draft.shown_if_id else ""


def _require_conditions(ordered: Sequence[Question]) -> None:
    """Each condition names a choice of a question that stands before."""
    before: dict[int, Question] = {}
    for question in ordered:
        if question.shown_if_id is not None:
            asked = before.get(question.shown_if_id)
            if asked is None or question.shown_if_value not in asked.choices:
                raise ConditionBroken(label=question.label)
        if question.id is not None:
            before[question.id] = question


def _require_open(actor: Actor, event_id: int) -> None:
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    if not policy.may_resize(held.event):
        raise SeatsSettled(state=held.event.state)


def _record_question(actor: Actor, action: str, question: Question, now: datetime) -> None:
    record(actor=actor, action=action, subject_type="event", subject_id=question.event_id, now=now, title=question.label)
