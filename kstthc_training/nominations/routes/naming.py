"""Cử người dự: naming people of an organisation for an event, and withdrawing them."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.invitations.queries import invitation_of
from kstthc_training.nominations.forms import InvitedNominationForm
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.invited import asks_for_more, name_people, naming_page, withdraw_one
from kstthc_training.nominations.routes.ways import signed_in_ways
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point, speaks_for
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations.forms import NominationForm, RegisterForm
from kstthc_training.registrations.queries import organisations_of
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/don-vi/<int:organisation_id>/<event_code:code>")
@access(is_focal_point)
def nomination(organisation_id: int, code: str) -> ResponseReturnValue:
    """The people named so far, and those who may be named."""
    return _nomination_page(own_organisation(organisation_id), code, InvitedNominationForm())


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>")
@access(is_focal_point)
def nominate(organisation_id: int, code: str) -> ResponseReturnValue:
    """Name those ticked and those typed in; the other buttons of the form search and add rows, and keep what is there."""
    organisation, form = own_organisation(organisation_id), InvitedNominationForm()
    if asks_for_more(form):
        return _nomination_page(organisation, code, form)
    if form.validate():
        try:
            with unit_of_work():
                event = get_event(actor=me(), code=code)
                asked = invitation_of(event_id=event.id, organisation_id=organisation_id)
                said = name_people(
                    form, actor=me(), event=event, organisation_id=organisation_id, invitation=asked, now=clock.now()
                )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".nomination", organisation_id=organisation_id, code=code))
    return _nomination_page(organisation, code, form, status=422)


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>/rut")
@access(is_focal_point)
def withdraw(organisation_id: int, code: str) -> ResponseReturnValue:
    """Withdraw one person; the seat goes to the first in the queue."""
    organisation, form = own_organisation(organisation_id), RegisterForm()
    if form.validate():
        try:
            with unit_of_work():
                event = get_event(actor=me(), code=code)
                person_id, name = withdraw_one(actor=me(), event=event, organisation_id=organisation_id, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            again = url_for(".nominate", organisation_id=organisation_id, code=code, nguoi=person_id)
            note_success(_("Đã rút tên %(name)s.", name=name), undo_action=again)
            return see_other(url_for(".nomination", organisation_id=organisation_id, code=code))
    shown = InvitedNominationForm(formdata=None)
    shown.form_errors.extend(form.form_errors)
    return _nomination_page(organisation, code, shown, status=422)


def own_organisation(organisation_id: int) -> Organisation:
    """An organisation that the actor speaks for; `Unknown` for any other."""
    if not speaks_for(me(), organisation_id):
        raise Unknown(organisation_id=organisation_id)
    return organisations_of([organisation_id])[0]


def _nomination_page(organisation: Organisation, code: str, form: NominationForm, status: int = 200) -> Response:
    event = get_event(actor=me(), code=code, options=(joinedload(Event.kind), joinedload(Event.venue)))
    ways = signed_in_ways(organisation, code)
    asked = invitation_of(event_id=event.id, organisation_id=organisation.id)
    return naming_page(organisation, event, form, ways, invitation=asked, status=status)
