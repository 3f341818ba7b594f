"""The rows behind each figure, found by the very condition that counts them."""

from collections.abc import Callable
from enum import StrEnum

from kstthc_training.reports.lists import attendances, events, organisations
from kstthc_training.reports.lists.slices import ROWS_A_PAGE, Narrowing, Scope, Slice

__all__ = ["ROWS_A_PAGE", "Figure", "Narrowing", "Scope", "Slice", "rows_of"]


class Figure(StrEnum):
    """A figure that opens its rows; the word is that of its address."""

    EVENTS = "cuoc"
    BY_PLAN = "theo-ke-hoach"
    EXPECTED = "dang-ky"
    ATTENDED = "luot-nguoi"
    PRESS_ATTENDED = "luot-bao-chi"
    OTHERS_ATTENDED = "luot-can-bo"
    ABSENT = "vang"
    PERSONS = "so-nguoi"
    ORGANISATIONS = "don-vi"
    PRESS = "co-quan-bao-chi"
    OFFICES = "co-quan"
    NEVER_CAME = "khong-den"
    NAMED_NOBODY = "khong-cu"
    MATERIALS = "tai-lieu"
    TOPICS = "chu-de"
    UNCLOSED = "chua-chot"


_ROWS: dict[Figure, Callable[[Scope], Slice]] = {
    Figure.EVENTS: events.held,
    Figure.BY_PLAN: events.held_by_plan,
    Figure.EXPECTED: attendances.expected,
    Figure.ATTENDED: attendances.attended,
    Figure.PRESS_ATTENDED: attendances.attended_of_press,
    Figure.OTHERS_ATTENDED: attendances.attended_of_others,
    Figure.ABSENT: attendances.absent,
    Figure.PERSONS: attendances.persons,
    Figure.ORGANISATIONS: organisations.came,
    Figure.PRESS: organisations.press,
    Figure.OFFICES: organisations.offices,
    Figure.NEVER_CAME: organisations.never_came,
    Figure.NAMED_NOBODY: organisations.named_nobody,
    Figure.MATERIALS: events.materials,
    Figure.TOPICS: events.topics,
    Figure.UNCLOSED: events.unclosed,
}


def rows_of(figure: Figure, scope: Scope) -> Slice:
    """A page of the rows that a figure counts, and how many there are: at most five statements, whatever the size."""
    return _ROWS[figure](scope)
