"""The questions of an event, and what was answered."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import exists, select

from kstthc_training.db import db
from kstthc_training.files.models import StoredFile
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.models import Answer, Question, Registration


class Given(NamedTuple):
    """One answer: its text, for a file its name, and the row of the file."""

    value: str
    file_id: int | None


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


def answers_at(event_id: int, *, registration_ids: Collection[int] | None = None) -> dict[int, dict[int, str]]:
    """What everybody, or some, answered at an event, by registration and question: one statement.

    Answers of registrations that were cancelled are kept, but count no more.
    """
    current = (Registration.event_id == event_id) & (Registration.state != RegistrationState.CANCELLED)
    if registration_ids is not None:
        current &= Registration.id.in_(registration_ids)
    rows = db.session.execute(
        select(Answer.registration_id, Answer.question_id, Answer.value)
        .join(Registration, Registration.id == Answer.registration_id)
        .where(current)
    )
    found: dict[int, dict[int, str]] = {}
    for registration_id, question_id, value in rows:
        found.setdefault(registration_id, {})[question_id] = value
    return found


def listed_at(event_id: int) -> list[int]:
    """The registrations of an event whose people are expected to answer: those neither cancelled nor refused."""
    listed = select(Registration.id).where(Registration.event_id == event_id, Registration.state.not_in(GONE))
    return list(db.session.scalars(listed))


def given_by(registration_id: int | None) -> dict[int, Given]:
    """What one registration answered, by question, also when it was cancelled since: one statement."""
    rows = db.session.execute(
        select(Answer.question_id, Answer.value, Answer.file_id).where(Answer.registration_id == registration_id)
    )
    return {question_id: Given(value, file_id) for question_id, value, file_id in rows}


def get_answer_file(*, registration_id: int, question_id: int) -> StoredFile:
    """The file with which a registration answered a question; raises `Unknown`."""
    answered = (Answer.registration_id == registration_id) & (Answer.question_id == question_id)
    stored = db.session.scalar(select(StoredFile).join(Answer, Answer.file_id == StoredFile.id).where(answered))
    if stored is None:
        raise Unknown(registration_id=registration_id, question_id=question_id)
    return stored
