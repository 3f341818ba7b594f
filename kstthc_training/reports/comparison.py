"""A period's figures beside those of others, in the order in which every page and paper shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from kstthc_training.reports.lists import Figure
from kstthc_training.reports.rows import KindRow, Summary, Totals

Number: TypeAlias = int | float | None


@dataclass(frozen=True)
class Line:
    """One figure: this period's number, and that of each compared period in their order.

    A share runs from 0 to 1 and is None where nobody was expected. `figure` are the rows that the number counts or is a
    share of, those of `kind` alone when there is one.
    """

    figure: Figure
    now: Number
    others: tuple[Number, ...]
    is_share: bool = False
    kind: KindRow | None = None


_FIGURES: tuple[tuple[Figure, Callable[[Totals], int]], ...] = (
    (Figure.EXPECTED, lambda totals: totals.expected),
    (Figure.ATTENDED, lambda totals: totals.attended),
    (Figure.PERSONS, lambda totals: totals.persons),
    (Figure.ORGANISATIONS, lambda totals: totals.organisations),
    (Figure.PRESS, lambda totals: totals.press),
    (Figure.MATERIALS, lambda totals: totals.materials),
    (Figure.TOPICS, lambda totals: totals.topics),
)


def compared_lines(summary: Summary) -> list[Line]:
    """Events and their kinds, then attendances, their share and all the other figures."""
    totals, others = summary.totals, [other.totals for other in summary.others]
    events = Line(Figure.EVENTS, totals.events, tuple(other.events for other in others))
    share = Line(Figure.EXPECTED, totals.share, tuple(other.share for other in others), is_share=True)
    expected, attended, *rest = (
        Line(figure, number_of(totals), tuple(number_of(other) for other in others)) for figure, number_of in _FIGURES
    )
    return [events, *_kinds(summary), expected, attended, share, *rest]


def _kinds(summary: Summary) -> list[Line]:
    """The kinds of any of the periods, in the Office's order."""
    counted = [{kind.code: kind.events for kind in kinds} for kinds in (summary.kinds, *(o.kinds for o in summary.others))]
    every = {kind.code: kind for kinds in (summary.kinds, *(other.kinds for other in summary.others)) for kind in kinds}
    return [
        Line(Figure.EVENTS, *_split([events.get(kind.code, 0) for events in counted]), kind=kind)
        for kind in sorted(every.values(), key=lambda kind: kind.position)
    ]


def _split(numbers: list[int]) -> tuple[int, tuple[int, ...]]:
    return numbers[0], tuple(numbers[1:])


def percent_of(share: float) -> Decimal:
    """A share from 0 to 1 in percent with one decimal, rounded half up, as pages and papers write it."""
    return Decimal(str(round(share * 100, 9))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def points_between(now: float, before: float) -> Decimal:
    """By how many percentage points a share moved, between the two as they are written with one decimal."""
    return percent_of(now) - percent_of(before)
