"""Working days before an event."""

from datetime import date

import pytest

from kstthc_training.events.lead_time import last_day_to_tell, previous_working_day, told_late, working_days_between

THURSDAY = date(2026, 4, 9)


@pytest.mark.parametrize(
    ("told_on", "days", "late"),
    [
        (date(2026, 4, 6), 3, False),  # Monday
        (date(2026, 4, 7), 2, True),
        (date(2026, 4, 5), 4, False),  # Sunday: Monday is the first day that counts
        (date(2026, 4, 3), 4, False),  # Friday before
        (THURSDAY, 0, True),
        (date(2026, 4, 10), 0, True),  # told afterwards
    ],
)
def test_three_working_days_before(told_on, days, late):
    assert (working_days_between(told_on, THURSDAY), told_late(told_on, THURSDAY)) == (days, late)


@pytest.mark.parametrize(
    ("held_on", "last"),
    [(THURSDAY, date(2026, 4, 6)), (date(2026, 4, 7), date(2026, 4, 2)), (date(2026, 4, 11), date(2026, 4, 7))],
)
def test_last_day_to_tell(held_on, last):
    assert last_day_to_tell(held_on) == last


def test_registration_closes_on_the_working_day_before():
    assert previous_working_day(date(2026, 4, 6)) == date(2026, 4, 3)
    assert previous_working_day(THURSDAY) == date(2026, 4, 8)
