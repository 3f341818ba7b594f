"""What an organizer asks of those who register: kinds, order, conditions, and the answers that count."""

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.errors import (
    AnswerMissing,
    AnswerUnsound,
    ConditionBroken,
    QuestionAnswered,
    SeatsSettled,
)
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.questionnaire import is_sound, kept_answers, missing
from kstthc_training.registrations.service import answer_questions
from kstthc_training.registrations.service import questions as service
from kstthc_training.registrations.service.questions import QuestionDraft
from tests.registrations.actors import an_organizer, himself
from tests.registrations.seats import log
from tests.support.factories import make_event, make_person, make_registration

TEXT, CHOICE, NUMBER, DAY = QuestionKind.TEXT, QuestionKind.CHOICE, QuestionKind.NUMBER, QuestionKind.DAY
MEALS = QuestionDraft(CHOICE, "Dùng bữa trưa?", choices=("Có", "Không"), is_required=True)


def asked(event, *drafts, actor=None):
    """Questions added in this order; their ids."""
    ids = []
    for draft in drafts:
        with unit_of_work():
            added = service.add_question(actor=actor or an_organizer(), event_id=event.id, draft=draft, now=clock.now())
            ids.append(added.id)
    return ids


def after(question_id, value, label="Ăn chay?", **fields):
    return QuestionDraft(CHOICE, label, choices=("Chay", "Mặn"), shown_if_id=question_id, shown_if_value=value, **fields)


def act(verb, event, **facts):
    with unit_of_work():
        verb(actor=an_organizer(), event_id=event.id, now=clock.now(), **facts)


def labels(event):
    db.session.rollback()
    return [question.label for question in questions_of(event.id)]


def answered(registration, given, actor=None):
    with unit_of_work():
        row = db.session.get_one(Registration, registration.id)
        answer_questions(actor=actor or an_organizer(), registration=row, given=given, now=clock.now())
    return answers_at(registration.event_id).get(registration.id, {})


def test_questions_stand_in_the_order_in_which_they_were_added_and_moved(app):
    event = make_event()
    first, second, _third = asked(event, *(QuestionDraft(TEXT, label) for label in ("Một", "Hai", "Ba")))
    act(service.move_question, event, question_id=first, by=1)
    assert labels(event) == ["Hai", "Một", "Ba"]
    act(service.move_question, event, question_id=second, by=-1)  # first already
    assert labels(event) == ["Hai", "Một", "Ba"]
    act(service.remove_question, event, question_id=first)
    asked(event, QuestionDraft(TEXT, "Bốn"))
    assert labels(event) == ["Hai", "Ba", "Bốn"]
    assert [facts["title"] for facts in log("question.removed")] == ["Một"]


def test_a_condition_is_a_choice_of_a_question_before(app):
    event = make_event()
    (meals,) = asked(event, MEALS)
    for wrong in (after(meals, "Có lẽ"), after(meals + 99, "Có")):
        with pytest.raises(ConditionBroken):
            asked(event, wrong)
    (diet,) = asked(event, after(meals, "Có"))
    with pytest.raises(ConditionBroken):
        act(service.move_question, event, question_id=diet, by=-1)
    with pytest.raises(ConditionBroken):
        act(service.remove_question, event, question_id=meals)
    with pytest.raises(ConditionBroken):
        act(service.change_question, event, question_id=meals, draft=QuestionDraft(TEXT, "Bữa trưa?"))
    other = make_event()
    (foreign,) = asked(other, MEALS)
    with pytest.raises(ConditionBroken):
        asked(event, after(foreign, "Có"))
    assert labels(event) == ["Dùng bữa trưa?", "Ăn chay?"]


def test_a_question_that_was_answered_keeps_its_kind_and_its_choices(app):
    event = make_event()
    (meals,) = asked(event, MEALS)
    row = make_registration(event)
    answered(row, {meals: "Không"})
    with pytest.raises(QuestionAnswered):
        act(service.remove_question, event, question_id=meals)
    for draft in (QuestionDraft(TEXT, "Bữa?"), QuestionDraft(CHOICE, "Bữa?", choices=("Có", "Chưa rõ"))):
        with pytest.raises(QuestionAnswered):
            act(service.change_question, event, question_id=meals, draft=draft)
    more = QuestionDraft(CHOICE, "Ăn trưa?", choices=("Có", "Không", "Chưa rõ"))
    act(service.change_question, event, question_id=meals, draft=more)
    assert labels(event) == ["Ăn trưa?"]


def test_answers_to_questions_that_do_not_come_up_are_nothing(app):
    event = make_event()
    (meals,) = asked(event, MEALS)
    (diet,) = asked(event, after(meals, "Có", is_required=True))
    (where,) = asked(event, QuestionDraft(TEXT, "Kiêng gì?", shown_if_id=diet, shown_if_value="Chay"))
    row = make_registration(event)
    assert answered(row, {meals: "Không", diet: "Chay", where: "Hành"}) == {meals: "Không"}
    assert answered(row, {meals: "Có", diet: "Chay", where: "Hành"}) == {meals: "Có", diet: "Chay", where: "Hành"}
    with pytest.raises(AnswerMissing) as refused:
        answered(row, {meals: "Có", where: "Hành"})
    assert refused.value.facts == {"question_ids": [diet]}
    with pytest.raises(AnswerMissing):
        answered(row, {meals: "  "})
    with pytest.raises(AnswerUnsound):
        answered(row, {meals: "Có lẽ"})
    assert answers_at(event.id)[row.id] == {meals: "Có", diet: "Chay", where: "Hành"}


@pytest.mark.parametrize(
    ("kind", "answer", "sound"),
    [
        (NUMBER, "0", True), (NUMBER, "1000000000", True), (NUMBER, "1000000001", False), (NUMBER, "-1", False),
        (NUMBER, "２", False), (NUMBER, "1.5", False), (DAY, "2026-03-05", True), (DAY, "2026-02-30", False),
        (DAY, "20260305", False), (DAY, "5/3/2026", False), (CHOICE, "Có", True), (CHOICE, "có", False),
        (TEXT, "a" * 2000, True), (TEXT, "a" * 2001, False),
    ],
)  # fmt: skip
def test_answers_are_of_the_kind_that_is_asked_for(app, kind, answer, sound):
    event = make_event()
    asked(event, QuestionDraft(kind, "Câu hỏi", choices=("Có", "Không")))
    assert is_sound(questions_of(event.id)[0], answer) is sound


def test_what_is_missing_is_told_by_order(app):
    event = make_event()
    first, second = asked(event, MEALS, QuestionDraft(TEXT, "Ghi chú", is_required=True))
    asking = questions_of(event.id)
    assert missing(asking, kept_answers(asking, {})) == [first, second]
    assert missing(asking, kept_answers(asking, {second: "x"})) == [first]


def test_refusals(app):
    event, person = make_event(), make_person()
    row = make_registration(event, person)
    with pytest.raises(NotAllowed):
        asked(event, MEALS, actor=himself(person))
    (meals,) = asked(event, MEALS)
    assert answered(row, {meals: "Có"}, actor=himself(person)) == {meals: "Có"}
    with pytest.raises(NotAllowed):
        answered(row, {meals: "Không"}, actor=himself(make_person()))
    with pytest.raises(Unknown):
        act(service.remove_question, make_event(), question_id=meals)
    with pytest.raises(SeatsSettled):
        asked(make_event(state=EventState.CANCELLED, state_reason="Bão"), MEALS)
