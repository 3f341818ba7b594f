"""Grids of months and weeks."""

from datetime import date

import pytest

from kstthc_training.agenda import calendar


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 3, 18), date(2026, 2, 23), date(2026, 4, 5)),
        (date(2026, 2, 1), date(2026, 1, 26), date(2026, 3, 1)),
        (date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_grid_covers_whole_weeks_from_monday(day, first, last):
    assert calendar.grid_bounds(day) == (first, last)
    grid = calendar.month_grid(day, today=day, counts={})
    assert {len(row) for row in grid} == {7}
    assert {row[0].day.weekday() for row in grid} == {0}


def test_months_before_and_after_cross_years():
    assert calendar.month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert calendar.month_after(date(2026, 12, 1)) == date(2027, 1, 1)


def test_cells_know_today_and_the_chosen_day():
    week = calendar.week_of(date(2026, 3, 18), today=date(2026, 3, 17), counts={date(2026, 3, 20): 2})
    assert [cell.day.day for cell in week] == list(range(16, 23))
    assert [cell.is_chosen for cell in week].index(True) == 2
    assert [cell.is_today for cell in week].index(True) == 1
    assert [cell.count for cell in week] == [0, 0, 0, 0, 2, 0, 0]
