"""The rows that a figure counts, a hundred a page."""

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kstthc_training import clock
from kstthc_training.people.policy import reads_reports
from kstthc_training.people.readings import note_reading
from kstthc_training.reports.addresses import Places
from kstthc_training.reports.lists import ROWS_A_PAGE, Figure, Narrowing, Scope, Slice, rows_of
from kstthc_training.reports.routes.asked import asked_period
from kstthc_training.reports.routes.blueprint import bp
from kstthc_training.reports.routes.pages import free
from kstthc_training.reports.words import figure_words, period_words
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.pages import page
from kstthc_training.web.paging import Pager, asked_page, pager

_LOOKS = {
    Figure.EVENTS: "events",
    Figure.BY_PLAN: "events",
    Figure.PERSONS: "persons",
    Figure.MATERIALS: "materials",
    Figure.TOPICS: "topics",
    Figure.UNCLOSED: "unclosed",
    **dict.fromkeys(
        (Figure.ORGANISATIONS, Figure.PRESS, Figure.OFFICES, Figure.NEVER_CAME, Figure.NAMED_NOBODY), "organisations"
    ),
    **dict.fromkeys(
        (Figure.EXPECTED, Figure.ATTENDED, Figure.PRESS_ATTENDED, Figure.OTHERS_ATTENDED, Figure.ABSENT), "attendances"
    ),
}

_NAMING_PERSONS = ("persons", "attendances")


@bp.get("/bao-cao/<int(min=2000, max=2100):year>/<slug>/<figure>")
@bp.get("/bao-cao/tu-chon/<figure>")
@access(reads_reports)
def rows(figure: str, year: int | None = None, slug: str | None = None) -> ResponseReturnValue:
    """The rows behind a figure of a period; wrong days are asked for again. Who reads names of people is noted."""
    if figure not in set(Figure):
        raise NotFound()
    period, what = asked_period(year, slug), Figure(figure)
    if period is None:
        return free()
    if _LOOKS[what] in _NAMING_PERSONS:
        note_reading("people.read", subject_type="report")
    narrowing = _narrowing()
    scope = Scope(period, clock.now(), asked_page(), narrowing)
    found, places = rows_of(what, scope), Places(period)
    return page(
        "reports/rows.html",
        look=_LOOKS[what],
        heading=figure_words(what),
        period_words=period_words(period),
        first=period.first,
        last=period.last,
        rows=found.rows,
        pager=_pager(found),
        back=places.page(),
    )


def _narrowing() -> Narrowing:
    args = request.args
    return Narrowing(args.get("loai"), asked_number("chu_de"), args.get("nhom"))


def _pager(found: Slice) -> Pager:
    number = max(found.first - 1, 0) // ROWS_A_PAGE + 1
    return pager(shown=len(found.rows), total=found.total, number=number, rows=ROWS_A_PAGE)
