"""Which period an address asks for."""

from flask import request
from werkzeug.exceptions import NotFound

from kstthc_training.reports import periods
from kstthc_training.reports.forms import FreeDays
from kstthc_training.reports.periods import Period


def asked_period(year: int | None, slug: str | None) -> Period | None:
    """The period of an address, by year and word or by typed days; 404 when there is none such, None for wrong days."""
    if year is None or slug is None:
        form = FreeDays(formdata=request.args)
        return form.period() if form.validate() else None
    period = periods.by_slug(year, slug)
    if period is None:
        raise NotFound()
    return period
