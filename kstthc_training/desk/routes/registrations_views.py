"""The columns of the list of those registered, and the ways to look at it that are kept under a name."""

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.views import ButtonForm, ViewForm
from kstthc_training.desk.registrant_table import chosen_columns, columns_word
from kstthc_training.desk.registrants import COLUMNS_COOKIE, asked_filters, shown_columns
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.routes.registrations import list_address, list_page, table_columns
from kstthc_training.desk.workspace import workspace_event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service
from kstthc_training.text import clean_line
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success

_YEAR = 365 * 24 * 3600


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/cot")
@access(runs_events)
def choose_columns(code: str) -> ResponseReturnValue:
    """Show the ticked columns; this browser remembers them for the lists of all events."""
    event, form = workspace_event(code), ButtonForm()
    if not form.validate():
        return list_page(event, asked_filters(request.args), form=form, status=422)
    ticked, filters = request.form.getlist("cot"), asked_filters(request.args)
    chosen = [column for column in table_columns(event) if column.word in ticked]
    answer = see_other(url_for(".registrations", code=code, **{**filters.args, "cot": None}))
    answer.set_cookie(
        COLUMNS_COOKIE, columns_word(chosen), max_age=_YEAR, httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
    return answer


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/cach-xem")
@access(runs_events)
def save_view(code: str) -> ResponseReturnValue:
    """Keep what the list is looked at by, the columns too, under a name."""
    event, form, filters = workspace_event(code), ViewForm(), asked_filters(request.args)
    if form.validate():
        name = str(form.name.data)
        shown = chosen_columns(table_columns(event), shown_columns(filters))
        asked = {part: str(value) for part, value in {**filters.args, "cot": columns_word(shown)}.items()}
        try:
            with unit_of_work():
                service.save_view(actor=me(), name=name, asked=asked, is_shared=form.is_shared.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã giữ cách xem “%(name)s”.", name=name))
            return see_other(list_address(code))
    return list_page(event, filters, form=form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/bo-cach-xem")
@access(runs_events)
def drop_view(code: str) -> ResponseReturnValue:
    """Drop a view of one's own."""
    event, form = workspace_event(code), ButtonForm()
    if not form.validate():
        return list_page(event, asked_filters(request.args), form=form, status=422)
    name = clean_line(request.form.get("ten", ""))
    with unit_of_work():
        service.drop_view(actor=me(), name=name)
    note_success(_("Đã bỏ cách xem “%(name)s”.", name=name))
    return see_other(list_address(code))
