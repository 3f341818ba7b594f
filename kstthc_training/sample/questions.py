"""What the organizer of a training still to come asks, and what those registered answered: words, choices, and papers."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.files.store import SentFile, own_store
from kstthc_training.registrations.enums import GONE, QuestionKind
from kstthc_training.registrations.models import Question, Registration
from kstthc_training.registrations.service import answer_questions
from kstthc_training.registrations.service.questions import QuestionDraft, add_question
from kstthc_training.sample import papers
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_LARGEST = 1_000_000
_PAPERS = 3  # so many handed in the paper asked for
_LUNCH, _DISH, _PAPER = "Dùng bữa trưa tại hội trường?", "Ăn chay hay ăn mặn?", "Giấy giới thiệu của đơn vị"


def ask_questions(province: Province, made: Sequence[Made]) -> None:
    """The first training that takes registrations asks three things; most of those registered answered."""
    one = next((m for m in made if m.planned.standing is Standing.OPEN and m.planned.line["kind"] == "tap-huan"), None)
    if one is None:
        return
    asked = _ask(province, one)
    listed = select(Registration).where(Registration.event_id == one.event.id, Registration.state.not_in(GONE))
    for number, registration in enumerate(db.session.scalars(listed.order_by(Registration.id))):
        if number % 5 != 4:  # the fifth leaves it for later
            _answer(province, one, registration, asked, number)


def _ask(province: Province, made: Made) -> list[Question]:
    actor, now, event_id = province.accounts.organizer, made.planned.opens_at, made.event.id

    def add(draft: QuestionDraft) -> Question:
        return add_question(actor=actor, event_id=event_id, draft=draft, now=now)

    lunch = add(QuestionDraft(QuestionKind.CHOICE, _LUNCH, choices=("Có", "Không")))
    dish = QuestionDraft(QuestionKind.CHOICE, _DISH, choices=("Chay", "Mặn"), shown_if_id=lunch.id, shown_if_value="Có")
    paper = QuestionDraft(QuestionKind.FILE, _PAPER, hint="Ảnh chụp hoặc bản PDF có dấu của đơn vị.")
    return [lunch, add(dish), add(paper)]


def _answer(province: Province, made: Made, registration: Registration, asked: Sequence[Question], number: int) -> None:
    lunch, dish, paper = (question.id for question in asked)
    at = registration.registered_at + timedelta(minutes=1)
    files = {paper: _introduction(made, at)} if number < _PAPERS else {}
    given = {lunch: "Không" if number % 3 == 2 else "Có", dish: "Chay" if number % 4 == 1 else "Mặn"}
    actor = province.accounts.organizer
    answer_questions(actor=actor, registration=registration, given=given, files=files, now=at)


def _introduction(made: Made, at: datetime) -> SentFile:
    body = io.BytesIO(papers.invitation(made, at))
    return SentFile(own_store().put(body, limit=_LARGEST), "Giấy giới thiệu.docx", papers.DOCX)
