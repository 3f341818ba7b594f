"""The pages behind the link of an invitation, for invitees without an account: the link itself is the proof.

Opening changes nothing but the note that it was opened, since mail scanners open every link.
"""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.words import place_of
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.models import Invitation
from kstthc_training.nominations.forms import AnswerForm, InvitedNominationForm
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.invited import (
    answer,
    answer_as_invited,
    asks_for_more,
    may_swap_now,
    name_people,
    naming_page,
    own_named,
    places_of,
    said_no,
    withdraw_one,
)
from kstthc_training.nominations.routes.opened import bearer, body_opened, opened
from kstthc_training.nominations.routes.ways import link_ways
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.asking import AskingForm, asking_form
from kstthc_training.registrations.errors import AnswerFileRefused
from kstthc_training.registrations.forms import RegisterForm
from kstthc_training.registrations.policy import closed_to_all
from kstthc_training.registrations.queries import find_registration
from kstthc_training.registrations.queries.questions import given_by, questions_of
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.routes.secrets import without_referer
from kstthc_training.registrations.words import state_tag, why_not
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/moi/<secret>")
@access(anyone)
def invited(secret: str) -> ResponseReturnValue:
    """What one is invited to, and the ways to answer."""
    invitation = opened(secret)
    if invitation.opened_at is None:
        actor, number = bearer(invitation), invitation.id
        with unit_of_work():
            invitations.note_opened(actor=actor, invitation_id=number, now=clock.now())
        invitation = opened(secret)
    return _invitation_page(invitation, secret, AnswerForm(formdata=None))


@bp.post("/moi/<secret>/nhan")
@access(anyone)
def accept_invitation(secret: str) -> ResponseReturnValue:
    """Say yes: as a person, or as an organisation for some places whose names follow."""
    return _answered(secret, is_yes=True)


@bp.post("/moi/<secret>/khong-du")
@access(anyone)
def decline_invitation(secret: str) -> ResponseReturnValue:
    """Say that nobody can come."""
    return _answered(secret, is_yes=False)


@bp.get("/moi/<secret>/cu-nguoi")
@access(anyone)
def invited_nomination(secret: str) -> ResponseReturnValue:
    """The people named so far, and those who may be named."""
    return _naming_page(body_opened(secret), secret, InvitedNominationForm())


@bp.post("/moi/<secret>/cu-nguoi")
@access(anyone)
def nominate_invited(secret: str) -> ResponseReturnValue:
    """Name those ticked and those typed in; the other buttons of the form search and add rows."""
    invitation, form = body_opened(secret), InvitedNominationForm()
    if asks_for_more(form):
        return _naming_page(invitation, secret, form)
    if form.validate():
        actor, body = bearer(invitation), invitation.organisation_id or 0
        try:
            with unit_of_work():
                found = opened(secret)
                said = name_people(
                    form, actor=actor, event=found.event, organisation_id=body, invitation=found, now=clock.now()
                )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return without_referer(see_other(url_for(".invited", secret=secret)))
    return _naming_page(body_opened(secret), secret, form, status=422)


@bp.post("/moi/<secret>/rut")
@access(anyone)
def withdraw_invited(secret: str) -> ResponseReturnValue:
    """Withdraw one person whom the organisation named."""
    invitation, form = body_opened(secret), RegisterForm()
    actor, body = bearer(invitation), invitation.organisation_id or 0
    if form.validate():
        try:
            with unit_of_work():
                _person, name = withdraw_one(actor=actor, event=opened(secret).event, organisation_id=body, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã rút tên %(name)s.", name=name))
            return without_referer(see_other(url_for(".invited", secret=secret)))
    shown = AnswerForm(formdata=None)
    shown.form_errors.extend(form.form_errors)
    return _invitation_page(opened(secret), secret, shown, status=422)


def _answered(secret: str, *, is_yes: bool) -> Response:
    form, invitation = AnswerForm(), opened(secret)
    actor, asked = bearer(invitation), _asked_of(invitation, is_yes=is_yes)
    if form.validate() & asked.validate():
        try:
            with asked.files_held() as files, unit_of_work():
                found = opened(secret)
                said = answer(form, actor=actor, invitation=found, is_yes=is_yes, now=clock.now())
                if asked.questions:
                    answer_as_invited(actor, found, asked.answers(), files, now=clock.now())
        except AnswerFileRefused as refusal:
            asked.refuse(refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return without_referer(see_other(url_for(".invited", secret=secret)))
    return _invitation_page(opened(secret), secret, form, asked=asked, status=422)


def _asked_of(invitation: Invitation, *, is_yes: bool) -> AskingForm:
    """What the event asks of a person who says yes; of an organisation, and of who cannot come, nothing."""
    if invitation.person_id is None or not is_yes:
        return asking_form([])
    questions = questions_of(invitation.event_id)
    own = find_registration(event_id=invitation.event_id, person_id=invitation.person_id) if questions else None
    stored = given_by(own.id) if own else {}
    return asking_form(questions, stored={question_id: one.value for question_id, one in stored.items()})


def _invitation_page(
    invitation: Invitation, secret: str, form: AnswerForm, *, asked: AskingForm | None = None, status: int = 200
) -> Response:
    event, now, body = invitation.event, clock.now(), invitation.organisation
    own = find_registration(event_id=event.id, person_id=invitation.person_id) if body is None else None
    shown = page(
        "nominations/invitation.html",
        status=status,
        invitation=invitation,
        event=event,
        form=form,
        asked=asked or _asked_of(invitation, is_yes=True),
        secret=secret,
        invitee=body.name if body else invitation.person.full_name if invitation.person else "",
        is_body=body is not None,
        place=place_of(event, with_address=True),
        places=places_of(invitation, now),
        named=own_named(body.id, event) if body else [],
        own=state_tag(own.state) if own and not said_no(invitation) else None,
        said_no=said_no(invitation),
        may_swap=body is not None and may_swap_now(event, rules_of(event.id), now),
        why_not=why_not(closed_to_all(event, now)),
    )
    return without_referer(shown)


def _naming_page(invitation: Invitation, secret: str, form: InvitedNominationForm, status: int = 200) -> Response:
    assert invitation.organisation is not None  # noqa: S101 - looked at when it was opened
    ways = link_ways(secret)
    shown = naming_page(invitation.organisation, invitation.event, form, ways, invitation=invitation, status=status)
    return without_referer(shown)
