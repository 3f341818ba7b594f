"""Reporting periods with the cut-offs of Decree 09/2019/NĐ-CP, article 12: from the 15th to the 14th, both included."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kstthc_training.text import whole_number

_FIRST_DAY, _LAST_DAY = 15, 14


class PeriodKind(StrEnum):
    """What a period covers; the word is that of its address."""

    MONTH = "thang"
    QUARTER = "quy"
    FIRST_HALF = "6-thang-dau"
    SECOND_HALF = "6-thang-cuoi"
    NINE_MONTHS = "9-thang"
    YEAR = "nam"
    FREE = "tu-chon"


@dataclass(frozen=True)
class Period:
    """A span of days, both included; `number` is the month or quarter, 0 for kinds that come once a year."""

    kind: PeriodKind
    year: int
    number: int
    first: date
    last: date

    @property
    def slug(self) -> str:
        """The period's part of an address: `quy-3`, `nam`."""
        return f"{self.kind.value}-{self.number}" if self.number else self.kind.value

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed: on its cut-off day it still runs."""
        return self.last < today


def month(year: int, number: int) -> Period:
    """From the 15th of the month before to the 14th of the month."""
    return _ending(PeriodKind.MONTH, year, number, last_month=number, months=1)


def quarter(year: int, number: int) -> Period:
    """From the 15th of the month before the quarter to the 14th of its last month."""
    return _ending(PeriodKind.QUARTER, year, number, last_month=number * 3, months=3)


def first_half(year: int) -> Period:
    """From 15/12 of the year before to 14/6."""
    return _ending(PeriodKind.FIRST_HALF, year, 0, last_month=6, months=6)


def second_half(year: int) -> Period:
    """From 15/6 to 14/12."""
    return _ending(PeriodKind.SECOND_HALF, year, 0, last_month=12, months=6)


def nine_months(year: int) -> Period:
    """From 15/12 of the year before to 14/9."""
    return _ending(PeriodKind.NINE_MONTHS, year, 0, last_month=9, months=9)


def whole_year(year: int) -> Period:
    """From 15/12 of the year before to 14/12."""
    return _ending(PeriodKind.YEAR, year, 0, last_month=12, months=12)


def free(first: date, last: date) -> Period:
    """The days somebody chose; ValueError when they run backwards or over more than five years."""
    if last < first or (last - first).days > 5 * 366:
        raise ValueError("a period runs forwards, over five years at most")
    return Period(PeriodKind.FREE, last.year, 0, first, last)


_ONCE_A_YEAR: dict[PeriodKind, Callable[[int], Period]] = {
    PeriodKind.FIRST_HALF: first_half,
    PeriodKind.SECOND_HALF: second_half,
    PeriodKind.NINE_MONTHS: nine_months,
    PeriodKind.YEAR: whole_year,
}


def by_slug(year: int, slug: str) -> Period | None:
    """The period of an address such as `2026`, `quy-3`; None when there is none such."""
    if slug in set(_ONCE_A_YEAR):
        return _ONCE_A_YEAR[PeriodKind(slug)](year)
    word, _dash, typed = slug.rpartition("-")
    number = whole_number(typed) or 0
    if word == PeriodKind.MONTH and 1 <= number <= 12:
        return month(year, number)
    if word == PeriodKind.QUARTER and 1 <= number <= 4:
        return quarter(year, number)
    return None


def before(period: Period) -> Period:
    """The period of the same kind that ends the day before this one begins; the same of the year before when it comes
    once a year, as long a span of days when it is free."""
    if period.kind is PeriodKind.FREE:
        return free(period.first - timedelta(days=period.days), period.first - timedelta(days=1))
    if period.kind is PeriodKind.MONTH:
        return month(period.year, period.number - 1) if period.number > 1 else month(period.year - 1, 12)
    if period.kind is PeriodKind.QUARTER:
        return quarter(period.year, period.number - 1) if period.number > 1 else quarter(period.year - 1, 4)
    if period.kind is PeriodKind.SECOND_HALF:
        return first_half(period.year)
    if period.kind is PeriodKind.FIRST_HALF:
        return second_half(period.year - 1)
    return a_year_before(period)


def after(period: Period) -> Period | None:
    """The period that an office plans for when it reports on this one: the next of its kind, the last quarter after nine
    months; None for days chosen freely."""
    following = {
        PeriodKind.MONTH: lambda: month(period.year, period.number + 1) if period.number < 12 else month(period.year + 1, 1),
        PeriodKind.QUARTER: lambda: (
            quarter(period.year, period.number + 1) if period.number < 4 else quarter(period.year + 1, 1)
        ),
        PeriodKind.FIRST_HALF: lambda: second_half(period.year),
        PeriodKind.SECOND_HALF: lambda: first_half(period.year + 1),
        PeriodKind.NINE_MONTHS: lambda: quarter(period.year, 4),
        PeriodKind.YEAR: lambda: whole_year(period.year + 1),
    }
    return following[period.kind]() if period.kind in following else None


def a_year_before(period: Period) -> Period:
    """The same period of the year before; 29 February becomes the 28th."""
    if period.kind is PeriodKind.FREE:
        return free(_year_back(period.first), _year_back(period.last))
    if period.kind is PeriodKind.MONTH:
        return month(period.year - 1, period.number)
    if period.kind is PeriodKind.QUARTER:
        return quarter(period.year - 1, period.number)
    return _ONCE_A_YEAR[period.kind](period.year - 1)


def compared_with(period: Period) -> list[Period]:
    """Those a period's figures are set beside: the one before and the same one last year; once when they are the same."""
    return list(dict.fromkeys((before(period), a_year_before(period))))


def of_year(year: int) -> list[Period]:
    """Every period of a year, the larger first: what a list offers."""
    months = [month(year, number) for number in range(1, 13)]
    quarters = [quarter(year, number) for number in range(1, 5)]
    return [whole_year(year), nine_months(year), first_half(year), second_half(year), *quarters, *months]


def last_closed_quarter(today: date) -> Period:
    """The quarter whose cut-off passed last."""
    candidates = [quarter(year, number) for year in (today.year - 1, today.year, today.year + 1) for number in range(1, 5)]
    return max((period for period in candidates if period.is_over(today)), key=lambda period: period.last)


def months_of(period: Period) -> list[Period]:
    """The reporting months that a period is made of; a free one is its own only part."""
    if period.kind is PeriodKind.FREE:
        return [period]
    parts = [month(year, number) for year in (period.year - 1, period.year) for number in range(1, 13)]
    return [part for part in parts if period.first <= part.first and part.last <= period.last]


def _ending(kind: PeriodKind, year: int, number: int, *, last_month: int, months: int) -> Period:
    last = date(year, last_month, _LAST_DAY)
    begin_month = last_month - months
    first = date(year, begin_month, _FIRST_DAY) if begin_month > 0 else date(year - 1, 12 + begin_month, _FIRST_DAY)
    return Period(kind, year, number, first, last)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
