"""Working days and days off.

Days off are those of the whole country (Labour Code 2019, article 112, with the days in lieu), and the days that the
Government swaps for another as far as they were announced when the calendar's data was made: of a year to come Tết may
yet be settled otherwise. What one office swaps for itself is not known here.
"""

from datetime import date, timedelta
from functools import lru_cache


def previous_working_day(day: date) -> date:
    """The working day before `day`, on which registration closes unless something else is said."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """The working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Monday to Friday but for public holidays and days in lieu of them, and a Saturday worked in place of another day."""
    off, worked = _exceptions(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


@lru_cache(maxsize=64)
def _exceptions(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The days off of a year, and its weekend days that are worked."""
    # Only here: the library takes 12 MB and a tenth of a second, which the worker and most requests never need.
    from holidays.countries.vietnam import Vietnam

    calendar = Vietnam(years=year, expand=False)  # type: ignore[no-untyped-call]
    return frozenset(calendar), frozenset(calendar.weekend_workdays)
