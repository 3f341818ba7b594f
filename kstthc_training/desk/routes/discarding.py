"""Bỏ dự thảo: the end of an event that was never released."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms import DiscardForm
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events import service
from kstthc_training.events.models import Event
from kstthc_training.materials.service import drop_papers
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/hop/<event_code:code>/bo-du-thao")
@access(runs_events)
def discard_form(code: str) -> ResponseReturnValue:
    """Asks whether the draft is to go, and says what stays."""
    return _discard_page(workspace_event(code), DiscardForm())


@bp.post("/hop/<event_code:code>/bo-du-thao")
@access(runs_events)
def discard(code: str) -> ResponseReturnValue:
    """Put a draft away, with the papers that nobody fetched."""
    event, form = workspace_event(code), DiscardForm()
    if form.validate():
        try:
            with unit_of_work():
                drop_papers(event=service.discard(actor=me(), event=event, now=clock.now()))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã bỏ dự thảo %(code)s.", code=code))
            return see_other(url_for("desk.index"))
    return _discard_page(workspace_event(code), form, status=422)


def _discard_page(event: Event, form: DiscardForm, *, status: int = 200) -> Response:
    return workspace_page("desk/discard.html", event, "overview", status=status, form=form)
