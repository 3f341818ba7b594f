"""Duyệt, từ chối: what the organizer decides of those who applied, on the tab Đăng ký."""

from datetime import datetime

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.registrants import asked_filters
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.routes.guests import guests_page
from kstthc_training.desk.routes.registrations import (
    GUESTS,
    asked_instant,
    comes_from_guests,
    list_address,
    list_page,
    nobody_chosen,
    promoted_words,
)
from kstthc_training.desk.workspace import workspace_event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.forms import RefuseForm, RegistrationForm
from kstthc_training.web.access import access
from kstthc_training.web.addresses import given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/duyet")
@access(runs_events)
def approve_registrations(code: str) -> ResponseReturnValue:
    """Give those ticked, or the one pressed, a seat or a number in the queue, all or none; the note offers to take it
    back."""
    form, now = RegistrationForm(), clock.now()
    chosen = given_numbers("mot") or given_numbers("id")
    if form.validate():
        if not chosen:
            return nobody_chosen(code)
        try:
            with unit_of_work():
                approved = service.approve(actor=me(), event_id=workspace_event(code).id, registration_ids=chosen, now=now)
                said = _approved_words(len(approved), sum(r.state is RegistrationState.WAITING for r in approved))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said, undo_action=_undo_address(code, now))
            return see_other(list_address(code))
    return _refused_page(code, form)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/tu-choi")
@access(runs_events)
def refuse_registrations(code: str) -> ResponseReturnValue:
    """Refuse those ticked with a reason that each is told, all or none; the note offers to consider them again."""
    form, now = RefuseForm(), clock.now()
    chosen = given_numbers("id")
    if form.validate():
        if not chosen:
            return nobody_chosen(code)
        try:
            with unit_of_work():
                refused, promoted = service.refuse(
                    actor=me(), event_id=workspace_event(code).id, registration_ids=chosen,
                    reason=form.reason.data, now=now,
                )  # fmt: skip
                said = _refused_words(len(refused), len(promoted))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said, undo_action=_undo_address(code, now))
            return see_other(list_address(code))
    return _refused_page(code, form)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/xet-lai")
@access(runs_events)
def reconsider_registrations(code: str) -> ResponseReturnValue:
    """Take back what the same organizer decided at one instant; who moved up meanwhile keeps the seat."""
    form = RegistrationForm()
    if form.validate():
        try:
            with unit_of_work():
                back = service.reconsider(actor=me(), event_id=workspace_event(code).id, at=asked_instant(), now=clock.now())
                said = ngettext("Đã xét lại %(num)d đăng ký.", "Đã xét lại %(num)d đăng ký.", len(back))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(list_address(code))
    return _refused_page(code, form)


def _undo_address(code: str, now: datetime) -> str:
    back = {"ve": GUESTS} if comes_from_guests() else asked_filters(request.args).args
    return url_for(".reconsider_registrations", code=code, luc=now.isoformat(), **back)


def _refused_page(code: str, form: RegistrationForm) -> Response:
    """The page from which the decision came, with why it was not taken."""
    event, chosen = workspace_event(code), given_numbers("mot") or given_numbers("id")
    if comes_from_guests():
        return guests_page(event, form=form, refused_id=next(iter(chosen), None), status=422)
    return list_page(event, asked_filters(request.args), form=form, status=422)


def _approved_words(approved: int, waiting: int) -> str:
    said = ngettext("Đã duyệt %(num)d người.", "Đã duyệt %(num)d người.", approved)
    if not waiting:
        return said
    queued = ngettext("%(num)d người vào danh sách chờ vì hết chỗ.", "%(num)d người vào danh sách chờ vì hết chỗ.", waiting)
    return f"{said} {queued}"


def _refused_words(refused: int, promoted: int) -> str:
    return promoted_words(ngettext("Đã từ chối %(num)d người.", "Đã từ chối %(num)d người.", refused), promoted)
