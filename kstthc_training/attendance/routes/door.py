"""The door on a phone: type a few letters of a name or a ticket's code, press once, next."""

from datetime import timedelta

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.attendance import queries, service
from kstthc_training.attendance.enums import MarkMethod
from kstthc_training.attendance.forms import DoorForm
from kstthc_training.attendance.routes.blueprint import bp
from kstthc_training.attendance.routes.door_page import (
    Result,
    column_of,
    door_page,
    leaves_to,
    refused_page,
    refused_result,
    result_of,
)
from kstthc_training.attendance.service import DoorOrder
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_door_event
from kstthc_training.ids import may_be_code
from kstthc_training.people.identity import me
from kstthc_training.people.service import attempts
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.queries.tickets import find_by_ticket
from kstthc_training.text import whole_number
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import hour
from kstthc_training.web.pages import page


@bp.get("/quet/<event_code:code>")
@access(signed_in)
def sessions(code: str) -> ResponseReturnValue:
    """The sessions of an event; straight on to the one being marked when there is just one."""
    event = get_door_event(actor=me(), code=code)
    columns = queries.get_session_columns(event, now=clock.now())
    open_ones = [column for column in columns if column.is_open]
    if len(open_ones) == 1:
        return see_other(url_for(".door", code=code, session_id=open_ones[0].session_id))
    return page("attendance/sessions.html", event=event, columns=columns, leaves_to=leaves_to(event))


@bp.get("/quet/<event_code:code>/<int:session_id>")
@access(signed_in)
def door(code: str, session_id: int) -> ResponseReturnValue:
    """The door of one session: empty until something is typed, so that nobody reads the list over a shoulder."""
    event = get_door_event(actor=me(), code=code)
    return door_page(event, column_of(event, session_id))


@bp.post("/quet/<event_code:code>/<int:session_id>")
@access(signed_in)
def check_in(code: str, session_id: int) -> ResponseReturnValue:
    """Check somebody in by a pressed name, a typed code or a scanned ticket."""
    event = get_door_event(actor=me(), code=code)
    column, form = column_of(event, session_id), DoorForm()
    if not form.validate():
        return door_page(event, column, status=422)
    registration_id, method, refused = _who(event, form.code.data)
    if registration_id is None:
        return refused_page(event, column, refused)
    order = DoorOrder(session_id=session_id, registration_id=registration_id, method=method, nonce=form.nonce.data)
    try:
        with unit_of_work():
            event = get_door_event(actor=me(), code=code)
            done = service.check_in(actor=me(), event=event, order=order, now=clock.now())
    except Refusal as refusal:
        return door_page(event, column, result=refused_result(form, refusal), status=422)
    event = get_door_event(actor=me(), code=code)
    who = queries.hit_of(event, session_id, registration_id)
    return door_page(event, column_of(event, session_id), result=result_of(done, who))


def _who(event: Event, typed: str) -> tuple[int | None, MarkMethod, Result | None]:
    """The registration meant by `#57` (a pressed name), a typed code, or a scanned ticket, else what to say instead."""
    if typed.startswith("#") and (pressed := whole_number(typed[1:])):
        return pressed, MarkMethod.NAME, None
    ticket = find_by_ticket(typed, key=current_app.config["SETTINGS"].key)
    method = MarkMethod.TICKET if ticket else MarkMethod.CODE
    if ticket is None and (wait := _codes_wait(typed)):
        return None, method, _too_many_codes(wait)
    found, other = queries.find_by_code(event, ticket.ticket_code if ticket else typed)
    if found is not None:
        return found, method, None
    if ticket is None and may_be_code(typed):
        _count_wrong_code()
    refused = _no_such_code(typed) if other is None else _wrong_event(typed, other)
    return None, method, refused


def _codes_wait(typed: str) -> int | None:
    """How many seconds this account types no code any more; scanned tickets can't be guessed and are never held up."""
    if not may_be_code(typed):
        return None
    return attempts.wait_for(attempts.CODES_AT_DOOR, whose=str(me().account_id), now=clock.now())


def _count_wrong_code() -> None:
    with unit_of_work():
        attempts.count_attempt(attempts.CODES_AT_DOOR, whose=str(me().account_id), now=clock.now())


def _too_many_codes(wait: int) -> Result:
    when = hour(clock.now() + timedelta(seconds=wait))
    advice = _("Gõ mã được lại từ %(hour)s. Trong lúc chờ, hãy quét mã QR hoặc tìm theo tên.", hour=when)
    return Result("no", "x", _("Gõ sai mã quá nhiều lần"), "", advice, wait)


def _wrong_event(typed: str, title: str) -> Result:
    return Result("no", "x", _("Mã không thuộc cuộc họp này"), typed[:12], _("Mã này là của: %(title)s", title=title))


def _no_such_code(typed: str) -> Result:
    advice = _("Hỏi tên và đơn vị, rồi tìm trong danh sách.")
    return Result("no", "x", _("Không có mã này"), typed[:12], advice)
