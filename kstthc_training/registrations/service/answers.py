"""What those registered answer to the questions of an event; files lie on disk before the answer speaks of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import SentFile, enter
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.errors import AnswerMissing, AnswersSettled, AnswerUnsound
from kstthc_training.registrations.models import Answer, Question, Registration
from kstthc_training.registrations.queries.questions import Given, get_question, given_by, questions_of
from kstthc_training.registrations.queries.tickets import find_numbered
from kstthc_training.registrations.questionnaire import is_sound, kept_answers, missing
from kstthc_training.registrations.service.seats import hold_event

_NO_FILES: Mapping[int, SentFile] = {}


def answer_questions(
    *,
    actor: Actor,
    registration: Registration,
    given: Mapping[int, str],
    files: Mapping[int, SentFile] = _NO_FILES,
    may_leave: bool = False,
    now: datetime,
) -> None:
    """Keep what was answered for a registration, in the place of what was answered before.

    Answers to questions that do not come up are nothing; a file answered before stays while `given` still names one and
    `files` brings no other. The person himself, the focal point that named him and organizers answer; with `may_leave`
    what must be answered may be left to the person. Raises `NotAllowed`, `AnswerMissing` with the questions that need
    one, `AnswerUnsound`.
    """
    if not policy.may_answer(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    questions, before = questions_of(registration.event_id), given_by(registration.id)
    kept = kept_answers(questions, _with_files(questions, given, files, before))
    if not may_leave and (needed := missing(questions, kept)):
        raise AnswerMissing(question_ids=needed)
    if wrong := [q.id for q in questions if q.id in kept and not is_sound(q, kept[q.id])]:
        raise AnswerUnsound(question_ids=wrong)
    asks_file = {q.id for q in questions if q.kind is QuestionKind.FILE}
    file_ids = {key: _file_id(key, files, before, now) for key in kept if key in asks_file}
    db.session.execute(delete(Answer).where(Answer.registration_id == registration.id))
    rows = [
        {"registration_id": registration.id, "question_id": key, "value": value, "file_id": file_ids.get(key)}
        for key, value in kept.items()
    ]
    if rows:
        db.session.execute(insert(Answer), rows)
    let_go_of({one.file_id for one in before.values() if one.file_id} - set(file_ids.values()))


def let_go_of(file_ids: Collection[int]) -> list[str]:
    """Remove the rows of files that no answer speaks of any more, and answer with the keys of their bytes.

    Registrations that were united share a file: the one that leads on still has it.
    """
    if not file_ids:
        return []
    spoken_of = select(Answer.file_id).where(Answer.file_id.in_(file_ids))
    gone = delete(StoredFile).where(StoredFile.id.in_(file_ids), StoredFile.id.not_in(spoken_of))
    return list(db.session.scalars(gone.returning(StoredFile.key)))


def change_answers(
    *,
    actor: Actor,
    registration: Registration,
    given: Mapping[int, str],
    files: Mapping[int, SentFile] = _NO_FILES,
    now: datetime,
) -> None:
    """Answer again, as `answer_questions`, until registration closes; what must be answered and is not, until the event
    begins; organizers until it is held. Who is not on the list any more has nothing to answer. Only the person himself
    must answer all that is required. Raises `AnswersSettled` besides.
    """
    held = hold_event(registration.event_id)
    current = find_numbered(event_id=held.event.id, registration_id=registration.id)
    if current is None:
        raise Unknown(registration_id=registration.id)
    owing = bool(owed(held.event.id, current.id))
    if not policy.may_change_answers(actor, current, held.event, is_owing=owing, now=now):
        raise AnswersSettled(until=policy.answers_until(held.event))
    himself = policy.is_own(actor, current)
    answer_questions(actor=actor, registration=current, given=given, files=files, may_leave=not himself, now=now)


def note_file_opened(*, actor: Actor, registration: Registration, question_id: int, now: datetime) -> None:
    """Note that somebody opened the file that another answered with."""
    question = get_question(event_id=registration.event_id, question_id=question_id)
    record(
        actor=actor, action="answer.file_opened", subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id, title=question.label,
    )  # fmt: skip


def owed(event_id: int, registration_id: int) -> list[int]:
    """The questions that somebody must answer and has not."""
    questions = questions_of(event_id)
    given = {question_id: one.value for question_id, one in given_by(registration_id).items()}
    return missing(questions, kept_answers(questions, given))


def _with_files(
    questions: Sequence[Question], given: Mapping[int, str], files: Mapping[int, SentFile], before: Mapping[int, Given]
) -> dict[int, str]:
    """What is given, a file by its name: the new one's, or that of the one that is there and stays."""
    said = dict(given)
    for question in questions:
        if question.kind is QuestionKind.FILE:
            there = before[question.id].value if question.id in before and said.get(question.id) else ""
            said[question.id] = files[question.id].name if question.id in files else there
    return said


def _file_id(question_id: int, files: Mapping[int, SentFile], before: Mapping[int, Given], now: datetime) -> int | None:
    if question_id not in files:
        return before[question_id].file_id
    file = files[question_id]
    stored = enter(file.kept, name=file.name, media_type=file.media_type, now=now)
    db.session.flush()
    return stored.id
