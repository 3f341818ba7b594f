"""Mời ai: choosing whom to invite with how many places, who gets what, and until when they answer."""

from datetime import datetime

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.choosing import choosing
from kstthc_training.desk.forms.inviting import ButtonForm, DeadlineForm, GroupForm, InvitationForm
from kstthc_training.desk.invitees import gettings, way_options
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.policy import Deadlines, may_invite
from kstthc_training.invitations.queries import deadlines_of
from kstthc_training.invitations.queries.candidates import reaches
from kstthc_training.mandates.service import count_event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.queries import seat_count
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success

FRAGMENTS = ("ai_nhan_gi", "chon_ai")
MOST_SHOWN = 50
_STORES = ("moi", "luu-nhom")


@bp.get("/hop/<event_code:code>/quan-ly/moi/them")
@access(runs_events)
def invite(code: str) -> ResponseReturnValue:
    """Whom to invite, by level first."""
    return _inviting_page(workspace_event(code))


@bp.post("/hop/<event_code:code>/quan-ly/moi/them")
@access(runs_events)
def send_invitations(code: str) -> ResponseReturnValue:
    """Invite those chosen, or keep them as a group; the other buttons choose, search and show who would get what."""
    event, act = workspace_event(code), next((each for each in _STORES if each in request.form), "")
    form: InvitationForm = GroupForm() if act == "luu-nhom" else DeadlineForm() if "day" in request.form else ButtonForm()
    if not act:
        return _inviting_page(event)
    if form.validate():
        try:
            with unit_of_work():
                said = _stored(form, workspace_event(code), clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            if act == "moi":
                return see_other(url_for(".invitations", code=code))
            return _inviting_page(workspace_event(code))
    return _inviting_page(workspace_event(code), form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/moi/han")
@access(runs_events)
def set_invitation_deadline(code: str) -> ResponseReturnValue:
    """Set until when all answer, and when those who have not are reminded."""
    form = DeadlineForm()
    if form.validate():
        try:
            with unit_of_work():
                _store_deadline(form, workspace_event(code), clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã lưu hạn trả lời."))
            event = workspace_event(code)
            return _inviting_page(event) if choosing(event).chosen else see_other(url_for(".invite", code=code))
    return _inviting_page(workspace_event(code), form=form, status=422)


def _store_deadline(form: DeadlineForm, event: Event, now: datetime) -> None:
    service.set_deadlines(
        actor=me(), event_id=event.id, answer_by=form.answer_by, remind_days=form.remind_days,
        tells_leaders=form.tells_leaders.data, version=form.version.data, now=now,
    )  # fmt: skip


def _stored(form: InvitationForm, event: Event, now: datetime) -> str:
    chosen = choosing(event)
    if isinstance(form, GroupForm):
        service.save_group(actor=me(), name=form.group_name.data, places=chosen.all_places, now=now)
        return _("Đã lưu nhóm “%(name)s”.", name=form.group_name.data)
    if isinstance(form, DeadlineForm):
        _store_deadline(form, event, now)
    count = service.invite(actor=me(), event_id=event.id, invitees=chosen.invitees(), now=now)
    for mandate_id in chosen.mandates:
        count_event(actor=me(), mandate_id=mandate_id, event_id=event.id, now=now)
    if event.state is EventState.DRAFT:
        return ngettext("Đã mời %(num)d nơi; thư đi khi phát hành.", "Đã mời %(num)d nơi; thư đi khi phát hành.", count)
    return ngettext("Đã mời %(num)d nơi và gửi thư.", "Đã mời %(num)d nơi và gửi thư.", count)


def _inviting_page(event: Event, *, form: InvitationForm | None = None, status: int = 200) -> Response:
    chosen, deadlines = choosing(event), deadlines_of(event.id)
    places, lists = chosen.places, sum(group.is_list for group in chosen.groups)
    reached = reaches([each for each in chosen.candidates if each.id in places])
    getting = gettings(places, chosen.candidates, reached)
    return workspace_page(
        "desk/inviting.html",
        event,
        "invitations",
        fragments=FRAGMENTS,
        status=status,
        form=form,
        group_form=form if isinstance(form, GroupForm) else GroupForm(formdata=None),
        deadline_form=_deadline_form(form, deadlines),
        chosen=chosen,
        ways=way_options(chosen.by, groups=len(chosen.groups) - lists, lists=lists),
        boxes=chosen.boxes(),
        kept=chosen.kept,
        getting=getting[:MOST_SHOWN],
        warned=sum(bool(row.warnings) for row in getting),
        places_asked=sum(places.values()) + len(chosen.people),
        bodies=len(places),
        people=len(chosen.people),
        already=sum(chosen.invited.values()),
        seats=seat_count(event.id),
        may_invite=may_invite(event, clock.now()),
        is_draft=event.state is EventState.DRAFT,
    )


def _deadline_form(form: InvitationForm | None, saved: Deadlines) -> DeadlineForm:
    """The deadline as it was typed; what is saved where nothing was typed, and after an edit that the typed did not see."""
    typed = form if isinstance(form, DeadlineForm) else DeadlineForm()
    return typed if typed.version.data == saved.version else DeadlineForm(formdata=None, data=DeadlineForm.values_of(saved))
