"""Đăng ký: everyone registered for an event on one page, to be searched, taken back and put back; and the seats."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.views import ViewForm
from kstthc_training.desk.mail_answers import mail_answers
from kstthc_training.desk.registrant_table import TableColumn, Told, asks_answers, chosen_columns, columns_of, heads
from kstthc_training.desk.registrants import (
    Filters,
    asked_filters,
    listed,
    organisation_options,
    rows_shown,
    shown_columns,
    state_options,
)
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission, RegistrationState
from kstthc_training.registrations.forms import CancelForm, CapacityForm
from kstthc_training.registrations.policy import closed_to_all, may_resize, obstacle
from kstthc_training.registrations.queries import seat_count
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.queries.views import views_for
from kstthc_training.registrations.words import why_not
from kstthc_training.web.access import access
from kstthc_training.web.addresses import given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.forms import Form
from kstthc_training.web.notes import note_problem, note_success

GUESTS = "khach"  # in an address: the act belongs to the page of the guests


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky")
@access(runs_events)
def registrations(code: str) -> ResponseReturnValue:
    """The list, whole: a thousand people stand on one page."""
    note_reading("registrations.read", subject_type="event", subject_id=workspace_event(code).id)
    return list_page(workspace_event(code), asked_filters(request.args))


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/huy")
@access(runs_events)
def cancel_registrations(code: str) -> ResponseReturnValue:
    """Take the ticked registrations back, all or none; the note offers to register them again."""
    form, now = CancelForm(), clock.now()
    chosen = given_numbers("id")
    if form.validate():
        if not chosen:
            return nobody_chosen(code)
        try:
            with unit_of_work():
                taken_back, promoted = service.cancel_several(
                    actor=me(), event_id=workspace_event(code).id, registration_ids=chosen,
                    reason=form.reason.data, now=now,
                )  # fmt: skip
                said = _cancelled_words(len(taken_back), len(promoted))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            undo = url_for(".restore_registrations", code=code, luc=now.isoformat(), **asked_filters(request.args).args)
            note_success(said, undo_action=undo)
            return see_other(list_address(code))
    return list_page(workspace_event(code), asked_filters(request.args), form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/hoan-tac")
@access(runs_events)
def restore_registrations(code: str) -> ResponseReturnValue:
    """Register again those whom the same organizer took back at one instant; who moved up keeps the seat."""
    form = CancelForm()
    if form.validate():
        try:
            with unit_of_work():
                entered = service.restore(actor=me(), event=workspace_event(code), at=asked_instant(), now=clock.now())
                waiting = sum(r.state is RegistrationState.WAITING for r in entered)
                said = _restored_words(len(entered), waiting)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(list_address(code))
    return list_page(workspace_event(code), asked_filters(request.args), form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/so-cho")
@access(runs_events)
def set_capacity(code: str) -> ResponseReturnValue:
    """Change the number of seats; new ones go to those who wait."""
    form = CapacityForm()
    if form.validate():
        try:
            with unit_of_work():
                promoted = service.set_capacity(
                    actor=me(), event=workspace_event(code), capacity=form.capacity.data, now=clock.now()
                )
                said = promoted_words(_("Đã đổi số chỗ."), len(promoted))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(list_address(code))
    return list_page(workspace_event(code), asked_filters(request.args), form=form, status=422)


def nobody_chosen(code: str) -> Response:
    """Back to the list after an act that nobody was ticked for."""
    note_problem(_("Chưa chọn ai."))
    return see_other(list_address(code))


def list_page(event: Event, filters: Filters, *, form: Form | None = None, status: int = 200) -> Response:
    """The tab with what the filters leave of the list; `form` is one that was refused."""
    found, rules = listed(event, filters), rules_of(event.id)
    offered = columns_of(event, questions_of(event.id), asks_credentials=rules.asks_credentials)
    chosen = chosen_columns(offered, shown_columns(filters))
    told = Told(me(), answers_at(event.id) if asks_answers(chosen) else {}, mail_answers(event))
    return workspace_page(
        "desk/registrations.html",
        event,
        "registrations",
        fragments=("danh_sach",),
        status=status,
        form=form,
        filters=filters,
        rows=rows_shown(found, chosen, told),
        heads=heads(chosen, filters.order),
        columns=[(column.word, column.label, column in chosen) for column in offered],
        views=views_for(me().account_id),
        view_form=form if isinstance(form, ViewForm) else ViewForm(formdata=None),
        total=found.total,
        states=state_options(found, filters),
        may_decide=bool(found.counts[RegistrationState.PENDING]) and not closed_to_all(event, clock.now()),
        organisations=organisation_options(found),
        seats=seat_count(event.id),
        capacity_form=form
        if isinstance(form, CapacityForm)
        else CapacityForm(formdata=None, data={"capacity": event.capacity}),
        may_resize=may_resize(event),
        is_allocated=rules.admission is Admission.ALLOCATION,
        takes_guests=rules.guests_allowed,
        guests_pending=found.guests_pending,
        why_not=why_not(obstacle(event, None, clock.now())),
    )


def table_columns(event: Event) -> Sequence[TableColumn]:
    """Every column that the list of an event can have: two statements."""
    return columns_of(event, questions_of(event.id), asks_credentials=rules_of(event.id).asks_credentials)


def list_address(code: str) -> str:
    """Where the list stands with the filters of this request; who came from the guests goes back there."""
    if comes_from_guests():
        return url_for(".guests", code=code)
    return url_for(".registrations", code=code, **asked_filters(request.args).args)


def comes_from_guests() -> bool:
    """Whether this act was asked for on the page of the guests."""
    return request.args.get("ve") == GUESTS


def asked_instant() -> datetime:
    """The instant of the act that is to be undone; `Unknown` when the address holds none."""
    try:
        at = datetime.fromisoformat(request.args.get("luc", ""))
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):  # the zone may lead out of the calendar's years
        pass
    raise Unknown


def _cancelled_words(taken_back: int, promoted: int) -> str:
    said = ngettext("Đã hủy %(num)d đăng ký.", "Đã hủy %(num)d đăng ký.", taken_back)
    return promoted_words(said, promoted)


def promoted_words(said: str, promoted: int) -> str:
    """What was done, and how many moved up by it."""
    if not promoted:
        return said
    moved = ngettext(
        "%(num)d người trong danh sách chờ đã có chỗ.", "%(num)d người trong danh sách chờ đã có chỗ.", promoted
    )
    return f"{said} {moved}"


def _restored_words(entered: int, waiting: int) -> str:
    said = ngettext("Đã đăng ký lại %(num)d người.", "Đã đăng ký lại %(num)d người.", entered)
    if not waiting:
        return said
    queued = ngettext("%(num)d người vào danh sách chờ.", "%(num)d người vào danh sách chờ.", waiting)
    return f"{said} {queued}"
