"""Biển tên and thẻ: the names of those who have a seat, as PDF to be printed and cut; who took them is recorded."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.desk.registrants import asked_filters, listed
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event
from kstthc_training.events.models import Event
from kstthc_training.people.exports import note_export
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.notices import shown_code
from kstthc_training.registrations.queries import ticket_address
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import made
from kstthc_training.web.notes import note_problem

if TYPE_CHECKING:
    from kstthc_training.paper.name_papers import NamedOnPaper

PDF = "application/pdf"


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/bien-ten.pdf")
@access(runs_events)
def name_plates(code: str) -> ResponseReturnValue:
    """A plate for the table for each who has a seat, of those that the filters leave."""
    return _printed(code, _("Biển tên %(code)s", code=code), _drawing().name_plates)


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/the.pdf")
@access(runs_events)
def badges(code: str) -> ResponseReturnValue:
    """A badge with the QR square of the ticket for each who has a seat, of those that the filters leave."""
    return _printed(code, _("Thẻ dự họp %(code)s", code=code), _drawing().badges)


def _printed(code: str, name: str, draw: Callable[..., bytes]) -> ResponseReturnValue:
    event = workspace_event(code)
    people = _people(event)
    if not people:
        note_problem(_("Chưa có ai có chỗ trong danh sách này để in."))
        return see_other(url_for(".registrations", code=code, **asked_filters(request.args).args))
    body = draw(people, title=event.title)
    note_export("registrations.exported", subject_type="event", subject_id=event.id, form="pdf", rows=len(people))
    return made(body, name=f"{name}.pdf", media_type=PDF)


def _drawing() -> ModuleType:
    # Only who asks for a paper pays for the library that draws it.
    from kstthc_training.paper import name_papers

    return name_papers


def _people(event: Event) -> "Sequence[NamedOnPaper]":
    found = listed(event, asked_filters(request.args))
    tickets = _tickets(event.id)
    return [
        _drawing().NamedOnPaper(r.full_name, r.title, r.organisation, shown_code(r.ticket_code), tickets[r.id])
        for r in found.rows
        if r.state is RegistrationState.CONFIRMED and r.id in tickets
    ]


def _tickets(event_id: int) -> dict[int, str]:
    """What the QR square of each ticket holds: one statement."""
    confirmed = (Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
    key = current_app.config["SETTINGS"].key
    return {row.id: ticket_address(row, key=key) for row in db.session.scalars(select(Registration).where(*confirmed))}
