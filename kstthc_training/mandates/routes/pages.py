"""The mandatory trainings, and one of them with the people on its list."""

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.mandates import choices, queries
from kstthc_training.mandates.enums import MandateStanding
from kstthc_training.mandates.forms import PeopleForm
from kstthc_training.mandates.queries import ListFilter
from kstthc_training.mandates.routes.blueprint import bp
from kstthc_training.mandates.words import STANDING_WORDS, STANDINGS, standing_tag
from kstthc_training.mandates.workbook import people_sheet
from kstthc_training.people.exports import note_export
from kstthc_training.people.identity import me
from kstthc_training.people.policy import reads_reports, runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.sheets import write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.downloads import XLSX, made
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

_FILTERS = ("tt", "q", "dv")


@bp.get("/bat-buoc")
@access(reads_reports)
def index() -> ResponseReturnValue:
    """Every mandatory training with how many did it, those that hold; or those that were withdrawn."""
    withdrawn, search = request.args.get("xem") == "da-rut", asked_words()
    lines = queries.mandate_lines(search=search, withdrawn=withdrawn, today=_today())
    return page(
        "mandates/index.html",
        fragments=("danh_sach",),
        lines=lines,
        search=search,
        withdrawn=withdrawn,
        views=[
            {"label": _("Đang yêu cầu"), "href": url_for(".index"), "current": not withdrawn},
            {"label": _("Đã rút"), "href": url_for(".index", xem="da-rut"), "current": withdrawn},
        ],
        may_edit=runs_events(me()),
        today=_today(),
    )


@bp.get("/bat-buoc/<int:mandate_id>")
@access(reads_reports)
def mandate(mandate_id: int) -> ResponseReturnValue:
    """One mandatory training: its events, and how the people on its list stand."""
    note_reading("people.read", subject_type="mandate", subject_id=mandate_id)
    return mandate_page(mandate_id, PeopleForm(formdata=None))


@bp.get("/bat-buoc/<int:mandate_id>.xlsx")
@access(reads_reports)
def workbook(mandate_id: int) -> ResponseReturnValue:
    """The list as filtered, as a workbook; who took it is recorded."""
    found = queries.get_mandate(mandate_id)
    people, _total = queries.people_listed(mandate_id, asked_filter(), today=_today())
    note_export("mandate.exported", subject_type="mandate", subject_id=mandate_id, form="xlsx", rows=len(people))
    return made(write_xlsx([people_sheet(found, people)]), name=f"{found.name}.xlsx", media_type=XLSX)


def mandate_page(mandate_id: int, form: PeopleForm, status: int = 200) -> Response:
    """The page of a mandatory training, also after an act that was refused."""
    found, wanted = queries.get_mandate(mandate_id), asked_filter()
    counts = queries.standings_of(mandate_id, today=_today())
    people, total = queries.people_listed(mandate_id, wanted, today=_today(), limit=ROWS, offset=rows_before())
    may_edit = runs_events(me())
    return page(
        "mandates/mandate.html",
        fragments=("danh_sach",),
        status=status,
        mandate=found,
        form=form,
        figures=_figures(mandate_id, counts, wanted),
        states=_states(),
        state=request.args.get("tt", ""),
        asked=sum(counts.values()) - counts[MandateStanding.EXEMPT],
        done=counts[MandateStanding.DONE],
        listed=sum(counts.values()),
        organisations=[("", _("Mọi đơn vị")), *((o[0], o[1]) for o in queries.organisations_listed(mandate_id))],
        wanted=wanted,
        kept={name: value for name, value in request.args.items() if value and name in _FILTERS},
        rows=[(person, standing_tag(person.standing)) for person in people],
        pager=pager(shown=len(people), total=total),
        events=queries.events_counted([mandate_id]),
        offered=choices.events_offered(found) if may_edit else [],
        may_edit=may_edit,
        today=_today(),
    )


def asked_filter() -> ListFilter:
    """Whom of the list the address asks for."""
    return ListFilter(
        standing=STANDING_WORDS.get(request.args.get("tt", "")),
        search=asked_words() if request.method == "GET" else "",
        organisation_id=asked_number("dv"),
    )


def _states() -> list[tuple[str, Any]]:
    """The standings to filter by: word of the address, label."""
    return [("", _("Mọi tình trạng")), *((word, STANDINGS[standing]) for word, standing in STANDING_WORDS.items())]


def _figures(mandate_id: int, counts: dict[MandateStanding, int], wanted: ListFilter) -> list[dict[str, Any]]:
    return [
        {
            "label": STANDINGS[standing],
            "value": counts[standing],
            "tone": "bad" if standing is MandateStanding.OVERDUE and counts[standing] else "",
            "href": url_for("mandates.mandate", mandate_id=mandate_id, tt=word),
            "current": wanted.standing is standing,
        }
        for word, standing in STANDING_WORDS.items()
    ]


def _today() -> Any:
    return clock.local_date(clock.now())
