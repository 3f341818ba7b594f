"""How long before an event people are told of it, in working days."""

from datetime import date, timedelta

from kstthc_training.working_days import is_working_day

LEAST_WORKING_DAYS = 3  # QĐ 45/2018/QĐ-TTg: invitations go out at least three working days before


def working_days_between(told_on: date, held_on: date) -> int:
    """Working days after `told_on` up to and including `held_on`.

    The day of telling itself does not count (Civil Code 2015, Article 147).
    """
    days = (told_on + timedelta(days=n) for n in range(1, (held_on - told_on).days + 1))
    return sum(1 for day in days if is_working_day(day))


def told_late(told_on: date, held_on: date) -> bool:
    """Whether fewer than three working days are left."""
    return working_days_between(told_on, held_on) < LEAST_WORKING_DAYS


def last_day_to_tell(held_on: date) -> date:
    """The last day on which telling people of an event on `held_on` is in time."""
    day = held_on
    while told_late(day, held_on):
        day -= timedelta(days=1)
    return day
