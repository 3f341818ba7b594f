"""Inviting somebody to an account: of the directory, or new to it."""

from collections.abc import Callable
from dataclasses import replace

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.forms import InvitationForm, NewPersonForm
from kstthc_training.administration.queries.accounts import people_to_invite
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.administration.words import ROLE_HINTS
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.queries import organisation_choices
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import HasAccount
from kstthc_training.people.identity import me
from kstthc_training.people.logins import normal_login
from kstthc_training.people.models import Person
from kstthc_training.people.policy import administers
from kstthc_training.people.readings import note_reading
from kstthc_training.people.service import accounts as service
from kstthc_training.people.service import persons
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

SHOWN = 20


@bp.get("/quan-tri/tai-khoan/moi")
@access(administers)
def invite() -> ResponseReturnValue:
    """Find the person first: most have long been in the directory."""
    words = asked_words()
    if words:
        note_reading("people.read", subject_type="directory")
    found = people_to_invite(words=words, limit=SHOWN + 1) if words else []
    return page(
        "administration/invite.html",
        fragments=("ket_qua",),
        tabs=tabs(),
        words=words,
        people=found[:SHOWN],
        has_more=len(found) > SHOWN,
    )


@bp.get("/quan-tri/tai-khoan/moi/<int:person_id>")
@access(administers)
def invite_person(person_id: int) -> ResponseReturnValue:
    """The form that opens an account for a person of the directory."""
    note_reading("person.read", subject_type="person", subject_id=_get_person(person_id).id)
    person = _get_person(person_id)
    form = _offering(InvitationForm())
    form.email.data = person.email
    return _invitation_page(person, form)


@bp.post("/quan-tri/tai-khoan/moi/<int:person_id>")
@access(administers)
def send_to_person(person_id: int) -> ResponseReturnValue:
    """Open an account for a person of the directory and send the one-time link."""
    form = _offering(InvitationForm())

    def known() -> Person:
        person = _get_person(person_id)
        email = normal_login(form.email.data)
        if normal_login(person.email) == email:
            return person
        draft = persons.PersonDraft(
            full_name=person.full_name, title=person.title, organisation_id=person.organisation_id, phone=person.phone
        )
        changed = replace(draft, email=email)
        return persons.change_person(actor=me(), person=person, draft=changed, version=person.version, now=clock.now())

    return _send(form, known) or _invitation_page(_get_person(person_id), form, status=422)


@bp.get("/quan-tri/tai-khoan/moi/nguoi-moi")
@access(administers)
def invite_new() -> ResponseReturnValue:
    """The form that opens an account for somebody the directory does not know."""
    form = _offering(NewPersonForm())
    form.full_name.data = request.args.get("ten", "")
    return _new_page(form)


@bp.post("/quan-tri/tai-khoan/moi/nguoi-moi")
@access(administers)
def send_to_new() -> ResponseReturnValue:
    """Add a person, open the account and send the one-time link, all or nothing."""
    form = _offering(NewPersonForm())

    def added() -> Person:
        return persons.add_person(actor=me(), draft=form.draft(), now=clock.now())

    return _send(form, added) or _new_page(form, status=422)


def _send(form: InvitationForm, person_of: Callable[[], Person]) -> Response | None:
    """Invite whom `person_of` finds or adds inside the unit of work; None when the form or a rule says no."""
    if not form.validate():
        return None
    wanted = form.wanted()
    try:
        with unit_of_work():
            account = service.invite(
                actor=me(),
                person=person_of(),
                roles=[role for role, _number in wanted if role is not Role.FOCAL_POINT],
                focal_of=[number for _role, number in wanted if number is not None],
                now=clock.now(),
            )
            account_id = account.id
    except HasAccount as refusal:
        return see_other(url_for("administration.account", account_id=refusal.facts["account_id"]))
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    note_success(_("Đã mở tài khoản. Thư có liên kết đặt mật khẩu đang trên đường, dùng được trong bảy ngày."))
    return see_other(url_for("administration.account", account_id=account_id))


def _offering(form: InvitationForm) -> InvitationForm:
    form.offer([], organisation_choices(clock.local_date(clock.now())))
    return form


def _get_person(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise Unknown(person_id=person_id)
    return person


def _invitation_page(person: Person, form: InvitationForm, status: int = 200) -> Response:
    return page(
        "administration/invite_person.html", tabs=tabs(), person=person, form=form, role_hints=ROLE_HINTS, status=status
    )


def _new_page(form: InvitationForm, status: int = 200) -> Response:
    return page("administration/invite_new.html", tabs=tabs(), form=form, role_hints=ROLE_HINTS, status=status)
