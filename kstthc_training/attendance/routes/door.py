"""The door on a phone: type a few letters of a name or a ticket's code, press once, next."""

from dataclasses import dataclass

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.attendance import queries, service
from kstthc_training.attendance.enums import MarkMethod
from kstthc_training.attendance.errors import TooEarly
from kstthc_training.attendance.forms import METHOD_WORDS, STATUS_WORDS, DoorForm, too_early_words
from kstthc_training.attendance.queries import Column, Hit
from kstthc_training.attendance.routes.blueprint import bp
from kstthc_training.attendance.service import CheckIn, DoorOrder
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_door_event
from kstthc_training.ids import random_uuid
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations.queries.tickets import find_by_ticket
from kstthc_training.text import clean_line, whole_number
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class Result:
    """What fills the screen after a scan: green, yellow or red."""

    tone: str
    icon: str
    headline: str
    name: str
    detail: str


@bp.get("/quet/<event_code:code>")
@access(signed_in)
def sessions(code: str) -> ResponseReturnValue:
    """The sessions of an event; straight on to the one being marked when there is just one."""
    event = get_door_event(actor=me(), code=code)
    columns = queries.get_session_columns(event, now=clock.now())
    open_ones = [column for column in columns if column.is_open]
    if len(open_ones) == 1:
        return see_other(url_for(".door", code=code, session_id=open_ones[0].session_id))
    return page("attendance/sessions.html", event=event, columns=columns, leaves_to=_leaves_to(event))


@bp.get("/quet/<event_code:code>/<int:session_id>")
@access(signed_in)
def door(code: str, session_id: int) -> ResponseReturnValue:
    """The door of one session: empty until something is typed, so that nobody reads the list over a shoulder."""
    event = get_door_event(actor=me(), code=code)
    return _door_page(event, _column_of(event, session_id))


@bp.post("/quet/<event_code:code>/<int:session_id>")
@access(signed_in)
def check_in(code: str, session_id: int) -> ResponseReturnValue:
    """Check somebody in by a pressed name, a typed code or a scanned ticket."""
    event = get_door_event(actor=me(), code=code)
    column, form = _column_of(event, session_id), DoorForm()
    if not form.validate():
        return _door_page(event, column, status=422)
    registration_id, method, refused = _who(event, form.code.data)
    if registration_id is None:
        return _door_page(event, column, result=refused, status=422)
    order = DoorOrder(session_id=session_id, registration_id=registration_id, method=method, nonce=form.nonce.data)
    try:
        with unit_of_work():
            event = get_door_event(actor=me(), code=code)
            done = service.check_in(actor=me(), event=event, order=order, now=clock.now())
    except Refusal as refusal:
        return _door_page(event, column, result=_refused(form, refusal), status=422)
    event = get_door_event(actor=me(), code=code)
    who = queries.hit_of(event, session_id, registration_id)
    return _door_page(event, _column_of(event, session_id), result=_result(done, who))


def _who(event: Event, typed: str) -> tuple[int | None, MarkMethod, Result | None]:
    """The registration meant by `#57` (a pressed name), a typed code, or a scanned ticket, else what to say instead."""
    if typed.startswith("#") and (pressed := whole_number(typed[1:])):
        return pressed, MarkMethod.NAME, None
    ticket = find_by_ticket(typed, key=current_app.config["SETTINGS"].key)
    found, other = queries.find_by_code(event, ticket.ticket_code if ticket else typed)
    if found is not None:
        return found, MarkMethod.TICKET, None
    if other is not None:
        return None, MarkMethod.TICKET, _wrong_event(typed, other)
    return None, MarkMethod.TICKET, _no_such_code(typed)


def _result(done: CheckIn, who: Hit) -> Result:
    if done.already:
        headline = _("Đã điểm danh lúc %(hour)s", hour=f"{clock.local(done.since):%H:%M}")
        return Result("dup", "warn", headline, who.full_name, who.organisation)
    return Result("", "okc", str(STATUS_WORDS[done.status]).capitalize(), who.full_name, who.organisation)


def _refused(form: DoorForm, refusal: Refusal) -> Result:
    if isinstance(refusal, TooEarly):
        return Result("no", "x", _("Chưa mở điểm danh"), "", too_early_words(refusal))
    form.refuse(refusal)
    return Result("no", "x", _("Không ghi được"), "", " ".join(map(str, form.form_errors)))


def _wrong_event(typed: str, title: str) -> Result:
    return Result("no", "x", _("Mã không thuộc cuộc họp này"), typed[:12], _("Mã này là của: %(title)s", title=title))


def _no_such_code(typed: str) -> Result:
    advice = _("Hỏi tên và đơn vị, rồi tìm trong danh sách.")
    return Result("no", "x", _("Không có mã này"), typed[:12], advice)


def _column_of(event: Event, session_id: int) -> Column:
    columns = queries.get_session_columns(event, now=clock.now())
    column = next((c for c in columns if c.session_id == session_id), None)
    if column is None:
        raise Unknown(session_id=session_id)
    return column


def _door_page(event: Event, column: Column, *, result: Result | None = None, status: int = 200) -> Response:
    search = clean_line(request.args.get("q", ""))[:100]
    found, total = queries.hits(event, column.session_id, search=search)
    return page(
        "attendance/door.html",
        fragments=("ket_qua",),
        status=status,
        event=event,
        column=column,
        expected=queries.expected_count(event),
        search=search,
        hits=found,
        total=total,
        result=result,
        recent=queries.recent_marks(column.session_id),
        nonce=random_uuid().hex,
        status_words=STATUS_WORDS,
        method_words=METHOD_WORDS,
        leaves_to=_leaves_to(event),
    )


def _leaves_to(event: Event) -> str:
    if runs_events(me()):
        return url_for("desk.roster", code=event.code)
    return url_for("agenda.event", code=event.code)
