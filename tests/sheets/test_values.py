from datetime import date

import pytest

from kstthc_training.sheets import date_of, integer_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/03/2024", date(2024, 3, 15)),
        ("5/3/2024", date(2024, 3, 5)),
        ("5-3-2024", date(2024, 3, 5)),
        ("05.03.2024", date(2024, 3, 5)),
        ("2024-03-05", date(2024, 3, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("13/13/2024", None),
        ("0/1/2024", None),
        ("5/3/24", None),
        ("03/2024", None),
        ("15/03/2024 08:30", None),
        ("", None),
        ("hôm nay", None),
    ],
)
def test_date_of_reads_the_day_first(text: str, day: date | None) -> None:
    assert date_of(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1200", 1200),
        ("1.200", 1200),
        ("1.234.567", 1_234_567),
        ("12 000", 12_000),
        ("-3", -3),
        ("0012", 12),
        ("1.5", None),
        ("1.2000", None),
        ("1,200", None),
        ("1e3", None),
        ("", None),
        ("hai", None),
        ("²", None),
    ],
)
def test_integer_of_reads_whole_numbers_as_written_here(text: str, number: int | None) -> None:
    assert integer_of(text) == number
