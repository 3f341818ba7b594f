"""How shares and their differences are written, on pages and papers alike."""

from decimal import Decimal

import pytest

from kstthc_training.paper.wording import percent as percent_on_paper
from kstthc_training.reports import periods
from kstthc_training.reports.comparison import percent_of, points_between
from kstthc_training.web.locale import percent


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(1, 16, "6,3%"), (229, 400, "57,3%"), (215, 240, "89,6%"), (1, 3, "33,3%"), (7, 7, "100,0%")],
)
def test_pages_and_papers_round_a_share_alike(app, part, whole, written):
    with app.test_request_context():
        assert percent(part / whole) == percent_on_paper(part, whole) == written
    assert f"{percent_of(part / whole)}%".replace(".", ",") == written


def test_points_are_the_difference_of_what_is_written():
    assert points_between(1 / 16, 1 / 3) == Decimal("-27.0")
    assert points_between(0.8961, 0.8964) == 0


@pytest.mark.parametrize(
    ("period", "others"),
    [
        (periods.quarter(2026, 1), [periods.quarter(2025, 4), periods.quarter(2025, 1)]),
        (periods.month(2026, 5), [periods.month(2026, 4), periods.month(2025, 5)]),
        (periods.second_half(2026), [periods.first_half(2026), periods.second_half(2025)]),
        (periods.nine_months(2026), [periods.nine_months(2025)]),
        (periods.whole_year(2026), [periods.whole_year(2025)]),
    ],
)
def test_a_period_is_set_beside_the_one_before_and_the_same_one_last_year(period, others):
    assert periods.compared_with(period) == others
