"""Báo cáo: the figures of a period on one page."""

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.people.identity import me
from kstthc_training.people.policy import reads_reports, runs_events
from kstthc_training.reports import periods, prose
from kstthc_training.reports.addresses import Places
from kstthc_training.reports.figures import held_events, held_years, summary_of
from kstthc_training.reports.forms import FreeDays
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period, PeriodKind
from kstthc_training.reports.routes.asked import asked_period
from kstthc_training.reports.routes.blueprint import bp
from kstthc_training.reports.routes.compared import comparison_rows, figure_cards
from kstthc_training.reports.rows import Summary
from kstthc_training.reports.words import period_words
from kstthc_training.settings.queries import office_on
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import figure, named, short_day
from kstthc_training.web.pages import page

FREE = "tu-chon"
INVITED = "tuan-thu"  # the page of organisations that were invited, of the same periods
SHOWN_EVENTS = 12


@bp.get("/bao-cao")
@access(reads_reports)
def index() -> ResponseReturnValue:
    """On to the period that was chosen, else to the last quarter whose cut-off has passed."""
    year, slug = asked_number("nam"), request.args.get("ky", "")
    invited = request.args.get("xem") == INVITED
    if slug == FREE:
        return see_other(url_for("reports.compliance" if invited else "reports.free"))
    chosen = periods.by_slug(year, slug) if year and 2000 <= year <= 2100 else None
    places = Places(chosen or periods.last_closed_quarter(clock.local_date(clock.now())))
    return see_other(places.compliance() if invited else places.page())


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>")
@access(reads_reports)
def period(year: int, slug: str) -> ResponseReturnValue:
    """A period by name."""
    asked = asked_period(year, slug)
    return _page(asked) if asked else free()


@bp.get("/bao-cao/tu-chon")
@access(reads_reports)
def free() -> ResponseReturnValue:
    """Days chosen freely; without them, or with wrong ones, the form that asks for them."""
    form = FreeDays(formdata=request.args if _asks_days() else None)
    if _asks_days() and form.validate():
        return _page(form.period(), form)
    return ask_days()


def ask_days(view: str = "") -> Response:
    """The form that asks for days, of the figures or of another page of the same periods; what is wrong with those typed."""
    form = FreeDays(formdata=request.args if _asks_days() else None)
    status = 422 if _asks_days() and not form.validate() else 200
    return page("reports/free.html", form=form, status=status, **chooser(None, view))


def _asks_days() -> bool:
    return "tu" in request.args or "den" in request.args


def _page(period: Period, form: FreeDays | None = None) -> Response:
    now, places = clock.now(), Places(period)
    summary = summary_of(period, now=now)
    events = held_events(period, limit=SHOWN_EVENTS)
    plan = office_on(period.last).plan_reference
    office = office_on(clock.local_date(now)).name
    return page(
        "reports/period.html",
        form=form,
        summary=summary, places=places, events=events, figures=figure_cards(summary),
        compared=[period_words(other.period) for other in summary.others], comparison=comparison_rows(summary),
        title=_("Báo cáo %(period)s", period=period_words(period)),
        organising=prose.organising(summary, office=office, plan=plan, places=places),
        informing=prose.informing(summary, places=places), shortcomings=prose.shortcomings(summary, places=places),
        months=_columns(summary), months_label=_columns_label(summary), kind_bars=_kind_bars(summary, places),
        group_bars=_group_bars(summary, places), updated_at=now, runs_events=runs_events(me()), **chooser(period),
    )  # fmt: skip


def chooser(period: Period | None, view: str = "") -> dict[str, Any]:
    """The years and periods that may be chosen, and which one is shown; None while days are typed.

    `view` is '' for the page of figures, else another page of the same periods.
    """
    today = clock.local_date(clock.now())
    year = period.year if period else today.year
    years = sorted({*held_years(), today.year, year}, reverse=True)
    kinds = [(each.slug, _short_name(each)) for each in periods.of_year(year)]
    return {
        "years": [(each, each) for each in years],
        "year": year,
        "slugs": [*kinds, (FREE, _("Tự chọn ngày"))],
        "slug": period.slug if period else FREE,
        "view": view,
        "days_action": url_for("reports.compliance" if view == INVITED else "reports.free"),
        "is_free": period is None or period.kind is PeriodKind.FREE,
    }


def _short_name(period: Period) -> str:
    """A period's name without its year."""
    names = {
        PeriodKind.MONTH: _("Tháng %(n)s", n=period.number),
        PeriodKind.QUARTER: _("Quý %(n)s", n="I" * period.number if period.number < 4 else "IV"),
        PeriodKind.FIRST_HALF: _("6 tháng đầu năm"),
        PeriodKind.SECOND_HALF: _("6 tháng cuối năm"),
        PeriodKind.NINE_MONTHS: _("9 tháng"),
        PeriodKind.YEAR: _("Cả năm"),
    }
    return names[period.kind]


def _columns(summary: Summary) -> list[dict[str, Any]]:
    few = len(summary.months) <= 3
    return [
        {"label": f"{short_day(row.period.first)}–{short_day(row.period.last)}" if few else str(row.period.number),
         "planned": row.planned, "held": row.held}
        for row in summary.months
    ]  # fmt: skip


def _columns_label(summary: Summary) -> str:
    said = [
        _("Tháng %(n)s: kế hoạch %(planned)s, thực hiện %(held)s.", n=row.period.number, planned=row.planned, held=row.held)
        for row in summary.months
    ]
    return " ".join((_("Số cuộc theo tháng báo cáo."), *said))


def _kind_bars(summary: Summary, places: Places) -> list[dict[str, Any]]:
    return [
        {"label": named(kind), "value": kind.events, "shown": figure(kind.events), "family": kind.family,
         "href": places.rows(Figure.EVENTS, loai=kind.code)}
        for kind in summary.kinds
    ]  # fmt: skip


def _group_bars(summary: Summary, places: Places) -> list[dict[str, Any]]:
    return [
        {"label": named(group) if group.code else _("Không ghi đơn vị"), "value": group.attended,
         "shown": figure(group.attended), "href": places.rows(Figure.ATTENDED, nhom=group.code)}
        for group in summary.groups
        if group.attended
    ]  # fmt: skip
