"""Tổng quan of one event, and what changes its state."""

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.attendance.queries.roster import get_session_columns
from kstthc_training.db import unit_of_work
from kstthc_training.desk import releasing
from kstthc_training.desk.advice import lateness
from kstthc_training.desk.editor import editor_page, offer_choices
from kstthc_training.desk.forms import CallOffForm, EventForm
from kstthc_training.desk.forms.prefill import values_of
from kstthc_training.desk.overview import Situation, session_name, to_do
from kstthc_training.desk.queries import has_programme, marks_by_session, workspace_counts
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.waiting import failed_letters
from kstthc_training.desk.workspace import tab_address, workspace_event, workspace_page
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import WHOLE, get_run_event
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.queries.concerned import concerned_count
from kstthc_training.outbox.queries import find_hold
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.queries import SeatCount, seat_count
from kstthc_training.registrations.words import seats_left_words
from kstthc_training.reminders.queries import next_reminder
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import figure
from kstthc_training.web.notes import note_problem, note_success


@bp.get("/hop/<event_code:code>/quan-ly")
@access(runs_events)
def overview(code: str) -> ResponseReturnValue:
    """Figures, tasks and what may be done with the event."""
    event, now = workspace_event(code), clock.now()
    counts, columns = workspace_counts(event.id), get_session_columns(event, now=now)
    seats = seat_count(event.id)
    situation = Situation(
        event=event,
        counts=counts,
        columns=columns,
        seats_left=seats.capacity is None or seats.taken < seats.capacity,
        programme=has_programme(event.id),
        failed_letters=failed_letters(actor=me(), event_id=event.id),
        now=now,
    )
    held_on, today = clock.local_date(event.starts_at), clock.local_date(now)
    return workspace_page(
        "desk/overview.html",
        event,
        "overview",
        counts=counts,
        seats_words=_seats_words(seats),
        todo=to_do(situation),
        bars=[_bar(column, event) for column in columns],
        may=_may(event),
        next_reminder=next_reminder(event, now=now),
        letters_hold=find_hold(event.id),
        materials_href=tab_address("materials", code),
        advice=lateness(held_on, today) if event.state is EventState.DRAFT else [],
    )


@bp.post("/hop/<event_code:code>/phat-hanh")
@access(runs_events)
def release(code: str) -> ResponseReturnValue:
    """Make a draft known; when an invitation's facts are missing, the form says which."""
    event = get_run_event(actor=me(), code=code, options=WHOLE)
    try:
        with unit_of_work():
            releasing.release(actor=me(), event=event, now=clock.now())
    except Refusal as refusal:
        return _incomplete(code, refusal)
    note_success(_("Đã phát hành."))
    return see_other(url_for(".overview", code=code))


@bp.get("/hop/<event_code:code>/hoan")
@access(runs_events)
def postpone_form(code: str) -> ResponseReturnValue:
    """Asks why it is postponed, and says who will be told."""
    return _call_off_page(workspace_event(code), CallOffForm(), postponing=True)


@bp.post("/hop/<event_code:code>/hoan")
@access(runs_events)
def postpone(code: str) -> ResponseReturnValue:
    """Postpone an event and tell those registered or invited."""
    return _call_off(code, postponing=True)


@bp.get("/hop/<event_code:code>/huy")
@access(runs_events)
def cancel_form(code: str) -> ResponseReturnValue:
    """Asks why it is cancelled, and says who will be told."""
    return _call_off_page(workspace_event(code), CallOffForm(), postponing=False)


@bp.post("/hop/<event_code:code>/huy")
@access(runs_events)
def cancel(code: str) -> ResponseReturnValue:
    """Cancel an event and tell those registered or invited."""
    return _call_off(code, postponing=False)


def _call_off(code: str, *, postponing: bool) -> Response:
    event, form = workspace_event(code), CallOffForm()
    verb = invitations.postpone_event if postponing else invitations.cancel_event
    if form.validate():
        try:
            with unit_of_work():
                told = verb(actor=me(), event=event, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            done = _("Đã hoãn cuộc họp.") if postponing else _("Đã hủy cuộc họp.")
            words = ngettext("Gửi đi %(num)d thư báo.", "Gửi đi %(num)d thư báo.", told)
            note_success(f"{done} {words}" if told else done)
            return see_other(url_for("desk.overview", code=code))
    return _call_off_page(workspace_event(code), form, postponing=postponing, status=422)


def _call_off_page(event: Event, form: CallOffForm, *, postponing: bool, status: int = 200) -> Response:
    marks = sum(marks_by_session(event.id).values())
    return workspace_page(
        "desk/call_off.html", event, "overview", status=status, form=form, postponing=postponing, marks=marks,
        invited=concerned_count(event.id),
    )  # fmt: skip


def _incomplete(code: str, refusal: Refusal) -> Response:
    event = get_run_event(actor=me(), code=code, options=WHOLE)
    form = EventForm(formdata=None, data=values_of(event))
    form.refuse(refusal)
    if event.state is not EventState.DRAFT:
        note_problem(" ".join(str(words) for words in form.form_errors))
        return see_other(url_for("desk.overview", code=code))
    return editor_page(form, offer_choices(form, event), event, status=422)


def _may(event: Event) -> dict[str, bool]:
    released = event.state is EventState.RELEASED
    return {
        "edit": event.state is not EventState.CANCELLED,
        "release": event.state is EventState.DRAFT,
        "postpone": released and clock.now() < event.starts_at,
        "cancel": released or event.state is EventState.POSTPONED,
    }


def _seats_words(seats: SeatCount) -> str:
    """The seats as the pool counts them: those registered at the door hold none, and what is free may wait to be given."""
    if seats.capacity is None:
        return seats_left_words(seats)
    taken = _("%(taken)s / %(capacity)s chỗ", taken=figure(seats.taken), capacity=figure(seats.capacity))
    return f"{taken} · {seats_left_words(seats)}"


def _bar(column: Any, event: Event) -> dict[str, Any]:
    seen = column.present or column.closed_at is not None
    return {
        "label": session_name(column, event),
        "value": column.present,
        "shown": str(column.present) if seen else "–",
        "href": url_for("desk.roster", code=event.code, buoi=column.session_id),
    }
