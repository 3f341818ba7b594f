"""Which questions somebody sees, and whether his answers will do: pure, the same for the page and for what is stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.text import is_digits

LONGEST_ANSWER = 2000
LARGEST = 1_000_000_000


class Asked(Protocol):
    """A question, or a row about one."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def choices(self) -> list[str]: ...
    @property
    def shown_if_id(self) -> int | None: ...
    @property
    def shown_if_value(self) -> str: ...


def is_shown(question: Asked, kept: Mapping[int, str]) -> bool:
    """Whether a question comes up after the answers kept to those before it; one whose own condition is hidden does not."""
    return question.shown_if_id is None or kept.get(question.shown_if_id, "") == question.shown_if_value


def kept_answers(questions: Sequence[Asked], given: Mapping[int, str]) -> dict[int, str]:
    """The answers that count, of questions in their order: an answer to a question that does not come up is nothing."""
    kept: dict[int, str] = {}
    for question in questions:
        answer = given.get(question.id, "").strip()
        if answer and is_shown(question, kept):
            kept[question.id] = answer
    return kept


def missing(questions: Sequence[Asked], kept: Mapping[int, str]) -> list[int]:
    """The questions that must be answered, come up, and are not."""
    return [q.id for q in questions if q.is_required and is_shown(q, kept) and q.id not in kept]


def is_sound(question: Asked, answer: str) -> bool:
    """Whether an answer is of the kind that is asked for: one of the choices, a whole number, a day as 2026-03-05."""
    if question.kind is QuestionKind.CHOICE:
        return answer in question.choices
    if question.kind is QuestionKind.NUMBER:
        return is_digits(answer) and len(answer) <= 10 and int(answer) <= LARGEST
    if question.kind is QuestionKind.DAY:
        return _is_day(answer)
    return len(answer) <= LONGEST_ANSWER


def _is_day(answer: str) -> bool:
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False
