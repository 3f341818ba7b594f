"""Mời: everyone invited to an event, what they answered, and what is done with several of them."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.inviting import ButtonForm, ExtendForm, InvitationForm, RevokeForm
from kstthc_training.desk.invited import Shown, area_options, asked_filters, figures, other_counts, shown
from kstthc_training.desk.mail_answers import mail_answers
from kstthc_training.desk.queries import attended_at
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.policy import Deadlines, may_invite
from kstthc_training.invitations.queries import InvitationRow, deadlines_of, invitations_at
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.addresses import given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import moment
from kstthc_training.web.notes import note_success


@bp.get("/hop/<event_code:code>/quan-ly/moi")
@access(runs_events)
def invitations(code: str) -> ResponseReturnValue:
    """The list, whole, narrowed by standing, words and area."""
    note_reading("invitations.read", subject_type="event", subject_id=workspace_event(code).id)
    return _list_page(workspace_event(code))


@bp.post("/hop/<event_code:code>/quan-ly/moi/nhac")
@access(runs_events)
def remind_invitees(code: str) -> ResponseReturnValue:
    """Remind those ticked who have not answered."""

    def remind(event: Event, now: datetime) -> str:
        count = service.remind(actor=me(), event_id=event.id, invitation_ids=given_numbers("id"), now=now)
        return ngettext("Đã nhắc %(num)d nơi.", "Đã nhắc %(num)d nơi.", count)

    return _done(code, ButtonForm(), remind)


@bp.post("/hop/<event_code:code>/quan-ly/moi/gia-han")
@access(runs_events)
def extend_invitations(code: str) -> ResponseReturnValue:
    """Let those ticked answer until another instant."""
    form = ExtendForm()

    def extend(event: Event, now: datetime) -> str:
        count = service.set_deadline(
            actor=me(), event_id=event.id, invitation_ids=given_numbers("id"), answer_by=form.answer_by, now=now
        )
        when = moment(form.answer_by)
        return ngettext(
            "Đã đổi hạn của %(num)d nơi thành %(when)s.", "Đã đổi hạn của %(num)d nơi thành %(when)s.", count, when=when
        )

    return _done(code, form, extend)


@bp.post("/hop/<event_code:code>/quan-ly/moi/thu-hoi-cho")
@access(runs_events)
def release_invited_places(code: str) -> ResponseReturnValue:
    """Take the places back for which those ticked gave no names."""

    def release(event: Event, now: datetime) -> str:
        count = service.release_places(actor=me(), event_id=event.id, invitation_ids=given_numbers("id"), now=now)
        return ngettext("Đã thu hồi %(num)d chỗ.", "Đã thu hồi %(num)d chỗ.", count)

    return _done(code, ButtonForm(), release)


@bp.post("/hop/<event_code:code>/quan-ly/moi/thu-hoi")
@access(runs_events)
def revoke_invitations(code: str) -> ResponseReturnValue:
    """Take the invitations of those ticked back."""
    form = RevokeForm()

    def revoke(event: Event, now: datetime) -> str:
        count = service.revoke(
            actor=me(), event_id=event.id, invitation_ids=given_numbers("id"), reason=form.reason.data or "", now=now
        )
        return ngettext("Đã thu hồi %(num)d giấy mời.", "Đã thu hồi %(num)d giấy mời.", count)

    return _done(code, form, revoke)


def _done(code: str, form: InvitationForm, act: Callable[[Event, datetime], str]) -> Response:
    if form.validate():
        try:
            with unit_of_work():
                said = act(workspace_event(code), clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".invitations", code=code, **asked_filters(request.args).args))
    return _list_page(workspace_event(code), form=form, status=422)


def _list_page(event: Event, *, form: InvitationForm | None = None, status: int = 200) -> Response:
    filters, rows, deadlines = asked_filters(request.args), invitations_at(event.id), deadlines_of(event.id)
    now = clock.now()
    return workspace_page(
        "desk/invitations.html",
        event,
        "invitations",
        fragments=("danh_sach",),
        status=status,
        form=form,
        extend_form=form if isinstance(form, ExtendForm) else ExtendForm(formdata=None),
        filters=filters,
        figures=figures(rows),
        others=other_counts(rows),
        areas=area_options(rows),
        rows=_lines(event, [row for row in rows if filters.keep(row)]),
        total=sum(not row.is_revoked for row in rows),
        deadlines=deadlines,
        next_reminder=_next_reminder(deadlines, now),
        may_invite=may_invite(event, now),
        ticked=set(given_numbers("id")),
    )


def _lines(event: Event, rows: list[InvitationRow]) -> list[Shown]:
    mailed = mail_answers(event)
    if event.state is not EventState.CLOSED:
        return [shown(row, None, mailed=mailed.get(row.person_id or 0, "")) for row in rows]
    bodies, people = attended_at(event.id)
    return [
        shown(
            row,
            bodies.get(row.organisation_id, 0) if row.organisation_id else int(row.person_id in people),
            mailed=mailed.get(row.person_id or 0, ""),
        )
        for row in rows
    ]


def _next_reminder(deadlines: Deadlines, now: datetime) -> str:
    """When those who have not answered are reminded next, in words; '' when never."""
    to_come = [at for at in deadlines.reminders(deadlines.answer_by) if at > now]
    return _("tự nhắc lúc %(when)s", when=moment(to_come[0])) if to_come else ""
