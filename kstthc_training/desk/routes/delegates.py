"""Danh sách đại biểu: the choices, what they come to, and the PDF; who took it is recorded."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.desk.delegates import (
    BY_ORGANISATION,
    BY_RANK,
    CONFIRMED_ONLY,
    EVERYBODY,
    PLACE_WORDS,
    asked_list,
    listed_delegates,
)
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.routes.name_papers import PDF
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.enums import EventMode
from kstthc_training.people.exports import note_export
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.registrations.rule_words import PLACES
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import made
from kstthc_training.web.notes import note_problem

_SHOWN = 200


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/danh-sach")
@access(runs_events)
def delegates(code: str) -> ResponseReturnValue:
    """The list as it would be printed, with the choices of order, people, place and signatures."""
    note_reading("registrations.read", subject_type="event", subject_id=workspace_event(code).id)
    event = workspace_event(code)
    wanted = asked_list(request.args, event)
    listed = listed_delegates(event, wanted)
    return workspace_page(
        "desk/delegates.html", event, "registrations", fragments=("danh_sach",), wanted=wanted, listed=listed,
        by_organisation=wanted.order == BY_ORGANISATION, most=_SHOWN,
        orders=[(BY_ORGANISATION, _("Theo đơn vị")), (BY_RANK, _("Theo chức vụ"))],
        people=[(CONFIRMED_ONLY, _("Người có chỗ")), (EVERYBODY, _("Cả người chờ"))],
        places=_place_choices() if event.mode is EventMode.BOTH else [],
    )  # fmt: skip


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/danh-sach.pdf")
@access(runs_events)
def delegates_paper(code: str) -> ResponseReturnValue:
    """The list in the official layout."""
    # Only who asks for a paper pays for the library that draws it.
    from kstthc_training.desk.delegate_paper import delegate_pdf

    event = workspace_event(code)
    wanted, now = asked_list(request.args, event), clock.now()
    listed = listed_delegates(event, wanted)
    if not listed.count:
        note_problem(_("Chưa có ai trong danh sách này để in."))
        return see_other(url_for(".delegates", code=code, **wanted.args))
    body = delegate_pdf(event, listed, wanted, actor=me(), now=now)
    note_export("registrations.exported", subject_type="event", subject_id=event.id, form="pdf", rows=listed.count)
    return made(body, name=_("Danh sách đại biểu %(code)s", code=code) + ".pdf", media_type=PDF)


def _place_choices() -> list[tuple[str, str]]:
    return [("", _("Cả hai nơi")), *((word, str(PLACES[place])) for word, place in PLACE_WORDS.items())]
