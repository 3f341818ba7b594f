"""The shared link of an event: one page by which a guest without an account registers. Opening it changes nothing."""

from dataclasses import replace

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.events.models import Event
from kstthc_training.events.words import place_of
from kstthc_training.people.actors import NOBODY
from kstthc_training.people.identity import client_address
from kstthc_training.people.models import Person
from kstthc_training.people.service import attempts
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Arrival
from kstthc_training.registrations.guest_form import LETTER_LIMIT, GuestForm, guest_form
from kstthc_training.registrations.policy import Rules, guest_obstacle, link_is_over
from kstthc_training.registrations.queries import seat_count, ticket_address
from kstthc_training.registrations.queries.guests import find_by_guest_link, press_names
from kstthc_training.registrations.queries.questions import questions_of
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.secrets import over_page, refuse_wrong_secret, without_referer
from kstthc_training.registrations.service import GuestDraft
from kstthc_training.registrations.words import why_not
from kstthc_training.text import phone_digits
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/khach/<secret>")
@access(anyone)
def guest(secret: str) -> ResponseReturnValue:
    """What the event is, and the page to fill."""
    event, rules = _opened(secret)
    return _page(event, rules, guest_form(event, rules, questions_of(event.id)), secret)


@bp.post("/khach/<secret>")
@access(anyone)
def register_guest(secret: str) -> ResponseReturnValue:
    """Register the guest, and lead him to a page of his own; the same page sent again leads to the same."""
    with unit_of_work():
        wait = attempts.count_guest_form(address=client_address(), now=clock.now())
    attempts.refuse_over(wait)
    event, rules = _opened(secret)
    form, event_id = guest_form(event, rules, questions_of(event.id)), event.id
    form.take_letter()
    if form.validate():
        try:
            with form.files_held() as files, unit_of_work():
                actor, draft = replace(NOBODY, address=client_address()), replace(form.draft(), files=files)
                registration, how = service.register_guest(actor=actor, event_id=event_id, draft=draft, now=clock.now())
                own = ticket_address(registration, key=current_app.config["SETTINGS"].key)
                said = _said(draft, registration.person) if how is Arrival.SENT_BEFORE else _sent()
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return without_referer(_led_on(secret, how, own, said))
    return _page(*_opened(secret), form, secret, status=422)


@bp.get("/khach/<secret>/da-co")
@access(anyone)
def guest_known(secret: str) -> ResponseReturnValue:
    """Somebody of this name and contact is registered already; his page opens by the letter alone."""
    event, _rules = _opened(secret)
    return without_referer(page("registrations/guest_known.html", event=event, secret=secret))


def _led_on(secret: str, how: Arrival, own: str, said: str) -> Response:
    if how is Arrival.KNOWN:
        return see_other(url_for(".guest_known", secret=secret))
    note_success(said)
    return see_other(url_for(".held_ticket", secret=own))


def _sent() -> str:
    return _("Đã gửi đăng ký, chờ ban tổ chức duyệt.")


def _said(draft: GuestDraft, person: Person) -> str:
    same = (draft.title, draft.email, phone_digits(draft.phone)) == (person.title, person.email, person.phone)
    if same:
        return _("Đăng ký này đã được nhận.")
    return _(
        "Đăng ký này đã được nhận trước đó, những chỗ sửa sau khi gửi chưa được ghi. Muốn sửa, hãy hủy đăng ký rồi gửi lại."
    )


def _opened(secret: str) -> tuple[Event, Rules]:
    """The event that a shared link opens; wrong ones are counted by the address they come from, dead ones answer 410."""
    found = find_by_guest_link(secret, key=current_app.config["SETTINGS"].key)
    if found is None:
        refuse_wrong_secret()
        raise Unknown
    event, rules, was_replaced = found
    if event.state is EventState.DRAFT:
        raise Unknown
    if words := _over_words(event, rules, was_replaced=was_replaced):
        over_page(words)
    return event, rules


def _over_words(event: Event, rules: Rules, *, was_replaced: bool) -> str:
    """Why a shared link is dead, '' while it lives."""
    if event.state is EventState.CANCELLED:
        return _("Cuộc họp đã hủy nên không nhận đăng ký.")
    if link_is_over(event, clock.now(), ends_at=event.ends_at):
        return _("Cuộc họp đã kết thúc nên không nhận đăng ký.")
    if was_replaced:
        return _("Ban tổ chức đã đổi liên kết đăng ký này. Xin dùng liên kết mới.")
    return "" if rules.guests_allowed else _("Cuộc họp này không nhận khách đăng ký qua liên kết nữa.")


def _page(event: Event, rules: Rules, form: GuestForm, secret: str, *, status: int = 200) -> Response:
    takes_press = event.audience in (Audience.PRESS, Audience.BOTH)
    shown = page(
        "registrations/guest.html",
        status=status,
        event=event,
        form=form,
        secret=secret,
        place=place_of(event, with_address=True),
        suggested=press_names(on=clock.local_date(clock.now())) if takes_press else (),
        is_full=seat_count(event.id).is_full,
        why_not=why_not(guest_obstacle(event, rules, clock.now())),
        letter_mb=LETTER_LIMIT // 1_000_000,
    )
    return without_referer(shown)
