"""Organisations added, changed, named anew, ended and continued."""

from datetime import timedelta
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory.forms import DetailsForm, EndForm, NewOrganisationForm, OrganisationForm
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.organisations import service
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import (
    get_organisation,
    kinds,
    levels,
    organisation_choices,
    successors_of,
)
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import day, named
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

ONE_DAY = timedelta(days=1)


@bp.get("/don-vi/them")
@access(keeps_directory)
def new_organisation() -> ResponseReturnValue:
    """An empty form for an organisation."""
    return _new_page(_offered(NewOrganisationForm()))


@bp.post("/don-vi/them")
@access(keeps_directory)
def add_organisation() -> ResponseReturnValue:
    """Take an organisation in."""
    form = _offered(NewOrganisationForm())
    if form.validate():
        try:
            with unit_of_work():
                added = service.add(actor=me(), draft=form.draft(), now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã thêm %(name)s.", name=added.name))
            return _to(added.id)
    return _new_page(form, status=422)


def _new_page(form: NewOrganisationForm, status: int = 200) -> Response:
    return page("directory/organisation_new.html", form=form, status=status)


@bp.get("/don-vi/<int:organisation_id>/sua")
@access(keeps_directory)
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    """What is known of an organisation, to be changed."""
    organisation = get_organisation(organisation_id)
    form = _offered(OrganisationForm(), organisation)
    form.show(organisation)
    return _edit_page(organisation, form, _end_form(organisation))


@bp.post("/don-vi/<int:organisation_id>/sua")
@access(keeps_directory)
def change_organisation(organisation_id: int) -> ResponseReturnValue:
    """Keep what was typed; who comes second sees both versions."""
    form = _offered(OrganisationForm(), get_organisation(organisation_id))
    stale = False
    if form.validate():
        try:
            with unit_of_work():
                _keep(get_organisation(organisation_id), form)
        except Refusal as refusal:
            form.refuse(refusal)
            stale = isinstance(refusal, Stale)
        else:
            note_success(_("Đã lưu."))
            return _to(organisation_id)
    organisation = get_organisation(organisation_id)
    saved = _differences(organisation, form) if stale else []
    if stale:
        form.version.data, form.version.raw_data = organisation.version, None
    return _edit_page(organisation, form, _end_form(organisation), saved=saved, status=422)


def _keep(organisation: Organisation, form: OrganisationForm) -> None:
    actor, now, said = me(), clock.now(), {"name": form.name.data, "short_name": form.short_name.data or ""}
    service.change(actor=actor, organisation=organisation, details=form.details(), version=form.version.data or 0, now=now)
    if said == {"name": organisation.name, "short_name": organisation.short_name}:
        return
    if form.from_day.data:
        service.rename(actor=actor, organisation=organisation, from_day=form.from_day.data, now=now, **said)
    else:
        service.correct_name(actor=actor, organisation=organisation, now=now, **said)


@bp.post("/don-vi/<int:organisation_id>/het-hieu-luc")
@access(keeps_directory)
def end_organisation(organisation_id: int) -> ResponseReturnValue:
    """Set the last day, and put on record who continues it."""
    form, saved = _end_form(get_organisation(organisation_id)), []
    if form.validate():
        try:
            with unit_of_work():
                _end(get_organisation(organisation_id), form)
        except Refusal as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Stale):
                saved = _end_differences(get_organisation(organisation_id), form)
                form.version.data, form.version.raw_data = refusal.facts["saved_version"], None
        else:
            undo = None if form.successor.data else _resuming(get_organisation(organisation_id))
            note_success(_("Hết hiệu lực sau ngày %(day)s.", day=day(form.last_day())), undo_action=undo)
            return _to(organisation_id)
    return _refused_end_page(get_organisation(organisation_id), form, saved)


def _resuming(organisation: Organisation) -> str:
    """The address that takes the end back, as long as nobody else changes the organisation in between."""
    return url_for("directory.resume_organisation", organisation_id=organisation.id, version=organisation.version)


def _refused_end_page(organisation: Organisation, form: EndForm, saved: Any = ()) -> Response:
    details = _offered(OrganisationForm(formdata=None), organisation)
    details.show(organisation)
    return _edit_page(organisation, details, form, saved=saved, status=422)


def _end(organisation: Organisation, form: EndForm) -> None:
    actor, now, last = me(), clock.now(), form.last_day()
    service.end(actor=actor, organisation=organisation, valid_to=last, version=form.version.data or 0, now=now)
    if form.successor.data:
        service.succeed(
            actor=actor, predecessor=organisation, successor=get_organisation(form.successor.data),
            effective_on=last + ONE_DAY, legal_basis=form.legal_basis.data or "", now=now,
        )  # fmt: skip


@bp.post("/don-vi/<int:organisation_id>/con-hieu-luc")
@access(keeps_directory)
def resume_organisation(organisation_id: int) -> ResponseReturnValue:
    """Take the end of an organisation back, if it is still as the page showed it; a second click finds it done."""
    seen = posted_number("version") or asked_number("version") or 0
    try:
        with unit_of_work():
            organisation = get_organisation(organisation_id)
            if organisation.valid_to is not None:
                service.end(actor=me(), organisation=organisation, valid_to=None, version=seen, now=clock.now())
    except Stale as refusal:
        organisation = get_organisation(organisation_id)
        form = _end_form(organisation, typed=False)
        form.refuse(refusal)
        return _refused_end_page(organisation, form)
    note_success(_("Nơi này lại còn hiệu lực."))
    return _to(organisation_id)


_Form = Any


def _offered(form: _Form, organisation: Organisation | None = None) -> _Form:
    also = [organisation.parent_id] if organisation and organisation.parent_id else []
    parents = organisation_choices(clock.local_date(clock.now()), also=also)
    form.offer(kinds(), levels(), [each for each in parents if not organisation or each.id != organisation.id])
    return form


def _end_form(organisation: Organisation, *, typed: bool = True) -> EndForm:
    """The form of an organisation's end, with what was `typed` or as it is saved."""
    known = {"valid_to": organisation.valid_to, "version": organisation.version}
    form = EndForm(**known) if typed else EndForm(formdata=None, **known)
    others = organisation_choices(clock.local_date(clock.now()), to_come=True)
    form.offer([each for each in others if each.id != organisation.id])
    return form


def _edit_page(
    organisation: Organisation, form: DetailsForm, end_form: EndForm, *, saved: Any = (), status: int = 200
) -> Response:
    return page(
        "directory/organisation_edit.html",
        organisation=organisation,
        form=form,
        end_form=end_form,
        saved=saved,
        may_resume=organisation.valid_to is not None and not successors_of(organisation.id),
        status=status,
    )


def _differences(organisation: Organisation, form: OrganisationForm) -> list[tuple[Any, str, str]]:
    """Label, what is saved now, what was typed; where they differ."""
    parent = organisation.parent.short_name or organisation.parent.name if organisation.parent else ""
    saved = (
        (form.name, organisation.name),
        (form.short_name, organisation.short_name),
        (form.kind, named(organisation.kind)),
        (form.level, named(organisation.level)),
        (form.parent, parent),
        (form.code, organisation.code or ""),
        (form.email, organisation.email),
        (form.phone, shown_phone(organisation.phone)),
    )
    typed = [(field.label.text, before, _typed(field)) for field, before in saved]
    return [(label, before, after) for label, before, after in typed if before != after]


def _end_differences(organisation: Organisation, form: EndForm) -> list[tuple[Any, str, str]]:
    """Label, what is saved now of an organisation's end, what was typed; where they differ."""
    ends = day(organisation.valid_to) if organisation.valid_to else ""
    successors = ", ".join(each.name for each in successors_of(organisation.id))
    saved = [
        (form.valid_to.label.text, ends, day(form.last_day())),
        (form.successor.label.text, successors, _typed(form.successor)),
    ]
    return [(label, before, after) for label, before, after in saved if before != after]


def _typed(field: Any) -> str:
    if not hasattr(field, "choices"):
        return shown_phone(field.data or "") if field.short_name == "phone" else field.data or ""
    return next((str(choice.label) for choice in field.choices if choice.value == field.data and choice.value), "")


def _to(organisation_id: int) -> Response:
    return see_other(url_for("directory.organisation", organisation_id=organisation_id))
