"""The door on a phone: type a few letters of a name or a ticket's code, press once, next."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, current_app, url_for
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
from kstthc_training.ids import may_be_code, random_uuid
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.service import attempts
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations.queries.tickets import find_by_ticket
from kstthc_training.text import whole_number
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import hour
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class Result:
    """What fills the screen after a scan: green, yellow or red; `wait` is after how many seconds to try again."""

    tone: str
    icon: str
    headline: str
    name: str
    detail: str
    wait: int | None = None


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
        return _refused_page(event, column, refused)
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
    if ticket is None and (wait := _codes_wait(typed)):
        return None, MarkMethod.TICKET, _too_many_codes(wait)
    found, other = queries.find_by_code(event, ticket.ticket_code if ticket else typed)
    if found is not None:
        return found, MarkMethod.TICKET, None
    if ticket is None and may_be_code(typed):
        _count_wrong_code()
    refused = _no_such_code(typed) if other is None else _wrong_event(typed, other)
    return None, MarkMethod.TICKET, refused


def _codes_wait(typed: str) -> int | None:
    """How many seconds this account types no code any more; scanned tickets can't be guessed and are never held up."""
    if not may_be_code(typed):
        return None
    return attempts.wait_for(attempts.CODES_AT_DOOR, whose=str(me().account_id), now=clock.now())


def _count_wrong_code() -> None:
    with unit_of_work():
        attempts.count_attempt(attempts.CODES_AT_DOOR, whose=str(me().account_id), now=clock.now())


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


def _too_many_codes(wait: int) -> Result:
    when = hour(clock.now() + timedelta(seconds=wait))
    advice = _("Gõ mã được lại từ %(hour)s. Trong lúc chờ, hãy quét mã QR hoặc tìm theo tên.", hour=when)
    return Result("no", "x", _("Gõ sai mã quá nhiều lần"), "", advice, wait)


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


def _refused_page(event: Event, column: Column, refused: Result | None) -> Response:
    """The door with what is wrong; 429 with the seconds to wait (RFC 6585, 4) after too many wrong codes."""
    if refused is None or refused.wait is None:
        return _door_page(event, column, result=refused, status=422)
    answer = _door_page(event, column, result=refused, status=429)
    answer.headers["Retry-After"] = str(refused.wait)
    return answer


def _door_page(event: Event, column: Column, *, result: Result | None = None, status: int = 200) -> Response:
    search = asked_words()
    found, total = queries.hits(event, column.session_id, search=search)
    return page(
        "attendance/door.html",
        fragments=("ket_qua",),
        status=status,
        event=event,
        column=column,
        expected=queries.expected_count(event),
        search=search,
        may_be_code=may_be_code(search),
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
