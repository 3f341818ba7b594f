"""Thêm người: an organizer registers somebody of the directory, or somebody new."""

from collections.abc import Mapping

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.files.store import SentFile
from kstthc_training.organisations.queries import organisation_choices
from kstthc_training.people.finding import Sought, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.asking import AskingForm, asking_form
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import AnswerFileRefused
from kstthc_training.registrations.forms import AddPersonForm, RegisterForm, RegistrationForm
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import obstacle
from kstthc_training.registrations.queries import states_at
from kstthc_training.registrations.queries.questions import questions_of
from kstthc_training.registrations.service.answers import owed
from kstthc_training.registrations.words import state_tag, why_not
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success

MOST_CANDIDATES = 20
CANCELLED = RegistrationState.CANCELLED


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/them")
@access(runs_events)
def add_registration(code: str) -> ResponseReturnValue:
    """Search the directory, or type in somebody new."""
    if asked_words():
        note_reading("people.read", subject_type="event", subject_id=workspace_event(code).id)
    return _add_page(workspace_event(code), _new_person_form())


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/them")
@access(runs_events)
def store_registration(code: str) -> ResponseReturnValue:
    """Register the person pressed, or the one typed in."""
    form: RegistrationForm = RegisterForm() if "nguoi" in request.form else _new_person_form()
    asked = asking_form(questions_of(workspace_event(code).id), may_leave=True)
    if form.validate() & asked.validate():
        try:
            with asked.files_held() as files, unit_of_work():
                registration = _registered(workspace_event(code), form)
                _answer(registration, asked, files)
                said = _said(registration, asked)
        except AnswerFileRefused as refusal:
            asked.refuse(refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".registrations" if "ve" in request.args else ".add_registration", code=code))
    shown = form if isinstance(form, AddPersonForm) else _new_person_form()
    shown.form_errors = form.form_errors
    return _add_page(workspace_event(code), shown, asked=asked, status=422)


def _answer(registration: Registration, asked: AskingForm, files: Mapping[int, SentFile]) -> None:
    """Keep what was answered for somebody; nothing typed leaves what he answered before."""
    given = asked.answers()
    if any(given.values()):
        service.answer_questions(
            actor=me(), registration=registration, given=given, files=files, may_leave=True, now=clock.now()
        )


def _registered(event: Event, form: RegistrationForm) -> Registration:
    if isinstance(form, AddPersonForm):
        return service.register_newcomer(
            actor=me(), event=event, organisation_id=form.organisation_id.data, new=form.new_person(), now=clock.now()
        )
    person = db.session.scalar(select(Person).where(Person.id == posted_number("nguoi")))
    if person is None:
        raise Unknown
    return service.register(actor=me(), event=event, person=person, source=RegistrationSource.ORGANIZER, now=clock.now())


def _said(registration: Registration, asked: AskingForm) -> str:
    name = db.session.get_one(Person, registration.person_id).full_name
    waits = registration.state is RegistrationState.WAITING
    said = _("Hết chỗ: %(name)s vào danh sách chờ.", name=name) if waits else _("Đã thêm %(name)s.", name=name)
    if asked.questions and owed(registration.event_id, registration.id):
        said = f"{said} {_('Còn câu hỏi bắt buộc: trả lời thay ở trang vé, hoặc để người ấy tự trả lời.')}"
    return said


def _new_person_form() -> AddPersonForm:
    form = AddPersonForm()
    form.offer(organisation_choices(clock.local_date(clock.now())))
    return form


def _add_page(event: Event, form: AddPersonForm, *, asked: AskingForm | None = None, status: int = 200) -> Response:
    search = asked_words()
    found = people_found(Sought(search=search), limit=MOST_CANDIDATES).rows if search else []
    standings = states_at(event.id, person_ids=[person.id for person in found])
    return workspace_page(
        "desk/registrations_add.html",
        event,
        "registrations",
        fragments=("ket_qua",),
        status=status,
        form=form,
        asked=asked or asking_form(questions_of(event.id), may_leave=True),
        search=search,
        candidates=found,
        tags={person_id: state_tag(state) for person_id, state in standings.items() if state is not CANCELLED},
        why_not=why_not(obstacle(event, None, clock.now())),
    )
