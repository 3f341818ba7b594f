"""When things happen in the sample: everything follows from the day that is today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kstthc_training.clock import at_local, local_date
from kstthc_training.working_days import is_working_day, previous_working_day


@dataclass(frozen=True)
class Span:
    """One session to be, with its name (empty where it stands alone)."""

    starts_at: datetime
    ends_at: datetime
    name: str = ""


_MORNING, _AFTERNOON = (time(7, 30), time(11, 0)), (time(13, 30), time(16, 30))
_SINGLE = {
    "morning": (time(8, 0), time(11, 0)),
    "afternoon": (time(14, 0), time(16, 30)),
    "late_afternoon": (time(16, 0), time(17, 0)),
}
_ALL_DAY = (time(7, 30), time(17, 0))


def spans(shape: str, day: date) -> tuple[Span, ...]:
    """The sessions of an event of a shape whose day is `day`: its first, but its last where the shape is `until_today`."""
    if shape in _SINGLE:
        return (_span(day, *_SINGLE[shape]),)
    if shape == "day":
        return _two(day, "")
    if shape == "two_days":
        return *_two(day, "ngày 1"), *_two(next_working_day(day), "ngày 2")
    return *_two(previous_working_day(day), "ngày 1"), _span(day, *_ALL_DAY, "Ngày 2")


def _two(day: date, of: str) -> tuple[Span, Span]:
    names = [f"{half} {of}".strip() for half in ("Buổi sáng", "Buổi chiều")]
    return _span(day, *_MORNING, names[0]), _span(day, *_AFTERNOON, names[1])


def _span(day: date, begins: time, ends: time, name: str = "") -> Span:
    return Span(at_local(day, begins), at_local(day, ends), name)


def next_working_day(day: date) -> date:
    """The working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def near(day: date, offset: int) -> date:
    """The day `offset` days away, moved on to a working day, away from `day`; without offset `day` itself."""
    if not offset:
        return day
    moved = day + timedelta(days=offset)
    while not is_working_day(moved):
        moved += timedelta(days=1 if offset > 0 else -1)
    return moved


def working_days_of(year: int, month: int) -> list[date]:
    """The working days of a month from its fifth to its twenty-fourth."""
    days = (date(year, month, number) for number in range(5, 25))
    return [day for day in days if is_working_day(day)]


def end_of_next_quarter(day: date) -> date:
    """The last day of the quarter after that of `day`."""
    after = (day.month - 1) // 3 * 3 + 7  # the month after the next quarter, counted on over the year's end
    return date(day.year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)


def before(at: datetime, *, days: int, hour: time) -> datetime:
    """An hour of the day `days` before that of `at`."""
    return at_local(local_date(at) - timedelta(days=days), hour)
