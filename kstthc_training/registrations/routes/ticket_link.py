"""The ticket behind the link of a letter, for people without an account: the link itself is the proof."""

from collections.abc import Callable

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import client_address
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import GONE
from kstthc_training.registrations.forms import CancelForm, OfferForm
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import has_begun, link_is_over
from kstthc_training.registrations.queries import find_by_ticket
from kstthc_training.registrations.routes.answering import answered_part, held_ways
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.cancelling import cancel_page
from kstthc_training.registrations.routes.secrets import over_page, refuse_wrong_secret, without_referer
from kstthc_training.registrations.routes.ticket import ticket_page
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/ve/thu/<secret>")
@access(anyone)
def held_ticket(secret: str) -> ResponseReturnValue:
    """The ticket whose secret the address holds."""
    return _page(found_ticket(secret), secret)


@bp.post("/ve/thu/<secret>/nhan-cho")
@access(anyone)
def take_held_offer(secret: str) -> ResponseReturnValue:
    """Take the seat that is kept for whoever holds the letter."""
    return _answered(secret, service.take_offer, _("Đã nhận chỗ."))


@bp.post("/ve/thu/<secret>/khong-nhan")
@access(anyone)
def turn_held_offer_down(secret: str) -> ResponseReturnValue:
    """Let the seat that is kept for whoever holds the letter go to the next."""
    return _answered(secret, service.turn_offer_down, _("Đã báo không nhận chỗ."))


@bp.get("/ve/thu/<secret>/huy")
@access(anyone)
def confirm_cancel_held(secret: str) -> ResponseReturnValue:
    """What is lost by cancelling; opening changes nothing, since mail scanners open every link."""
    return _cancel_page(found_ticket(secret), secret, CancelForm())


@bp.post("/ve/thu/<secret>/huy")
@access(anyone)
def cancel_held(secret: str) -> ResponseReturnValue:
    """Take back the registration whose ticket one holds."""
    form, registration = CancelForm(), found_ticket(secret)
    holder = holder_of(registration)
    if form.validate():
        try:
            with unit_of_work():
                service.cancel(actor=holder, registration=registration, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã hủy đăng ký."))
            return without_referer(see_other(url_for(".held_ticket", secret=secret)))
    return _cancel_page(found_ticket(secret), secret, form, status=422)


def _answered(secret: str, answer: Callable[..., object], said: str) -> ResponseReturnValue:
    form, registration = OfferForm(), found_ticket(secret)
    holder = holder_of(registration)
    if form.validate():
        try:
            with unit_of_work():
                answer(actor=holder, registration=registration, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return without_referer(see_other(url_for(".held_ticket", secret=secret)))
    return _page(found_ticket(secret), secret, form=form, status=422)


def holder_of(registration: Registration) -> Actor:
    """Whoever holds the link: the person himself."""
    name = registration.person.full_name
    return Actor(person_id=registration.person_id, display_name=name, address=client_address())


def _page(registration: Registration, secret: str, *, form: OfferForm | None = None, status: int = 200) -> Response:
    cancellable = registration.state not in GONE and not has_begun(registration.event, clock.now())
    answer = ticket_page(
        registration,
        is_own=True,
        cancel_href=url_for(".confirm_cancel_held", secret=secret) if cancellable else None,
        renew_action=None,
        answers=(url_for(".take_held_offer", secret=secret), url_for(".turn_held_offer_down", secret=secret)),
        answered=answered_part(holder_of(registration), registration, held_ways(secret)),
        form=form,
        status=status,
    )
    return without_referer(answer)


def found_ticket(secret: str) -> Registration:
    """The registration that a secret opens; wrong ones are counted by the address they come from."""
    registration = find_by_ticket(secret, key=current_app.config["SETTINGS"].key)
    if registration is None:
        refuse_wrong_secret()
        raise Unknown
    event = registration.event
    if registration.guest is not None and link_is_over(event, clock.now(), ends_at=event.ends_at):
        over_page(_("Cuộc họp đã kết thúc nên liên kết này không còn hiệu lực."))
    return registration


def _cancel_page(registration: Registration, secret: str, form: CancelForm, status: int = 200) -> Response:
    answer = cancel_page(
        registration.event,
        form,
        state=registration.state,
        action=url_for(".cancel_held", secret=secret),
        back=url_for(".held_ticket", secret=secret),
        status=status,
    )
    return without_referer(answer)
