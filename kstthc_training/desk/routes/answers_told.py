"""Báo lãnh đạo: how the invitations were answered, to copy or to send to a leader."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.answer_report import answer_report, report_subject
from kstthc_training.desk.forms.inviting import LeaderForm
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.queries.leaders import leaders
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/hop/<event_code:code>/quan-ly/moi/bao-cao")
@access(runs_events)
def answers_told(code: str) -> ResponseReturnValue:
    """The report as it stands now."""
    return _report_page(workspace_event(code), _form())


@bp.post("/hop/<event_code:code>/quan-ly/moi/bao-cao")
@access(runs_events)
def tell_leader(code: str) -> ResponseReturnValue:
    """Send it to the leader chosen."""
    form = _form(posted=True)
    if form.validate():
        event, now = workspace_event(code), clock.now()
        with unit_of_work():
            name = service.tell_leader(
                actor=me(), event_id=event.id, account_id=form.chosen, subject=report_subject(event),
                text=answer_report(event, now=now), now=now,
            )  # fmt: skip
        note_success(_("Đã gửi báo cáo cho %(name)s.", name=name))
        return see_other(url_for(".answers_told", code=code))
    return _report_page(workspace_event(code), form, status=422)


def _form(*, posted: bool = False) -> LeaderForm:
    form = LeaderForm() if posted else LeaderForm(formdata=None)
    form.offer([(each.account_id, ", ".join(filter(None, (each.full_name, each.title)))) for each in leaders()])
    return form


def _report_page(event: Event, form: LeaderForm, *, status: int = 200) -> Response:
    text = answer_report(event, now=clock.now())
    return workspace_page("desk/answers_told.html", event, "invitations", status=status, form=form, text=text)
