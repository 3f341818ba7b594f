"""Thêm người chưa đăng ký: whoever comes without being on the list is sought in the directory and let in."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.attendance import queries, service
from kstthc_training.attendance.forms import ArrivalForm, NewWalkInForm, WalkInForm
from kstthc_training.attendance.queries import Column
from kstthc_training.attendance.routes.blueprint import bp
from kstthc_training.attendance.routes.door_page import already_words, column_of, door_page, result_of
from kstthc_training.attendance.service import Admitted, Arrival
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_door_event
from kstthc_training.ids import random_uuid
from kstthc_training.organisations.queries import organisation_choices
from kstthc_training.people.finding import PeopleFound, Sought, get_person, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.queries import seat_count, states_at
from kstthc_training.registrations.words import STATES, TONES
from kstthc_training.text import masked_phone, phone_digits
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

MOST_FOUND, FEWEST_LETTERS = 12, 2


@bp.get("/quet/<event_code:code>/<int:session_id>/them")
@access(signed_in)
def walk_in(code: str, session_id: int) -> ResponseReturnValue:
    """Seek somebody in the directory while the session is marked; that the directory is read is noted."""
    event = get_door_event(actor=me(), code=code)
    if _search(column_of(event, session_id)):
        note_reading("people.read", subject_type="event", subject_id=event.id)
    return _walk_in_page(code, session_id, _new_person_form())


@bp.post("/quet/<event_code:code>/<int:session_id>/them")
@access(signed_in)
def admit(code: str, session_id: int) -> ResponseReturnValue:
    """Put the person pressed, or the one typed in, on the list and note that he is here."""
    column_of(get_door_event(actor=me(), code=code), session_id)
    form: ArrivalForm = WalkInForm() if "person" in request.form else _new_person_form()
    if form.validate():
        try:
            with unit_of_work():
                admitted = _admitted(get_door_event(actor=me(), code=code), session_id, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _welcome(code, session_id, admitted)
    return _walk_in_page(code, session_id, form, status=422)


def _admitted(event: Event, session_id: int, form: ArrivalForm) -> Admitted:
    arrival, now = Arrival(session_id=session_id, nonce=form.nonce.data), clock.now()
    if isinstance(form, NewWalkInForm):
        organisation_id, new = form.organisation_id.data, form.new_person()
        return service.admit_newcomer(
            actor=me(), event=event, organisation_id=organisation_id, new=new, arrival=arrival, now=now
        )
    assert isinstance(form, WalkInForm)  # noqa: S101 - the view makes one of the two
    return service.admit(actor=me(), event=event, person=get_person(form.person_id), arrival=arrival, now=now)


def _welcome(code: str, session_id: int, admitted: Admitted) -> ResponseReturnValue:
    event = get_door_event(actor=me(), code=code)
    who = queries.hit_of(event, session_id, admitted.registration_id)
    if not _from_roster():
        return door_page(event, column_of(event, session_id), result=result_of(admitted.check_in, who))
    if admitted.check_in.already:
        note_success(f"{who.full_name}: {already_words(admitted.check_in)}.")
    else:
        note_success(_("Đã thêm %(name)s vào danh sách và ghi có mặt.", name=who.full_name))
    return see_other(url_for("desk.roster", code=code, buoi=session_id))


def _from_roster() -> bool:
    return "bang" in request.args


def _new_person_form() -> NewWalkInForm:
    form = NewWalkInForm()
    form.offer(organisation_choices(clock.local_date(clock.now())))
    return form


def _search(column: Column) -> str:
    """What is sought: nothing while nobody is marked, nor by a single letter."""
    search = asked_words()
    return search if column.is_open and len(search) >= FEWEST_LETTERS else ""


def _found(search: str) -> PeopleFound:
    """Whole telephone numbers find everyone their owner, parts of them those alone who see numbers whole."""
    if not search:
        return PeopleFound([], 0)
    sought = Sought(search=search, by_phone=keeps_directory(me()) or bool(phone_digits(search)))
    return people_found(sought, limit=MOST_FOUND)


def _walk_in_page(code: str, session_id: int, form: ArrivalForm, status: int = 200) -> Response:
    event = get_door_event(actor=me(), code=code)
    column = column_of(event, session_id)
    search = _search(column)
    found = _found(search)
    new = form if isinstance(form, NewWalkInForm) else _new_person_form()
    from_roster = _from_roster()
    return page(
        "attendance/walk_in.html",
        fragments=("ket_qua",),
        status=status,
        event=event,
        column=column,
        refused=form,
        new=new,
        asks_new=isinstance(form, NewWalkInForm) and status != 200,
        may_add=keeps_directory(me()),
        search=search,
        found=found,
        phones={person.id: masked_phone(person.phone) for person in found.rows},
        standings=states_at(event.id, person_ids=[person.id for person in found.rows]),
        states={state: str(words) for state, words in STATES.items()},
        tones=TONES,
        seats=seat_count(event.id),
        nonce=random_uuid().hex,
        here=url_for(".walk_in", code=code, session_id=session_id),
        action=url_for(".admit", code=code, session_id=session_id, q=search or None, bang=1 if from_roster else None),
        from_roster=from_roster,
        leaves_to=_back_to(code, session_id),
    )


def _back_to(code: str, session_id: int) -> str:
    if _from_roster():
        return url_for("desk.roster", code=code, buoi=session_id)
    return url_for(".door", code=code, session_id=session_id)
