"""The questions of an event, and what was answered."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from kstthc_training.db import db
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.models import Answer, Question, Registration


def questions_of(event_id: int) -> Sequence[Question]:
    """The questions of an event in their order: one statement."""
    asked = select(Question).where(Question.event_id == event_id).order_by(Question.position)
    return db.session.scalars(asked.execution_options(populate_existing=True)).all()


def get_question(*, event_id: int, question_id: int) -> Question:
    """One question of an event; raises `Unknown`."""
    question = db.session.scalar(select(Question).where(Question.id == question_id, Question.event_id == event_id))
    if question is None:
        raise Unknown(question_id=question_id)
    return question


def answered_questions(event_id: int) -> frozenset[int]:
    """The questions of an event to which there is any answer: one statement."""
    answered = exists().where(Answer.question_id == Question.id)
    return frozenset(db.session.scalars(select(Question.id).where(Question.event_id == event_id, answered)))


def answers_at(event_id: int) -> dict[int, dict[int, str]]:
    """What everybody answered at an event, by registration and question: one statement."""
    rows = db.session.execute(
        select(Answer.registration_id, Answer.question_id, Answer.value)
        .join(Registration, Registration.id == Answer.registration_id)
        .where(Registration.event_id == event_id)
    )
    found: dict[int, dict[int, str]] = {}
    for registration_id, question_id, value in rows:
        found.setdefault(registration_id, {})[question_id] = value
    return found
