"""Which period and which page of rows an address asks for."""

from flask import request
from werkzeug.exceptions import NotFound

from kstthc_training.reports import periods
from kstthc_training.reports.forms import FreeDays
from kstthc_training.reports.periods import Period
from kstthc_training.web.addresses import asked_number


def asked_period(year: int | None, slug: str | None) -> Period | None:
    """The period of an address, by year and word or by typed days; 404 when there is none such, None for wrong days."""
    if year is None or slug is None:
        form = FreeDays(formdata=request.args)
        return form.period() if form.validate() else None
    period = periods.by_slug(year, slug)
    if period is None:
        raise NotFound()
    return period


def asked_page() -> int:
    """The page of rows that the address asks for, from 1."""
    return min(asked_number("trang") or 1, 1_000_000)
