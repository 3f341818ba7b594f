"""Cử người dự: naming people of an organisation for an event, and withdrawing them."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.events.words import place_of
from kstthc_training.nominations.queries import Staff, staff_of
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point, speaks_for
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.forms import NominationForm, RegisterForm
from kstthc_training.registrations.policy import has_begun, obstacle
from kstthc_training.registrations.queries import (
    belonging_to,
    get_named,
    named_people,
    organisations_of,
    seat_count,
)
from kstthc_training.registrations.words import named_counts, seats_left_words, state_tag, why_not
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words, given_numbers, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

FRAGMENTS = ("cu_nguoi", "nguoi_cua_don_vi")


@bp.get("/don-vi/<int:organisation_id>/<event_code:code>")
@access(is_focal_point)
def nomination(organisation_id: int, code: str) -> ResponseReturnValue:
    """The people named so far, and those who may be named."""
    return _nomination_page(_own_organisation(organisation_id), code, NominationForm())


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>")
@access(is_focal_point)
def nominate(organisation_id: int, code: str) -> ResponseReturnValue:
    """Name those ticked and those typed in; the other buttons of the form search and add rows, and keep what is there."""
    organisation, form = _own_organisation(organisation_id), NominationForm()
    if "tim" in request.form or "them" in request.form:
        if "them" in request.form:
            form.with_empty_row()
        return _nomination_page(organisation, code, form)
    if form.validate():
        try:
            with unit_of_work():
                results = service.nominate(
                    actor=me(),
                    event=get_event(actor=me(), code=code),
                    organisation_id=organisation_id,
                    person_ids=_ticked(),
                    new_people=form.named(),
                    now=clock.now(),
                )
                said = named_counts(results)
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
    organisation, form = _own_organisation(organisation_id), RegisterForm()
    if form.validate():
        try:
            with unit_of_work():
                event = get_event(actor=me(), code=code)
                named = get_named(organisation_id, event_id=event.id, registration_id=posted_number("id"))
                person_id, name = named.person_id, named.person.full_name
                service.cancel(actor=me(), registration=named, reason="", now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            again = url_for(".nominate", organisation_id=organisation_id, code=code, nguoi=person_id)
            note_success(_("Đã rút tên %(name)s.", name=name), undo_action=again)
            return see_other(url_for(".nomination", organisation_id=organisation_id, code=code))
    shown = NominationForm(formdata=None)
    shown.form_errors.extend(form.form_errors)
    return _nomination_page(organisation, code, shown, status=422)


def _own_organisation(organisation_id: int) -> Organisation:
    if not speaks_for(me(), organisation_id):
        raise Unknown(organisation_id=organisation_id)
    return organisations_of([organisation_id])[0]


def _ticked() -> list[int]:
    return given_numbers("nguoi")


def _nomination_page(organisation: Organisation, code: str, form: NominationForm, status: int = 200) -> Response:
    event = get_event(actor=me(), code=code, options=(joinedload(Event.kind), joinedload(Event.venue)))
    now, ticked, search = clock.now(), _ticked(), asked_words()
    seats, named = seat_count(event.id), named_people(organisation.id, event_id=event.id)
    staff = staff_of(organisation.id, event_id=event.id, search=search, kept=ticked)
    return page(
        "nominations/naming.html",
        fragments=FRAGMENTS,
        status=status,
        organisation=organisation,
        event=event,
        form=form,
        search=search,
        ticked=set(ticked),
        candidates=[person for person in staff if _may_be_named(person)],
        named=[(person, state_tag(person.state, person.place)) for person in named],
        place=place_of(event, with_address=True),
        seats=seats,
        seats_left=seats_left_words(seats),
        why_not=why_not(obstacle(event, belonging_to(organisation.id), now)),
        may_withdraw=not has_begun(event, now),
        action=url_for(".nominate", organisation_id=organisation.id, code=code),
        withdraw_action=url_for(".withdraw", organisation_id=organisation.id, code=code),
    )


def _may_be_named(person: Staff) -> bool:
    return person.state in (None, RegistrationState.CANCELLED)
