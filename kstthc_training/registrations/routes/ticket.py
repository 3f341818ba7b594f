"""The ticket: the code for the door as a QR square and to be typed, and how the registration came about."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.words import place_of
from kstthc_training.people.identity import me
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import policy, service
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.forms import CancelForm, OfferForm
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.notices import shown_code
from kstthc_training.registrations.policy import may_resize
from kstthc_training.registrations.queries import get_ticket, letter_of, place_in_queue, steps_of, ticket_address
from kstthc_training.registrations.routes.answering import answered_part, ticket_ways
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.cancelling import cancel_page
from kstthc_training.registrations.standing_words import headline_words, papers_said, place_said, standing_words
from kstthc_training.registrations.words import step_words
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.qr import qr_square


@bp.get("/ve/<code>")
@access(signed_in)
def ticket(code: str) -> ResponseReturnValue:
    """A ticket, for the person himself, the focal point that named him, and organizers."""
    return _page(get_ticket(actor=me(), code=code))


@bp.get("/ve/<code>/huy")
@access(signed_in)
def confirm_cancel_ticket(code: str) -> ResponseReturnValue:
    """What is lost by taking this registration back, one's own or that of somebody one named."""
    registration = get_ticket(actor=me(), code=code)
    if registration.state in GONE:
        return see_other(url_for(".ticket", code=code))
    return _cancel_page(registration, CancelForm())


@bp.post("/ve/<code>/huy")
@access(signed_in)
def cancel_ticket(code: str) -> ResponseReturnValue:
    """Take the registration of a ticket back; doing it twice is the same."""
    form = CancelForm()
    if form.validate():
        try:
            with unit_of_work():
                registration = get_ticket(actor=me(), code=code)
                service.cancel(actor=me(), registration=registration, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã hủy đăng ký."))
            return see_other(url_for(".ticket", code=code))
    return _cancel_page(get_ticket(actor=me(), code=code), form, status=422)


@bp.post("/ve/<code>/nhan-cho")
@access(signed_in)
def take_offer(code: str) -> ResponseReturnValue:
    """Take the seat that is kept for somebody; doing it twice is the same."""
    return _answered(code, service.take_offer, _("Đã nhận chỗ."))


@bp.post("/ve/<code>/khong-nhan")
@access(signed_in)
def turn_offer_down(code: str) -> ResponseReturnValue:
    """Let the seat that is kept go to the next; doing it twice is the same."""
    return _answered(code, service.turn_offer_down, _("Đã báo không nhận chỗ."))


@bp.post("/ve/<code>/doi-ma")
@access(signed_in)
def renew(code: str) -> ResponseReturnValue:
    """A new QR for a ticket that got into other hands."""
    with unit_of_work():
        registration = get_ticket(actor=me(), code=code)
        service.renew_ticket(actor=me(), registration=registration, now=clock.now())
    note_success(_("Đã đổi mã QR. Mã cũ và liên kết trong thư cũ không dùng được nữa."))
    return see_other(url_for(".ticket", code=code))


def _answered(code: str, answer: Callable[..., object], said: str) -> ResponseReturnValue:
    form = OfferForm()
    if form.validate():
        try:
            with unit_of_work():
                answer(actor=me(), registration=get_ticket(actor=me(), code=code), now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".ticket", code=code))
    return _page(get_ticket(actor=me(), code=code), form=form, status=422)


def _page(registration: Registration, *, form: OfferForm | None = None, status: int = 200) -> Response:
    code = registration.ticket_code
    return ticket_page(
        registration,
        is_own=policy.is_own(me(), registration),
        cancel_href=_cancel_href(registration),
        renew_action=url_for(".renew", code=code),
        answers=(url_for(".take_offer", code=code), url_for(".turn_offer_down", code=code)),
        answered=answered_part(me(), registration, ticket_ways(code)),
        form=form,
        status=status,
    )


def ticket_page(registration: Registration, **context: Any) -> Response:
    """The page of a ticket; the secret leaves only while the ticket opens the door."""
    event, body, place = registration.event, registration.organisation, place_in_queue(registration)
    steps, guest = steps_of(registration.id), registration.guest
    valid = registration.state is RegistrationState.CONFIRMED and event.state is EventState.RELEASED
    has_begun = policy.has_begun(event, clock.now())
    return page(
        "registrations/ticket.html",
        registration=registration,
        event=event,
        person=registration.person,
        organisation=body.name if body else guest.organisation if guest else "",
        is_guest=guest is not None,
        headline=headline_words(registration.state),
        said=standing_words(registration, place, steps, has_begun=has_begun, by_mail=bool(registration.person.email)),
        is_offered=registration.state is RegistrationState.OFFERED and may_resize(event),
        is_confirmed=registration.state is RegistrationState.CONFIRMED,
        is_cancelled=registration.state is RegistrationState.CANCELLED,
        is_gone=registration.state in GONE,
        is_postponed=event.state is EventState.POSTPONED,
        event_cancelled=event.state is EventState.CANCELLED,
        has_begun=has_begun,
        shown_code=shown_code(registration.ticket_code),
        qr=_qr(registration) if valid else None,
        place=place_of(event, with_address=True),
        letter=letter_of(registration),
        steps=[(step, step_words(step)) for step in steps],
        takes_part=place_said(registration),
        papers=papers_said(registration),
        **context,
    )


def _cancel_page(registration: Registration, form: CancelForm, status: int = 200) -> Response:
    return cancel_page(
        registration.event,
        form,
        state=registration.state,
        action=url_for(".cancel_ticket", code=registration.ticket_code),
        back=url_for(".ticket", code=registration.ticket_code),
        status=status,
        person=None if policy.is_own(me(), registration) else registration.person,
    )


def _cancel_href(registration: Registration) -> str:
    if policy.is_own(me(), registration):
        return url_for(".confirm_cancel", code=registration.event.code)
    return url_for(".confirm_cancel_ticket", code=registration.ticket_code)


def _qr(registration: Registration) -> Markup:
    return qr_square(ticket_address(registration, key=current_app.config["SETTINGS"].key), border=0)
