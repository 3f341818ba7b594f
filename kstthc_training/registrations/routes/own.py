"""Registering oneself, and taking it back: two taps for whoever is signed in."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventMode
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.events.words import place_of
from kstthc_training.people.identity import me
from kstthc_training.people.models import Person
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.asking import AskingForm, asking_form
from kstthc_training.registrations.enums import GONE, RegistrationSource, RegistrationState
from kstthc_training.registrations.forms import CancelForm, TakingPartForm
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.offer import offer_to
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries import belonging_to, find_registration, rules_of, seat_count
from kstthc_training.registrations.queries.belonging import is_press
from kstthc_training.registrations.queries.questions import given_by, questions_of
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.cancelling import cancel_page
from kstthc_training.registrations.words import enter_words, seats_left_words, why_not
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

_SHOWN = (joinedload(Event.kind), joinedload(Event.venue))


@bp.get("/hop/<event_code:code>/dang-ky")
@access(signed_in)
def confirm(code: str) -> ResponseReturnValue:
    """Who is registered, for what, and what is done with his data: one button. Whoever is registered sees his ticket."""
    event = get_event(actor=me(), code=code, options=_SHOWN)
    own = find_registration(event_id=event.id, person_id=me().person_id)
    if own is not None and own.state is not RegistrationState.CANCELLED:
        return see_other(url_for(".ticket", code=own.ticket_code))
    return _register_page(event, _asked_at(event), rules_of(event.id))


@bp.post("/hop/<event_code:code>/dang-ky")
@access(signed_in)
def register(code: str) -> ResponseReturnValue:
    """Register oneself; a second press leads to the same ticket."""
    event = get_event(actor=me(), code=code)
    form = _asked_at(event)
    rules = rules_of(event.id)
    part = _taking_part(event, rules)
    if form.validate() & part.validate():
        try:
            with form.files_held() as files, unit_of_work():
                event, now = get_event(actor=me(), code=code), clock.now()
                own = service.register(
                    actor=me(),
                    event=event,
                    person=_own_person(),
                    source=RegistrationSource.SELF,
                    place=part.chosen_place(),
                    papers=part.papers(),
                    now=now,
                )
                if form.questions:
                    service.answer_questions(actor=me(), registration=own, given=form.answers(), files=files, now=now)
                state, ticket = own.state, own.ticket_code
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _say_registered(state, undo=url_for(".cancel", code=code))
            return see_other(url_for(".ticket", code=ticket))
    return _register_page(get_event(actor=me(), code=code, options=_SHOWN), form, rules, part, status=422)


@bp.get("/hop/<event_code:code>/huy-dang-ky")
@access(signed_in)
def confirm_cancel(code: str) -> ResponseReturnValue:
    """What is lost by cancelling, and one button."""
    event = get_event(actor=me(), code=code, options=_SHOWN)
    own = _own_registration(event)
    if own.state in GONE:
        return see_other(url_for(".confirm", code=code))
    return _cancel_page(event, own, CancelForm())


@bp.post("/hop/<event_code:code>/huy-dang-ky")
@access(signed_in)
def cancel(code: str) -> ResponseReturnValue:
    """Take one's own registration back; doing it twice is the same."""
    form = CancelForm()
    if form.validate():
        try:
            with unit_of_work():
                own = _own_registration(get_event(actor=me(), code=code))
                service.cancel(actor=me(), registration=own, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã hủy đăng ký."), undo_action=url_for(".register", code=code))
            return see_other(url_for("agenda.event", code=code))
    event = get_event(actor=me(), code=code, options=_SHOWN)
    return _cancel_page(event, _own_registration(event), form, status=422)


def _asked_at(event: Event) -> AskingForm:
    """The questions, filled with what somebody answered before he took his registration back."""
    questions = questions_of(event.id)
    own = find_registration(event_id=event.id, person_id=me().person_id) if questions else None
    stored = given_by(own.id) if own else {}
    return asking_form(questions, stored={question_id: one.value for question_id, one in stored.items()})


def _own_person(*options: ORMOption) -> Person:
    """Read anew: a refusal may still hold the person that the act had read without what is shown now."""
    person = db.session.get(Person, me().person_id, options=options, populate_existing=bool(options))
    if person is None:
        raise Unknown(person_id=me().person_id)
    return person


def _own_registration(event: Event) -> Registration:
    own = find_registration(event_id=event.id, person_id=me().person_id)
    if own is None:
        raise Unknown(code=event.code)
    return own


def _say_registered(state: RegistrationState, *, undo: str) -> None:
    if state is RegistrationState.WAITING:
        said = _("Đã ghi tên vào danh sách chờ.")
    elif state is RegistrationState.PENDING:
        said = _("Đã gửi đăng ký, chờ ban tổ chức duyệt.")
    else:
        said = _("Đã đăng ký.")
    note_success(said, undo_action=undo)


def _taking_part(event: Event, rules: Rules) -> TakingPartForm:
    form = TakingPartForm()
    asks_papers = rules.asks_credentials and is_press(me().organisation_id) and not _showed_papers(event)
    form.fit(asks_place=event.mode is EventMode.BOTH, asks_papers=asks_papers)
    return form


def _showed_papers(event: Event) -> bool:
    own = find_registration(event_id=event.id, person_id=me().person_id)
    return own is not None and bool(own.credential_number)


def _register_page(
    event: Event, form: AskingForm, rules: Rules, part: TakingPartForm | None = None, status: int = 200
) -> Response:
    seats = seat_count(event.id)
    offer = offer_to(belonging_to(me().organisation_id), event, seats=seats, rules=rules, now=clock.now())
    return page(
        "registrations/register.html",
        event=event,
        form=form,
        part=part or _taking_part(event, rules),
        person=_own_person(joinedload(Person.organisation)),
        place=place_of(event, with_address=True),
        seats=seats,
        why_not=why_not(offer.refusal),
        seats_left=seats_left_words(seats),
        enter_words=enter_words(offer),
        decides_first=offer.decides_first,
        status=status,
    )


def _cancel_page(event: Event, own: Registration, form: CancelForm, status: int = 200) -> Response:
    return cancel_page(
        event,
        form,
        state=own.state,
        action=url_for(".cancel", code=event.code),
        back=url_for(".ticket", code=own.ticket_code),
        status=status,
    )
