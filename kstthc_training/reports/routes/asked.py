"""Which period an address asks for, and what it is compared with."""

from flask import request
from werkzeug.exceptions import NotFound

from kstthc_training.reports import periods
from kstthc_training.reports.forms import FreeDays
from kstthc_training.reports.periods import Period

BEFORE, A_YEAR_BEFORE = "ky-truoc", "nam-truoc"


def asked_period(year: int | None, slug: str | None) -> Period | None:
    """The period of an address, by year and word or by typed days; 404 when there is none such, None for wrong days."""
    if year is None or slug is None:
        form = FreeDays(formdata=request.args)
        return form.period() if form.validate() else None
    period = periods.by_slug(year, slug)
    if period is None:
        raise NotFound()
    return period


def compared_word() -> str:
    """What the reader wants a period compared with."""
    return A_YEAR_BEFORE if request.args.get("so") == A_YEAR_BEFORE else BEFORE


def compared_period(period: Period, word: str) -> Period:
    """The period that another is compared with."""
    return periods.a_year_before(period) if word == A_YEAR_BEFORE else periods.before(period)


def comparisons(period: Period) -> list[tuple[str, Period]]:
    """What a period can be compared with; once when both are the same."""
    offered = [(BEFORE, periods.before(period)), (A_YEAR_BEFORE, periods.a_year_before(period))]
    return offered if offered[0][1] != offered[1][1] else offered[:1]


def asked_page() -> int:
    """The page of rows that the address asks for, from 1."""
    return max(1, min(request.args.get("trang", 1, type=int), 1_000_000))
