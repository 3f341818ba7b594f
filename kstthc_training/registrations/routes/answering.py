"""What the pages of answers share, whoever answers: the questions of one registration, and its answers in words."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.words import place_of
from kstthc_training.files.store import own_store
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed, Refusal
from kstthc_training.registrations import policy, service
from kstthc_training.registrations.asking import AskingForm, asking_form, shown_answers
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.questions import get_answer_file, given_by, questions_of
from kstthc_training.registrations.questionnaire import kept_answers, missing
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import stored
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class AnswerWays:
    """Where the answers of one registration are changed, where the file given to a question is, and where it leads back."""

    action: str
    file: Callable[[int], str]
    back: str
    back_words: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """One question that came up, its answer in words, and where its file is ('' where there is none to open)."""

    label: str
    words: str
    file_href: str
    is_owed: bool


@dataclass(frozen=True)
class Answered:
    """The answers of one registration: line by line, how many that are required are owed, and where they are changed."""

    lines: list[AnswerLine]
    owed: int
    change_href: str


def ticket_ways(code: str) -> AnswerWays:
    """The ways of whoever sees a ticket signed in."""
    return AnswerWays(
        url_for("registrations.ticket_answers", code=code),
        lambda question_id: url_for("registrations.answer_file", code=code, question_id=question_id),
        url_for("registrations.ticket", code=code),
    )


def held_ways(secret: str) -> AnswerWays:
    """The ways of whoever holds the link in a letter."""
    return AnswerWays(
        url_for("registrations.held_answers", secret=secret),
        lambda question_id: url_for("registrations.held_answer_file", secret=secret, question_id=question_id),
        url_for("registrations.held_ticket", secret=secret),
    )


def answered_part(actor: Actor, registration: Registration, ways: AnswerWays) -> Answered | None:
    """What the actor sees of the answers, None where nothing is asked: two statements. The event must be loaded."""
    questions = questions_of(registration.event_id)
    if not questions:
        return None
    given = given_by(registration.id)
    kept = kept_answers(questions, {key: one.value for key, one in given.items()})
    owed, opens = set(missing(questions, kept)), policy.may_open_answer_file(actor, registration)
    lines = [
        AnswerLine(
            question.label,
            words,
            ways.file(question.id) if words and opens and question.kind is QuestionKind.FILE else "",
            question.id in owed,
        )
        for question, words in shown_answers(questions, kept)
    ]
    may = policy.may_change_answers(actor, registration, registration.event, is_owing=bool(owed), now=clock.now())
    return Answered(lines, len(owed), ways.action if may else "")


def answers_page(
    actor: Actor, registration: Registration, ways: AnswerWays, *, form: AskingForm | None = None, status: int = 200
) -> Response:
    """The questions of one registration with what was answered; without a way to change them they are only read."""
    event = registration.event
    return page(
        "registrations/answers.html",
        status=status,
        event=event,
        person=registration.person,
        place=place_of(event, with_address=True),
        form=form or answers_form(actor, registration),
        ways=ways,
        answered=answered_part(actor, registration, ways),
        is_own=policy.is_own(actor, registration),
        until=policy.answers_until(event),
    )


def answers_form(actor: Actor, registration: Registration) -> AskingForm:
    """The questions as a form filled with the answers there are; only the person himself must answer all."""
    given = {question_id: one.value for question_id, one in given_by(registration.id).items()}
    questions = questions_of(registration.event_id)
    return asking_form(questions, stored=given, may_leave=not policy.is_own(actor, registration))


def store_answers(
    actor: Actor, find: Callable[[], Registration], ways: AnswerWays, *, page_of: Callable[[AskingForm], Response]
) -> Response:
    """Keep what was sent and lead back, or show the page with what speaks against it."""
    form = answers_form(actor, find())
    if form.validate():
        try:
            with form.files_held() as files, unit_of_work():
                service.change_answers(actor=actor, registration=find(), given=form.answers(), files=files, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã lưu câu trả lời."))
            return see_other(ways.back)
    return page_of(form)


def send_file(actor: Actor, registration: Registration, question_id: int) -> Response:
    """The file given to a question, as an attachment, for the person himself and organizers."""
    if not policy.may_open_answer_file(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    file = get_answer_file(registration_id=registration.id, question_id=question_id)
    answer = stored(own_store().path(file.key), name=file.name, media_type=file.media_type, etag=file.sha256)
    if request.method == "GET" and not policy.is_own(actor, registration):
        with unit_of_work():
            service.note_file_opened(actor=actor, registration=registration, question_id=question_id, now=clock.now())
    return answer
