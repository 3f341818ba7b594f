"""The sample asks something, with answers that its own rules would take, a paper among them."""

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.files.kinds import recognise
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.models import Answer, Question, Registration
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.questionnaire import is_sound, kept_answers


def test_a_training_asks_and_was_answered(province):
    (event_id,) = set(db.session.scalars(select(Question.event_id)))
    asked, given = questions_of(event_id), answers_at(event_id)
    assert {question.kind for question in asked} == {QuestionKind.CHOICE, QuestionKind.FILE}
    listed = db.session.scalars(select(Registration.id).where(Registration.event_id == event_id)).all()
    assert 0 < len(given) < len(listed)  # somebody has yet to answer
    for answers in given.values():
        assert kept_answers(asked, answers) == answers
        assert all(is_sound(question, answers[question.id]) for question in asked if question.id in answers)
    files = db.session.scalars(select(StoredFile).join(Answer, Answer.file_id == StoredFile.id)).all()
    assert len(files) > 1
    assert {recognise(file.name, own_store().path(file.key)) for file in files} == {file.media_type for file in files}
