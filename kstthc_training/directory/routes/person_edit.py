"""People added and changed; a likely double is told before it arises."""

from typing import Any

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory.forms import PersonForm
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.organisations.queries import organisation_choices
from kstthc_training.people.finding import get_person
from kstthc_training.people.identity import me
from kstthc_training.people.likeness import Described, Likeness, alike, described
from kstthc_training.people.models import Person
from kstthc_training.people.policy import keeps_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.people.service.persons import add_person, change_person
from kstthc_training.people.words import clue_words
from kstthc_training.refusals import Stale
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/nguoi/them")
@access(keeps_directory)
def new_person() -> ResponseReturnValue:
    """An empty form for a person, with the organisation of the address chosen."""
    form = _offered(PersonForm(organisation=asked_number("noi") or 0))
    return _form_page(form)


@bp.post("/nguoi/them")
@access(keeps_directory)
def store_person() -> ResponseReturnValue:
    """Take a person in; a likely double is shown first, and taken in when the button is pressed again."""
    form = _offered(PersonForm())
    doubles: list[Likeness] = []
    if form.validate():
        doubles = [] if form.anyway.data else _doubles(form)
        if not doubles:
            with unit_of_work():
                added = add_person(actor=me(), draft=form.draft(), now=clock.now())
            note_success(_("Đã thêm %(name)s.", name=added.full_name))
            return _to(added.id)
    return _form_page(form, doubles=doubles, status=422)


@bp.get("/nguoi/<int:person_id>/sua")
@access(keeps_directory)
def edit_person(person_id: int) -> ResponseReturnValue:
    """What is known of a person, to be changed."""
    note_reading("person.read", subject_type="person", subject_id=get_person(person_id).id)
    person = _open(person_id)
    form = _offered(PersonForm(), person)
    form.show(person)
    return _form_page(form, person)


@bp.post("/nguoi/<int:person_id>/sua")
@access(keeps_directory)
def keep_person(person_id: int) -> ResponseReturnValue:
    """Keep what was typed; who comes second sees both versions, and a likely double is shown first."""
    person = _open(person_id)
    form = _offered(PersonForm(), person)
    doubles, saved = [], []
    if form.validate():
        doubles = [] if form.anyway.data else _new_doubles(form, person)
        try:
            if not doubles:
                _keep(person, form)
                return _to(person_id)
        except Stale as refusal:
            form.refuse(refusal)
            person = get_person(person_id)
            saved = _differences(person, form)
            form.version.data, form.version.raw_data = person.version, None
    return _form_page(form, person, doubles=doubles, saved=saved, status=422)


def _open(person_id: int) -> Person:
    """Somebody whose row may be changed; a closed one leads on to the row it was united with."""
    person = get_person(person_id)
    if person.merged_into_id is not None:
        abort(_to(person.merged_into_id))
    return person


def _keep(person: Person, form: PersonForm) -> None:
    version = form.version.data or 0
    with unit_of_work():
        change_person(actor=me(), person=person, draft=form.draft(), version=version, now=clock.now())
    note_success(_("Đã lưu."))


def _offered(form: PersonForm, person: Person | None = None) -> PersonForm:
    also = [person.organisation_id] if person and person.organisation_id else []
    form.offer(organisation_choices(clock.local_date(clock.now()), also=also))
    return form


def _doubles(form: PersonForm, person: Person | None = None) -> list[Likeness]:
    draft = form.draft()
    return alike(
        Described(draft.full_name, draft.organisation_id, draft.email, draft.phone, but=person.id if person else None)
    )


def _new_doubles(form: PersonForm, person: Person) -> list[Likeness]:
    """Those alike after the change who were not before it."""
    known = {each.person.id for each in alike(described(person))}
    return [each for each in _doubles(form, person) if each.person.id not in known]


def _form_page(
    form: PersonForm, person: Person | None = None, *, doubles: Any = (), saved: Any = (), status: int = 200
) -> Response:
    told = [(each.person, clue_words(each.clues)) for each in doubles]
    return page("directory/person_form.html", form=form, person=person, doubles=told, saved=saved, status=status)


def _differences(person: Person, form: PersonForm) -> list[tuple[Any, str, str]]:
    """Label, what is saved now, what was typed; where they differ."""
    labels = {choice.value: str(choice.label) for choice in form.organisation.choices if choice.value}
    pairs = (
        (form.full_name, person.full_name, form.full_name.data),
        (form.title, person.title, form.title.data),
        (form.organisation, labels.get(person.organisation_id, ""), labels.get(form.organisation.data, "")),
        (form.email, person.email, form.email.data),
        (form.phone, shown_phone(person.phone), shown_phone(form.phone.data or "")),
    )
    return [(field.label.text, before, after or "") for field, before, after in pairs if before != (after or "")]


def _to(person_id: int) -> Response:
    return see_other(url_for("directory.person", person_id=person_id))
