"""The ticket: the code for the door as a QR square and to be typed, and how the registration came about."""

import io
from typing import Any

import segno
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
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.forms import CancelForm
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.notices import shown_code
from kstthc_training.registrations.queries import get_ticket, letter_of, place_in_queue, steps_of, ticket_address
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.cancelling import cancel_page
from kstthc_training.registrations.words import step_words
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/ve/<code>")
@access(signed_in)
def ticket(code: str) -> ResponseReturnValue:
    """A ticket, for the person himself, the focal point that named him, and organizers."""
    registration = get_ticket(actor=me(), code=code)
    return ticket_page(
        registration,
        is_own=policy.is_own(me(), registration),
        cancel_href=_cancel_href(registration),
        renew_action=url_for(".renew", code=registration.ticket_code),
    )


@bp.get("/ve/<code>/huy")
@access(signed_in)
def confirm_cancel_ticket(code: str) -> ResponseReturnValue:
    """What is lost by taking this registration back, one's own or that of somebody one named."""
    registration = get_ticket(actor=me(), code=code)
    if registration.state is RegistrationState.CANCELLED:
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


@bp.post("/ve/<code>/doi-ma")
@access(signed_in)
def renew(code: str) -> ResponseReturnValue:
    """A new QR for a ticket that got into other hands."""
    with unit_of_work():
        registration = get_ticket(actor=me(), code=code)
        service.renew_ticket(actor=me(), registration=registration, now=clock.now())
    note_success(_("Đã đổi mã QR. Mã cũ và liên kết trong thư cũ không dùng được nữa."))
    return see_other(url_for(".ticket", code=code))


def ticket_page(registration: Registration, **context: Any) -> Response:
    """The page of a ticket; the secret leaves only while the ticket opens the door."""
    event = registration.event
    valid = registration.state is RegistrationState.CONFIRMED and event.state is EventState.RELEASED
    return page(
        "registrations/ticket.html",
        registration=registration,
        event=event,
        person=registration.person,
        organisation=registration.organisation,
        is_waiting=registration.state is RegistrationState.WAITING,
        is_cancelled=registration.state is RegistrationState.CANCELLED,
        is_postponed=event.state is EventState.POSTPONED,
        event_cancelled=event.state is EventState.CANCELLED,
        has_begun=policy.has_begun(event, clock.now()),
        shown_code=shown_code(registration.ticket_code),
        qr=_qr(registration) if valid else None,
        place=place_of(event, with_address=True),
        place_in_queue=place_in_queue(registration),
        letter=letter_of(registration),
        steps=[(step, step_words(step)) for step in steps_of(registration.id)],
        **context,
    )


def _cancel_page(registration: Registration, form: CancelForm, status: int = 200) -> Response:
    return cancel_page(
        registration.event,
        form,
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
    secret = ticket_address(registration, key=current_app.config["SETTINGS"].key)
    drawing = io.BytesIO()
    segno.make(secret, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=0, svgclass=None, lineclass=None
    )
    return Markup(drawing.getvalue().decode())  # noqa: S704 - made of squares by the library, without text
