"""Presses on the roster: one cell, and the closing of a session. With and without JavaScript, the same address."""

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.attendance import queries, service
from kstthc_training.attendance.forms import STATUS_WORDS, CloseForm, MarkForm, last_mark_words
from kstthc_training.attendance.queries import LastMark
from kstthc_training.attendance.routes.blueprint import bp
from kstthc_training.attendance.service import Marked, MarkOrder
from kstthc_training.db import unit_of_work
from kstthc_training.events.queries import get_door_event, get_run_event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import own_path, see_other
from kstthc_training.web.notes import note_problem, note_success


@bp.post("/hop/<event_code:code>/diem-danh")
@access(signed_in)
def mark(code: str) -> ResponseReturnValue:
    """Mark one cell; a script gets the truth as JSON, a plain form goes back to where it came from."""
    form = MarkForm()
    if not form.validate():
        return _refuse_mark(code, form)
    try:
        with unit_of_work():
            event = get_door_event(actor=me(), code=code)
            event_id, order = event.id, form.order()
            marked = service.mark(actor=me(), event=event, order=order, now=clock.now())
    except Refusal as refusal:
        return _refuse_mark(code, form, refusal)
    if _asked_by_script():
        return _truth(event_id, order, marked)
    note_success(_("Đã ghi: %(status)s.", status=STATUS_WORDS[marked.status]))
    return see_other(_back(code))


@bp.post("/hop/<event_code:code>/buoi/<int:session_id>/chot")
@access(runs_events)
def close(code: str, session_id: int) -> ResponseReturnValue:
    """Close a session."""
    form = CloseForm()
    try:
        with unit_of_work():
            event = get_run_event(actor=me(), code=code)
            session = queries.get_session(event, session_id)
            absent = service.close_session(actor=me(), event=event, session=session, now=clock.now())
    except Refusal as refusal:
        form.refuse(refusal)
        note_problem(" ".join(map(str, form.form_errors)))
    else:
        note_success(ngettext("Đã chốt buổi. %(num)d người ghi vắng.", "Đã chốt buổi. %(num)d người ghi vắng.", absent))
    return see_other(_back(code))


def _asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _refuse_mark(code: str, form: MarkForm, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Why nothing was marked; an event that is unknown, or not one's own to mark, is no matter of the form."""
    get_door_event(actor=me(), code=code)
    if refusal:
        form.refuse(refusal)
    problem = " ".join(str(message) for messages in form.errors.values() for message in messages)
    if _asked_by_script():
        return jsonify(problem=problem), 422
    note_problem(problem)
    return see_other(_back(code))


def _truth(event_id: int, order: MarkOrder, marked: Marked) -> ResponseReturnValue:
    """What the page shows after a press: the cell, the head of its column, the person's latest mark, and the tab."""
    present, seen = queries.counts_after_press(event_id, order.session_id)
    last = LastMark(marked.at, order.method, me().display_name)
    return jsonify(
        status=marked.status,
        before=marked.before,
        counts={str(order.session_id): present},
        seen=seen,
        last=last_mark_words(last),
    )


def _back(code: str) -> str:
    return own_path(request.form.get("back")) or url_for("desk.roster", code=code)
