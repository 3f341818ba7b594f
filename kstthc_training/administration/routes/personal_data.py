"""Requests of erasure, and the erasure of one person with what goes and what stays."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.people.readings import note_reading
from kstthc_training.privacy import queries
from kstthc_training.privacy.errors import AlreadyErased
from kstthc_training.privacy.forms import EraseForm, RefuseForm
from kstthc_training.privacy.queries.erasing import Subject, find_subject, goes, stays
from kstthc_training.privacy.queries.persons import end_of
from kstthc_training.privacy.routes.own import archive_of
from kstthc_training.privacy.sections import request_tag
from kstthc_training.privacy.service import erasing, requests
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before


@bp.get("/quan-tri/du-lieu")
@access(administers)
def data_requests() -> ResponseReturnValue:
    """Who asked that his data be erased: open ones first, the next due on top."""
    note_reading("erasures.read", subject_type="erasure")
    today = clock.local_date(clock.now())
    rows, total = queries.requests(offset=rows_before(), limit=ROWS)
    return page(
        "administration/data_requests.html",
        tabs=tabs(),
        rows=[(row, request_tag(row.state), row.state.value == "open" and row.due_on < today) for row in rows],
        pager=pager(shown=len(rows), total=total),
    )


@bp.get("/quan-tri/du-lieu/<int:person_id>")
@access(administers)
def data_of(person_id: int) -> ResponseReturnValue:
    """What an erasure of this person takes away and what it leaves; here it is done, or refused."""
    if (end := end_of(person_id)) != person_id:
        return see_other(url_for("administration.data_of", person_id=end))
    note_reading("person.read", subject_type="person", subject_id=_subject(person_id).person.id)
    return _person_page(_subject(person_id), EraseForm(), RefuseForm())


@bp.get("/quan-tri/du-lieu/<int:person_id>.zip")
@access(administers)
def data_archive(person_id: int) -> ResponseReturnValue:
    """What is kept of a person without an account, for the answer to a letter of his; recorded."""
    return archive_of(person_id)


@bp.post("/quan-tri/du-lieu/<int:person_id>")
@access(administers)
def erase(person_id: int) -> ResponseReturnValue:
    """Erase, when the name was typed again; a second press finds it done."""
    subject, form = find_subject(person_id), EraseForm()
    if subject is None or subject.person.erased_at is not None:
        return _done(subject)
    if form.validate():
        try:
            with unit_of_work():
                erasing.erase(actor=me(), person_id=person_id, typed=form.typed.data, now=clock.now())
        except AlreadyErased:
            return _done(subject)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _done(subject)
    return _person_page(subject, form, RefuseForm(formdata=None), status=422)


@bp.post("/quan-tri/du-lieu/yeu-cau/<int:request_id>/tu-choi")
@access(administers)
def refuse_erasure(request_id: int) -> ResponseReturnValue:
    """Refuse a request with a reason, which its person gets by letter."""
    person_id, form = queries.get_request(request_id).person_id, RefuseForm()
    if form.validate():
        try:
            with unit_of_work():
                requests.refuse(actor=me(), request_id=request_id, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã từ chối; lý do đang được gửi tới người yêu cầu."))
            return see_other(url_for("administration.data_requests"))
    return _person_page(_subject(end_of(person_id)), EraseForm(formdata=None), form, status=422)


def _done(subject: Subject | None) -> Response:
    if subject is None:
        raise Unknown()
    note_success(_("Đã xóa dữ liệu. Số liệu đã báo cáo không đổi."))
    return see_other(url_for("administration.data_requests"))


def _subject(person_id: int) -> Subject:
    subject = find_subject(person_id)
    if subject is None or subject.person.erased_at is not None or subject.person.merged_into_id is not None:
        raise Unknown(person_id=person_id)
    return subject


def _person_page(subject: Subject, form: EraseForm, refusal: RefuseForm, status: int = 200) -> Response:
    now = clock.now()
    asked = queries.find_open_request(subject.person.id)
    return page(
        "administration/data_of.html",
        tabs=tabs(),
        person=subject.person,
        has_account=subject.account is not None,
        is_me=subject.person.id == me().person_id,
        asked=asked,
        is_late=asked is not None and asked.due_on < clock.local_date(now),
        goes=goes(subject, now=now),
        stays=stays(subject, now=now),
        form=form,
        refusal=refusal,
        status=status,
    )
