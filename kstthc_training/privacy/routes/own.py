"""Dữ liệu của tôi: everything that is kept of whoever asks, to take along, and the request that it be erased."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.files.store import own_store
from kstthc_training.people.identity import me
from kstthc_training.privacy import rules
from kstthc_training.privacy.documents import archive
from kstthc_training.privacy.errors import AlreadyAnswered, AlreadyAsked
from kstthc_training.privacy.queries import Kept, find_open_request, kept_of
from kstthc_training.privacy.routes.blueprint import bp
from kstthc_training.privacy.sections import person_rows, sections, workbook
from kstthc_training.privacy.service import requests
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import made
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page

SHOWN = 10
ZIP = "application/zip"


@bp.get("/tai-khoan/du-lieu")
@access(signed_in)
def own() -> ResponseReturnValue:
    """What is kept of oneself, the newest rows of each kind, who sees it and how long it stays."""
    kept = _kept(me().person_id)
    asked = find_open_request(kept.person.id)
    now = clock.now()
    return page(
        "privacy/own.html",
        fields=person_rows(kept),
        sections=sections(kept),
        shown=SHOWN,
        asked=asked,
        is_late=asked is not None and asked.due_on < clock.local_date(now),
        due_on=rules.due_day(now),
        rules=rules,
    )


@bp.get("/tai-khoan/du-lieu.zip")
@access(signed_in)
def take_along() -> ResponseReturnValue:
    """All of it in one archive; that it was taken is recorded."""
    return archive_of(me().person_id)


def archive_of(person_id: int | None) -> Response:
    """The archive of a person, for himself or for an administrator who answers him; recorded."""
    kept, now = _kept(person_id), clock.now()
    body = archive(kept, workbook(kept), store=own_store(), now=now)
    with unit_of_work():
        record(actor=me(), action="personal.exported", subject_type="person", subject_id=kept.person.id, now=now)
    return made(body, name=_("Dữ liệu cá nhân %(day)s.zip", day=f"{clock.local(now):%Y-%m-%d}"), media_type=ZIP)


def _kept(person_id: int | None) -> Kept:
    now = clock.now()
    return kept_of(person_id or 0, today=clock.local_date(now), now=now)


@bp.post("/tai-khoan/du-lieu/yeu-cau-xoa")
@access(signed_in)
def ask_erasure() -> ResponseReturnValue:
    """Ask that all this be erased; a second press changes nothing."""
    try:
        with unit_of_work():
            requests.ask(actor=me(), now=clock.now())
    except AlreadyAsked:
        note_success(_("Yêu cầu xóa dữ liệu đã được ghi nhận từ trước."))
    else:
        note_success(_("Đã nhận yêu cầu xóa dữ liệu. Một thư báo đang trên đường."))
    return see_other(url_for("privacy.own", _anchor="yeu-cau"))


@bp.post("/tai-khoan/du-lieu/rut-yeu-cau")
@access(signed_in)
def withdraw_erasure() -> ResponseReturnValue:
    """Take the request back while it was not answered."""
    try:
        with unit_of_work():
            requests.withdraw(actor=me(), now=clock.now())
    except AlreadyAnswered:
        note_problem(_("Không có yêu cầu nào đang chờ trả lời."))
    else:
        note_success(_("Đã rút yêu cầu. Dữ liệu được giữ như trước."))
    return see_other(url_for("privacy.own", _anchor="yeu-cau"))
