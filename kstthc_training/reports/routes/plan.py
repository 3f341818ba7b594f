"""Kế hoạch: the year's plan, what was held for it, and what is left."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.events.words import standing_tag
from kstthc_training.people.identity import me
from kstthc_training.people.policy import reads_reports, runs_events
from kstthc_training.plans.queries import find_plan, plan_years
from kstthc_training.reports.plan import Progress, plan_view
from kstthc_training.reports.routes.blueprint import bp
from kstthc_training.web.access import access
from kstthc_training.web.pages import page


@bp.get("/ke-hoach")
@bp.get("/ke-hoach/<int(min=2000, max=2100):year>")
@access(reads_reports)
def plan(year: int | None = None) -> ResponseReturnValue:
    """The plan of a year, by default this one; a year without a plan says so."""
    now = clock.now()
    shown = year or clock.local_date(now).year
    found = find_plan(shown)
    years = sorted({*plan_years(), shown})
    return page(
        "reports/plan.html",
        year=shown,
        view=plan_view(found, now=now) if found else None,
        years=[{"label": str(y), "href": url_for("reports.plan", year=y), "current": y == shown} for y in years],
        may_create=runs_events(me()),
        progress_tags=_progress_tags(),
        standing_tag=standing_tag,
        today=now,
    )


def _progress_tags() -> dict[Progress, tuple[str, str]]:
    return {
        Progress.DONE: (_("Đã đủ"), "ok"),
        Progress.LATE: (_("Trễ"), "bad"),
        Progress.SOON: (_("Sắp đến hạn"), "info"),
        Progress.OPEN: (_("Còn thời gian"), ""),
    }
