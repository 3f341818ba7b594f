"""One invitation: how it stands, what happened to it, and what an organizer changes or notes."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.inviting import ButtonForm, InvitationForm, PlacesForm, ToldForm
from kstthc_training.desk.invited import shown
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.policy import may_invite
from kstthc_training.invitations.queries import InvitationRow, deadlines_of, get_answerable, invitations_at, steps_at
from kstthc_training.invitations.words import LETTERS, act_words
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations.policy import closed_to_all
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/hop/<event_code:code>/quan-ly/moi/<int:invitation_id>")
@access(runs_events)
def invitation(code: str, invitation_id: int) -> ResponseReturnValue:
    """Everything about one invitation."""
    note_reading("invitations.read", subject_type="event", subject_id=workspace_event(code).id)
    return _invitation_page(workspace_event(code), invitation_id)


@bp.post("/hop/<event_code:code>/quan-ly/moi/<int:invitation_id>/so-cho")
@access(runs_events)
def set_invited_places(code: str, invitation_id: int) -> ResponseReturnValue:
    """Change how many places an organisation has."""
    form, event = PlacesForm(), workspace_event(code)
    if form.validate():
        try:
            with unit_of_work():
                service.set_places(
                    actor=me(), invitation=_found(event.id, invitation_id), places=form.places.data or 1,
                    version=form.version.data, now=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã đổi số chỗ mời."))
            return see_other(url_for(".invitation", code=code, invitation_id=invitation_id))
    return _invitation_page(workspace_event(code), invitation_id, form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/moi/<int:invitation_id>/lien-ket")
@access(runs_events)
def renew_invitation(code: str, invitation_id: int) -> ResponseReturnValue:
    """Replace the link of an invitation and send the new one."""
    form, event = ButtonForm(), workspace_event(code)
    if form.validate():
        try:
            with unit_of_work():
                service.renew_link(actor=me(), invitation=_found(event.id, invitation_id), now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã đổi liên kết và gửi lại thư."))
            return see_other(url_for(".invitation", code=code, invitation_id=invitation_id))
    return _invitation_page(workspace_event(code), invitation_id, form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/moi/<int:invitation_id>/tra-loi")
@access(runs_events)
def note_answer(code: str, invitation_id: int) -> ResponseReturnValue:
    """Note what an invitee said by telephone or on paper."""
    form, event = ToldForm(), workspace_event(code)
    if form.validate():
        try:
            with unit_of_work():
                _answer(form, _found(event.id, invitation_id))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã ghi trả lời."))
            return see_other(url_for(".invitation", code=code, invitation_id=invitation_id))
    return _invitation_page(workspace_event(code), invitation_id, form=form, status=422)


def _answer(form: ToldForm, found: Invitation) -> None:
    now = clock.now()
    if form.answer.data == "no":
        service.decline(actor=me(), invitation=found, reason=form.reason.data or "", now=now)
    elif found.organisation_id is None:
        service.attend(actor=me(), invitation=found, now=now)
    else:
        service.accept(actor=me(), invitation=found, places=form.accepted.data or found.places, now=now)


def _found(event_id: int, invitation_id: int) -> Invitation:
    return get_answerable(invitation_id, event_id=event_id)


def _invitation_page(event: Event, invitation_id: int, *, form: InvitationForm | None = None, status: int = 200) -> Response:
    found, now = _found(event.id, invitation_id), clock.now()
    row = _row(event.id, invitation_id)
    is_open = may_invite(event, now) and not row.is_revoked
    places_form = PlacesForm(formdata=None, data={"places": found.places, "version": found.version})
    return workspace_page(
        "desk/invitation.html",
        event,
        "invitations",
        status=status,
        form=form,
        line=shown(row, None),
        row=row,
        deadline=deadlines_of(event.id).of(found),
        letter=LETTERS[row.letter],
        link=invitation_link(invitation_id) if is_open and event.state is EventState.RELEASED else "",
        steps=[(step, act_words(step.act, step.facts)) for step in steps_at(invitation_id)],
        places_form=form if isinstance(form, PlacesForm) and form.errors and not form.form_errors else places_form,
        told_form=form if isinstance(form, ToldForm) else ToldForm(formdata=None, data={"accepted": found.places}),
        may_change=is_open,
        may_answer=is_open and closed_to_all(event, now) is None,
    )


def _row(event_id: int, invitation_id: int) -> InvitationRow:
    row = next((row for row in invitations_at(event_id) if row.id == invitation_id), None)
    if row is None:
        raise Unknown(invitation_id=invitation_id)
    return row
