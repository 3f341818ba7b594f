"""Months and weeks as the calendar grids show them: Monday first (ISO 8601)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True)
class Cell:
    """A day of a grid: whether it belongs to the month shown, is today or is chosen, and how many sessions it has."""

    day: date
    inside: bool
    is_today: bool
    is_chosen: bool
    count: int


def month_bounds(day: date) -> tuple[date, date]:
    """The first and last day of the month of `day`."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def grid_bounds(day: date) -> tuple[date, date]:
    """The Monday on or before the first, and the Sunday on or after the last day of the month of `day`."""
    first, last = month_bounds(day)
    return first - timedelta(days=first.weekday()), last + timedelta(days=WEEK - 1 - last.weekday())


def month_before(day: date) -> date:
    """The first day of the month before."""
    return month_bounds(day.replace(day=1) - timedelta(days=1))[0]


def month_after(day: date) -> date:
    """The first day of the month after."""
    return month_bounds(day)[1] + timedelta(days=1)


def month_grid(day: date, *, today: date, counts: Mapping[date, int]) -> list[list[Cell]]:
    """The weeks that the month of `day` touches, each of seven cells."""
    first, last = grid_bounds(day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cells = [Cell(d, d.month == day.month, d == today, d == day, counts.get(d, 0)) for d in days]
    return [cells[n : n + WEEK] for n in range(0, len(cells), WEEK)]


def week_of(day: date, *, today: date, counts: Mapping[date, int]) -> list[Cell]:
    """The seven days around `day`."""
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(WEEK)]
    return [Cell(d, True, d == today, d == day, counts.get(d, 0)) for d in days]
