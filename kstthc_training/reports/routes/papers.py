"""The report as a document for the records office, and its figures as a workbook."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.people.policy import reads_reports
from kstthc_training.reports.periods import Period
from kstthc_training.reports.routes.asked import asked_period
from kstthc_training.reports.routes.blueprint import bp
from kstthc_training.reports.routes.pages import free
from kstthc_training.reports.wording import period_name
from kstthc_training.reports.workbook import period_sheets
from kstthc_training.sheets import write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.downloads import DOCX, XLSX, made


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>.docx")
@bp.get("/bao-cao/tu-chon.docx")
@access(reads_reports)
def document(year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """The periodic report in the official layout, in Vietnamese as papers are; who took it is recorded."""
    # Only who asks for a paper pays for the library that makes it.
    from kstthc_training.reports.documents import periodic_report

    period = asked_period(year, slug)
    if period is None:
        return free()
    now = clock.now()
    with force_locale("vi"):
        body = periodic_report(period, now=now)
    _record(period, "docx")
    return _named(body, period, "docx", DOCX)


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>.xlsx")
@bp.get("/bao-cao/tu-chon.xlsx")
@access(reads_reports)
def workbook(year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """The figures with the rows of events, organisations and topics; who took it is recorded."""
    period = asked_period(year, slug)
    if period is None:
        return free()
    body = write_xlsx(period_sheets(period, now=clock.now()))
    _record(period, "xlsx")
    return _named(body, period, "xlsx", XLSX)


def _record(period: Period, form: str) -> None:
    with unit_of_work():
        record(
            actor=me(), action="report.exported", subject_type="report", subject_id=None, now=clock.now(),
            form=form, period=period.slug, first=period.first.isoformat(), last=period.last.isoformat(),
        )  # fmt: skip


def _named(body: bytes, period: Period, ending: str, media_type: str) -> Response:
    return made(body, name=_("Báo cáo %(period)s", period=period_name(period)) + f".{ending}", media_type=media_type)
