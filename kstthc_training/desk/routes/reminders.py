"""Lịch nhắc: which reminders of an event go when to how many, what was sent, and what an organizer decides about them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.reminders_form import MarkForm, ReminderForm
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.queries.addressees import addressees
from kstthc_training.reminders import queries, service
from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.policy import Reminder
from kstthc_training.reminders.words import REMINDED, mark_words, reminder_words
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/nhac")
@access(runs_events)
def reminders(code: str) -> ResponseReturnValue:
    """The reminders to come, those sent, and the rules."""
    return _page(workspace_event(code))


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/nhac")
@access(runs_events)
def set_reminders(code: str) -> ResponseReturnValue:
    """Let the event remind by its own rules from now on."""
    event, form = workspace_event(code), ReminderForm()
    status = 422
    if form.validate():
        try:
            with unit_of_work():
                service.set_rules(actor=me(), event_id=event.id, rules=form.rules(), now=clock.now())
        except Stale as refusal:
            form.refuse(refusal)
            form.show(queries.rules_of(event.id, now=clock.now()))
            status = 409
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã lưu lịch nhắc."))
            return see_other(url_for(".reminders", code=code))
    return _page(workspace_event(code), form=form, status=status)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/nhac/gui-ngay")
@access(runs_events)
def send_reminder(code: str) -> ResponseReturnValue:
    """Send one reminder at once."""

    def send(event: Event, mark: str, now: datetime) -> None:
        told = service.send_now(actor=me(), event_id=event.id, mark=mark, now=now)
        note_success(_told(mark, told))

    return _decided(code, send)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/nhac/bo")
@access(runs_events)
def skip_reminder(code: str) -> ResponseReturnValue:
    """Leave one reminder out; it stands in the list, to be brought back."""

    def skip(event: Event, mark: str, now: datetime) -> None:
        service.skip(actor=me(), event_id=event.id, mark=mark, now=now)
        note_success(_("Đã bỏ lần nhắc này."))

    return _decided(code, skip)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/nhac/nhac-lai")
@access(runs_events)
def resume_reminder(code: str) -> ResponseReturnValue:
    """Let a reminder that was left out go after all."""

    def resume(event: Event, mark: str, now: datetime) -> None:
        service.resume(actor=me(), event_id=event.id, mark=mark, now=now)
        note_success(_("Lần nhắc này lại đi như lịch."))

    return _decided(code, resume)


def _told(mark: str, told: int) -> str:
    if not told:
        return _("Không còn ai cần nhắc.")
    if mark.startswith(Reminded.START):
        return ngettext("Đã nhắc %(num)d người.", "Đã nhắc %(num)d người.", told)
    return ngettext("Đã nhắc %(num)d nơi.", "Đã nhắc %(num)d nơi.", told)


def _decided(code: str, act: Callable[[Event, str, datetime], None]) -> Response:
    form = MarkForm()
    if form.validate():
        try:
            with unit_of_work():
                act(workspace_event(code), request.form.get("mark", ""), clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(url_for(".reminders", code=code))
    return _page(workspace_event(code), refused=form, status=422)


def _page(event: Event, *, form: ReminderForm | None = None, refused: MarkForm | None = None, status: int = 200) -> Response:
    now = clock.now()
    if form is None:
        form = ReminderForm(formdata=None)
        form.show(queries.rules_of(event.id, now=now))
    quiet = queries.quiet_now(now)
    return workspace_page(
        "desk/reminders.html",
        event,
        "registrations",
        status=status,
        form=form,
        refused=refused,
        coming=_coming(event, now),
        sent=[
            (*mark_words(mark), mark.startswith(Reminded.START), sent) for mark, sent in queries.sent_of(event.id).items()
        ],
        may_change=event.state not in (EventState.CANCELLED, EventState.CLOSED) and now < event.starts_at,
        is_released=event.state is EventState.RELEASED,
        is_usual=form.version.data == 0,
        quiet=quiet,
        is_quiet=quiet.begins != quiet.ends,
    )


def _coming(event: Event, now: datetime) -> list[dict[str, Any]]:
    """The reminders to come with what they are, when they go and to how many as things stand."""
    seated = sum(to.state is RegistrationState.CONFIRMED and bool(to.email) for to in addressees(event.id))
    owing, silent, skipped = (
        queries.owing_counts(event.id), queries.silent_counts(event.id), queries.skipped_of(event.id),
    )  # fmt: skip

    def reached(reminder: Reminder) -> int:
        if reminder.what is Reminded.START:
            return seated
        return (owing if reminder.what is Reminded.NAMES else silent).get(reminder.anchor, 0)

    return [
        {
            "mark": each.mark,
            "what": REMINDED[each.what],
            "rule": reminder_words(each),
            "due": each.due,
            "to_people": each.what is Reminded.START,
            "count": reached(each),
            "is_skipped": each.mark in skipped,
        }
        for each in queries.reminders_of(event, now=now)
        if each.due > now
    ]
