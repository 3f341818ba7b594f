"""Dự thay: choosing who comes in the place of somebody named, among the people of the organisation or somebody new."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.nominations.forms import SwapForm
from kstthc_training.nominations.queries import staff_of
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.invited import may_be_named, may_swap_now
from kstthc_training.nominations.routes.naming import own_organisation
from kstthc_training.nominations.routes.opened import bearer, body_opened
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import me
from kstthc_training.people.models import Person
from kstthc_training.people.policy import is_focal_point
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries import get_named, rules_of
from kstthc_training.registrations.routes.secrets import without_referer
from kstthc_training.registrations.words import state_tag
from kstthc_training.web.access import access, anyone
from kstthc_training.web.addresses import asked_number, asked_words, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class Swap:
    """One swap on its way: by whom, of whose people, at which event, where it is sent and where it leads back."""

    actor: Actor
    organisation: Organisation
    event: Event
    here: str
    back: str


@bp.get("/don-vi/<int:organisation_id>/<event_code:code>/doi")
@access(is_focal_point)
def choose_substitute(organisation_id: int, code: str) -> ResponseReturnValue:
    """Who may come in the place of one named: the people of the organisation, or somebody new typed in."""
    return _page(_of_focal_point(organisation_id, code), asked_number("ai"))


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>/doi")
@access(is_focal_point)
def swap(organisation_id: int, code: str) -> ResponseReturnValue:
    """Let another of the organisation come in somebody's place, with his seat or his number in the queue."""
    return _swapped(lambda: _of_focal_point(organisation_id, code))


@bp.get("/moi/<secret>/doi")
@access(anyone)
def choose_invited_substitute(secret: str) -> ResponseReturnValue:
    """Who may come in the place of one named, by the link of an invitation."""
    return without_referer(_page(_of_bearer(secret), asked_number("ai")))


@bp.post("/moi/<secret>/doi")
@access(anyone)
def swap_invited(secret: str) -> ResponseReturnValue:
    """Let another of the organisation come in somebody's place, by the link of an invitation."""
    return without_referer(_swapped(lambda: _of_bearer(secret)))


def _of_focal_point(organisation_id: int, code: str) -> Swap:
    body = own_organisation(organisation_id)
    event = get_event(actor=me(), code=code, options=(joinedload(Event.kind), joinedload(Event.venue)))
    here = url_for(".swap", organisation_id=organisation_id, code=code)
    return Swap(me(), body, event, here, url_for(".nomination", organisation_id=organisation_id, code=code))


def _of_bearer(secret: str) -> Swap:
    invitation = body_opened(secret)
    assert invitation.organisation is not None  # noqa: S101 - looked at when it was opened
    here, back = url_for(".swap_invited", secret=secret), url_for(".invited_nomination", secret=secret)
    return Swap(bearer(invitation), invitation.organisation, invitation.event, here, back)


def _swapped(find: Callable[[], Swap]) -> Response:
    form, number, back = SwapForm(), posted_number("id"), find().back
    if form.validate():
        try:
            with unit_of_work():
                said = _swap_one(find(), form, number)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(back)
    return _page(find(), number, form=form, status=422)


def _swap_one(swap: Swap, form: SwapForm, number: int | None) -> str:
    named = get_named(swap.organisation.id, event_id=swap.event.id, registration_id=number)
    replaced, now = named.person.full_name, clock.now()
    if form.chosen is None:
        new = form.new_person()
        row = service.substitute_newcomer(actor=swap.actor, registration=named, new=new, now=now)
        substitute = db.session.get_one(Person, row.person_id).full_name
    else:
        person = _person_of(swap.organisation, form.chosen)
        substitute = person.full_name
        service.substitute(actor=swap.actor, registration=named, person=person, now=now)
    return _("%(substitute)s dự thay %(replaced)s.", substitute=substitute, replaced=replaced)


def _person_of(organisation: Organisation, person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None or person.organisation_id != organisation.id:
        raise Unknown(organisation_id=organisation.id)
    return person


def _page(swap: Swap, number: int | None, *, form: SwapForm | None = None, status: int = 200) -> Response:
    named: Registration = get_named(swap.organisation.id, event_id=swap.event.id, registration_id=number)
    search, form, now = asked_words(), form or SwapForm(formdata=None), clock.now()
    kept = [form.chosen] if form.chosen else []
    staff = staff_of(swap.organisation.id, event_id=swap.event.id, search=search, kept=kept)
    rules = rules_of(swap.event.id)
    return page(
        "nominations/swap.html",
        fragments=("nguoi_du_thay",),
        status=status,
        swap=swap,
        event=swap.event,
        named=named,
        tag=state_tag(named.state),
        form=form,
        search=search,
        candidates=[person for person in staff if may_be_named(person)],
        names_until=rules.names_until,
        may_swap=may_swap_now(swap.event, rules, now),
    )
