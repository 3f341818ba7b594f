"""Cut-offs of reporting periods: Decree 09/2019/NĐ-CP, article 12."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.reports import periods


@pytest.mark.parametrize(
    ("year", "slug", "first", "last"),
    [
        (2026, "thang-1", date(2025, 12, 15), date(2026, 1, 14)),
        (2026, "thang-3", date(2026, 2, 15), date(2026, 3, 14)),
        (2026, "thang-12", date(2026, 11, 15), date(2026, 12, 14)),
        (2026, "quy-1", date(2025, 12, 15), date(2026, 3, 14)),
        (2026, "quy-2", date(2026, 3, 15), date(2026, 6, 14)),
        (2026, "quy-3", date(2026, 6, 15), date(2026, 9, 14)),
        (2026, "quy-4", date(2026, 9, 15), date(2026, 12, 14)),
        (2026, "6-thang-dau", date(2025, 12, 15), date(2026, 6, 14)),
        (2026, "6-thang-cuoi", date(2026, 6, 15), date(2026, 12, 14)),
        (2026, "9-thang", date(2025, 12, 15), date(2026, 9, 14)),
        (2026, "nam", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_period_of_an_address(year, slug, first, last):
    period = periods.by_slug(year, slug)
    assert (period.first, period.last, period.slug) == (first, last, slug)


@pytest.mark.parametrize(
    "slug", ["", "thang-0", "thang-13", "quy-5", "quy-0", "quy", "thang-٣", "nam-1", "tu-chon", "quy--1"]
)
def test_other_addresses_name_no_period(slug):
    assert periods.by_slug(2026, slug) is None


@given(st.integers(2001, 2099), st.sampled_from([p.slug for p in periods.of_year(2026)]))
def test_the_period_before_ends_the_day_before_unless_it_comes_once_a_year(year, slug):
    period = periods.by_slug(year, slug)
    earlier = periods.before(period)
    once = {"9-thang", "nam"}
    expected = periods.a_year_before(period) if slug in once else None
    assert earlier == expected if slug in once else earlier.last == period.first - timedelta(days=1)


@given(st.integers(2001, 2099))
def test_months_and_quarters_cover_the_year_without_gap_or_overlap(year):
    whole = periods.whole_year(year)
    for parts in (periods.months_of(whole), [periods.quarter(year, n) for n in range(1, 5)]):
        assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
        assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(parts))


@pytest.mark.parametrize(
    ("today", "slug", "year"),
    [
        (date(2026, 3, 14), "quy-4", 2025),
        (date(2026, 3, 15), "quy-1", 2026),
        (date(2026, 12, 14), "quy-3", 2026),
        (date(2026, 12, 15), "quy-4", 2026),
        (date(2026, 1, 1), "quy-4", 2025),
    ],
)
def test_last_closed_quarter(today, slug, year):
    found = periods.last_closed_quarter(today)
    assert (found.slug, found.year) == (slug, year)


def test_free_days_compare_with_as_many_days_before_and_with_a_year_ago():
    period = periods.free(date(2024, 2, 10), date(2024, 2, 29))
    assert periods.before(period) == periods.free(date(2024, 1, 21), date(2024, 2, 9))
    assert periods.a_year_before(period) == periods.free(date(2023, 2, 10), date(2023, 2, 28))


def test_free_days_run_forwards():
    with pytest.raises(ValueError, match="forwards"):
        periods.free(date(2026, 2, 2), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("period", "following"),
    [
        (periods.month(2026, 11), periods.month(2026, 12)),
        (periods.month(2026, 12), periods.month(2027, 1)),
        (periods.quarter(2026, 1), periods.quarter(2026, 2)),
        (periods.quarter(2026, 4), periods.quarter(2027, 1)),
        (periods.first_half(2026), periods.second_half(2026)),
        (periods.second_half(2026), periods.first_half(2027)),
        (periods.nine_months(2026), periods.quarter(2026, 4)),
        (periods.whole_year(2026), periods.whole_year(2027)),
        (periods.free(date(2026, 1, 1), date(2026, 1, 2)), None),
    ],
)
def test_what_an_office_plans_for_next(period, following):
    assert periods.after(period) == following
