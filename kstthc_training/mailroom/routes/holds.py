"""Everything, or one event's letters, held back and let go."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.queries import get_run_event
from kstthc_training.mailroom import service
from kstthc_training.mailroom.errors import HeldByOperators
from kstthc_training.mailroom.forms import AddressForm
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success


@bp.post("/thu-di/giu-moi-thu")
@access(runs_events)
def hold_everything() -> ResponseReturnValue:
    """Hold all letters back until they are let go."""
    actor = me()
    with unit_of_work():
        service.hold_everything(actor=actor, reason=_reason(actor.display_name), now=clock.now())
    note_success(_("Đã giữ mọi thư."), undo_action=url_for("mailroom.let_everything_go"))
    return see_other(url_for("mailroom.outgoing"))


@bp.post("/thu-di/cho-moi-thu-di")
@access(runs_events)
def let_everything_go() -> ResponseReturnValue:
    """Let held letters go out."""
    try:
        with unit_of_work():
            service.let_everything_go(actor=me(), now=clock.now())
    except HeldByOperators:
        note_problem(str(AddressForm.refusal_words[HeldByOperators]))
    else:
        note_success(_("Thư đang chờ được gửi đi."))
    return see_other(url_for("mailroom.outgoing"))


@bp.post("/hop/<event_code:code>/quan-ly/giu-thu")
@access(runs_events)
def hold_event(code: str) -> ResponseReturnValue:
    """Hold the letters of one event back."""
    actor, event = me(), get_run_event(actor=me(), code=code)
    event_id = event.id
    with unit_of_work():
        service.hold_event(actor=actor, event_id=event_id, reason=_reason(actor.display_name), now=clock.now())
    note_success(_("Đã giữ thư của cuộc họp."), undo_action=url_for("mailroom.let_event_go", code=code, ve=_back_to()))
    return _back(code)


@bp.post("/hop/<event_code:code>/quan-ly/cho-thu-di")
@access(runs_events)
def let_event_go(code: str) -> ResponseReturnValue:
    """Let the letters of one event go out."""
    event_id = get_run_event(actor=me(), code=code).id
    with unit_of_work():
        service.let_event_go(actor=me(), event_id=event_id, now=clock.now())
    note_success(_("Thư của cuộc họp được gửi đi."))
    return _back(code)


def _reason(name: str) -> str:
    return _("%(name)s giữ lại", name=name)


def _back_to() -> str:
    return "thu" if request.values.get("ve") == "thu" else ""


def _back(code: str) -> Response:
    """To the letters when it was asked for there, else to the event."""
    if _back_to():
        return see_other(url_for("mailroom.outgoing", cuoc=code))
    return see_other(url_for("desk.overview", code=code))
