"""Choosing how one's calendar is told; the form stands on the page of feeds."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.scheduling import service
from kstthc_training.scheduling.forms import CalendarMailForm
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success

bp = Blueprint("scheduling", __name__)


@bp.post("/cua-toi/loi-moi-lich")
@access(signed_in)
def choose() -> ResponseReturnValue:
    """From now on entries come with letters always, never, or unless a program reads one's feed."""
    form = CalendarMailForm()
    if form.validate():
        with unit_of_work():
            service.choose(person_id=me().person_id or 0, mail=form.mail)
        note_success(_("Đã lưu cách nhận lời mời lịch."))
    else:
        note_problem(_("Chưa lưu: hãy chọn một trong ba cách nhận lời mời lịch."))
    return see_other(url_for("calendars.subscribe", _anchor="loi-moi-lich"))
