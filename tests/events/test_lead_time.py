"""Working days before an event."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from kstthc_training.events.lead_time import last_day_to_tell, told_late, working_days_between
from kstthc_training.working_days import is_working_day, previous_working_day

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


# As the Government announced them (2027: as the law has it), weekends left out: Tết Dương lịch, Tết Nguyên đán, Giỗ Tổ,
# 30/4, 1/5, Quốc khánh (two days since 2021), Ngày Văn hóa Việt Nam (since 2026), days in lieu and days swapped.
DAYS_OFF = {
    2019: "01/01 04/02 05/02 06/02 07/02 08/02 15/04 29/04 30/04 01/05 02/09",
    2020: "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09",
    2021: "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09",
    2022: "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09",
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
}
WORKED_SATURDAYS = {date(2019, 1, 5), date(2019, 5, 4), date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)}


@pytest.mark.parametrize("year", DAYS_OFF)
def test_public_holidays_and_days_in_lieu_are_no_working_days(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    off = [day for day in days if day.weekday() < 5 and not is_working_day(day)]
    assert " ".join(f"{day:%d/%m}" for day in off) == DAYS_OFF[year]
    assert {day for day in days if day.weekday() > 4 and is_working_day(day)} == {
        day for day in WORKED_SATURDAYS if day.year == year
    }


def test_who_is_told_over_tet_is_told_earlier():
    after_tet = date(2026, 2, 25)  # Wednesday after the nine days of Tết
    assert working_days_between(date(2026, 2, 13), after_tet) == 3
    assert last_day_to_tell(after_tet) == date(2026, 2, 22)
    assert told_late(date(2026, 2, 23), after_tet)
    assert previous_working_day(date(2026, 2, 23)) == date(2026, 2, 13)


def test_the_calendar_is_loaded_when_first_asked():
    said = "import sys; from kstthc_training import application; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
