"""Đơn vị được mời: how organisations answer invitations in a period, and the invitations behind each figure."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.compliance.enums import ComplianceFigure
from kstthc_training.compliance.queries import Compliance, Days, compliance_of, invitations_counted, total_of
from kstthc_training.compliance.words import FIGURES
from kstthc_training.db import unit_of_work
from kstthc_training.organisations.queries import get_organisation
from kstthc_training.people.identity import me
from kstthc_training.people.policy import reads_reports
from kstthc_training.reports.addresses import Places
from kstthc_training.reports.compliance_sheet import answer_words, compliance_sheet
from kstthc_training.reports.forms import FreeDays
from kstthc_training.reports.lists.slices import ROWS_A_PAGE, cut
from kstthc_training.reports.periods import Period, PeriodKind
from kstthc_training.reports.routes.asked import asked_period
from kstthc_training.reports.routes.blueprint import bp
from kstthc_training.reports.routes.pages import INVITED, ask_days, chooser
from kstthc_training.reports.wording import period_name
from kstthc_training.reports.words import period_words
from kstthc_training.sheets import write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.downloads import XLSX, made
from kstthc_training.web.locale import figure as written
from kstthc_training.web.locale import percent
from kstthc_training.web.pages import page
from kstthc_training.web.paging import asked_page, pager

_CARDS = (ComplianceFigure.INVITED, ComplianceFigure.IN_TIME, ComplianceFigure.NEVER, ComplianceFigure.NO_SHOW)
_WORST = 8
_NOT_COME, _NOT_ANSWERED = "khong-den", "khong-tra-loi"  # as written in addresses


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>/tuan-thu")
@bp.get("/bao-cao/tu-chon/tuan-thu")
@access(reads_reports)
def compliance(year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """Every organisation invited in a period with its figures, sorted by any of them, found by words."""
    period = asked_period(year, slug)
    if period is None:
        return ask_days(INVITED)
    search, places = asked_words(), Places(period)
    found, only = compliance_of(_days(period), search=search), _only()
    rows = _narrowed(found, only)
    total, sorted_by = total_of(rows), _sorted_by()
    shown = cut(_sorted(rows, sorted_by), asked_page())
    return page(
        "reports/compliance.html",
        fragments=("bang",),
        period=period,
        title=_("Đơn vị được mời, %(period)s", period=period_words(period)),
        places=places,
        cards=[_card(each, total_of(found), places) for each in _CARDS],
        bars=_bars(found, places),
        columns=[
            (each, FIGURES[each], places.compliance(xep=each.value, q=search or None, loc=only or None))
            for each in ComplianceFigure
        ],
        rows=shown.rows,
        total=total,
        search=search,
        sorted_by=sorted_by,
        only=only,
        narrowings=_narrowings(found),
        pager=pager(
            shown=len(shown.rows), total=shown.total, number=max(shown.first - 1, 0) // ROWS_A_PAGE + 1, rows=ROWS_A_PAGE
        ),
        form=FreeDays(formdata=request.args) if period.kind is PeriodKind.FREE else None,
        sortings=[("", _("Theo nhóm, tên")), *((each.value, FIGURES[each]) for each in ComplianceFigure)],
        **chooser(period, INVITED),
    )


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>/tuan-thu/<figure>")
@bp.get("/bao-cao/tu-chon/tuan-thu/<figure>")
@access(reads_reports)
def compliance_rows(figure: str, year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """The invitations that a figure counts, of all organisations or of one."""
    if figure not in set(ComplianceFigure):
        raise NotFound()
    period, what, number = asked_period(year, slug), ComplianceFigure(figure), asked_page()
    if period is None:
        return ask_days(INVITED)
    one = asked_number("dv")
    organisation = get_organisation(one) if one else None
    rows, total = invitations_counted(
        what, _days(period), organisation_id=one, limit=ROWS_A_PAGE, offset=(number - 1) * ROWS_A_PAGE
    )
    return page(
        "reports/compliance_rows.html",
        heading=FIGURES[what],
        organisation=organisation,
        period_words=period_words(period),
        period=period,
        rows=[(row, answer_words(row)) for row in rows],
        back=Places(period).compliance(),
        pager=pager(shown=len(rows), total=total, number=number, rows=ROWS_A_PAGE),
    )


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>/tuan-thu.xlsx")
@bp.get("/bao-cao/tu-chon/tuan-thu.xlsx")
@access(reads_reports)
def compliance_workbook(year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """The same figures as a workbook; who took it is recorded."""
    period = asked_period(year, slug)
    if period is None:
        return ask_days(INVITED)
    rows = _narrowed(compliance_of(_days(period), search=asked_words()), _only())
    body = write_xlsx([compliance_sheet(_sorted(rows, _sorted_by()))])
    with unit_of_work():
        record(
            actor=me(), action="report.exported", subject_type="report", subject_id=None, now=clock.now(),
            form="xlsx", period=period.slug, first=period.first.isoformat(), last=period.last.isoformat(),
        )  # fmt: skip
    return _named(body, period)


def _named(body: bytes, period: Period) -> Response:
    return made(body, name=_("Đơn vị được mời, %(period)s", period=period_name(period)) + ".xlsx", media_type=XLSX)


def _days(period: Period) -> Days:
    return Days(period.first, period.last, clock.now())


def _only() -> str:
    word = request.args.get("loc", "")
    return word if word in (_NOT_COME, _NOT_ANSWERED) else ""


def _narrowed(rows: Sequence[Compliance], only: str) -> list[Compliance]:
    """Those who came to nothing that they were invited to, those who answered nothing, or all."""
    if only == _NOT_COME:
        return [row for row in rows if row.never_came]
    return [row for row in rows if row.never_answered] if only == _NOT_ANSWERED else list(rows)


def _narrowings(rows: Sequence[Compliance]) -> list[tuple[str, str]]:
    """What the table can be narrowed to, each with how many it would show."""
    offered = {"": _("Mọi đơn vị"), _NOT_COME: _("Không đến lần nào"), _NOT_ANSWERED: _("Không trả lời lần nào")}
    return [
        (word, _("%(words)s (%(n)s)", words=words, n=written(len(_narrowed(rows, word))))) for word, words in offered.items()
    ]


def _sorted_by() -> ComplianceFigure | None:
    word = request.args.get("xep", "")
    return ComplianceFigure(word) if word in set(ComplianceFigure) else None


def _sorted(rows: Sequence[Compliance], by: ComplianceFigure | None) -> list[Compliance]:
    """The highest first; those alike in the order of kinds and names."""
    return sorted(rows, key=lambda row: -row.figure(by)) if by else list(rows)


def _card(what: ComplianceFigure, total: dict[ComplianceFigure, int], places: Places) -> dict[str, Any]:
    """A figure of all organisations together, as a share of what it is a part of."""
    whole = total[ComplianceFigure.NAMED if what is ComplianceFigure.NO_SHOW else ComplianceFigure.INVITED]
    share = percent(total[what] / whole) if whole and what is not ComplianceFigure.INVITED else ""
    of_what = _("lượt người được cử") if what is ComplianceFigure.NO_SHOW else _("lượt mời")
    return {
        "label": FIGURES[what],
        "value": written(total[what]),
        "detail": _("%(share)s %(of_what)s", share=share, of_what=of_what) if share else _("lượt mời đơn vị"),
        "href": places.compliance_rows(what.value),
        "tone": "warn" if what in (ComplianceFigure.NEVER, ComplianceFigure.NO_SHOW) and total[what] else "",
    }


def _bars(rows: Sequence[Compliance], places: Places) -> list[dict[str, Any]]:
    """Those who most often did not answer."""
    never = ComplianceFigure.NEVER
    worst = sorted((row for row in rows if row.never), key=lambda row: (-row.never, -row.invited))[:_WORST]
    return [
        {"label": row.name, "value": row.never, "shown": _("%(never)s/%(invited)s", never=row.never, invited=row.invited),
         "href": places.compliance_rows(never.value, dv=row.organisation_id)}
        for row in worst
    ]  # fmt: skip
