"""Nhóm mời: the saved groups of organisations, each with its own page."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.inviting import DeleteGroupForm, NamedGroupForm
from kstthc_training.desk.group_boxes import group_boxes
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.invitations import service
from kstthc_training.invitations.queries.saved_groups import get_group, group_lines
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page


@bp.get("/dieu-hanh/nhom-moi")
@access(runs_events)
def groups() -> ResponseReturnValue:
    """Every saved group."""
    return page("desk/groups.html", lines=group_lines())


@bp.get("/dieu-hanh/nhom-moi/<int:group_id>")
@access(runs_events)
def group(group_id: int) -> ResponseReturnValue:
    """One group: its name and its organisations with their places."""
    return _group_page(group_id)


@bp.post("/dieu-hanh/nhom-moi/<int:group_id>")
@access(runs_events)
def change_group(group_id: int) -> ResponseReturnValue:
    """Save the name and the organisations ticked; the button beside the search box looks for more."""
    form = NamedGroupForm()
    if "tim" in request.form:
        return _group_page(group_id, form)
    if form.validate():
        places = group_boxes(group_id).places
        try:
            with unit_of_work():
                service.change_group(
                    actor=me(), group_id=group_id, name=form.group_name.data, places=places,
                    version=form.version.data, now=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã lưu nhóm “%(name)s”.", name=form.group_name.data))
            return see_other(url_for(".group", group_id=group_id))
    return _group_page(group_id, form, status=422)


@bp.post("/dieu-hanh/nhom-moi/<int:group_id>/bo")
@access(runs_events)
def delete_group(group_id: int) -> ResponseReturnValue:
    """Put a group away; whom it was used to invite stays invited."""
    form = DeleteGroupForm()
    if form.validate():
        try:
            with unit_of_work():
                name = service.delete_group(actor=me(), group_id=group_id, version=form.version.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã bỏ nhóm “%(name)s”.", name=name))
            return see_other(url_for(".groups"))
    note_problem(" ".join(str(words) for words in form.form_errors))
    return see_other(url_for(".group", group_id=group_id))


def _group_page(group_id: int, form: NamedGroupForm | None = None, *, status: int = 200) -> Response:
    found = get_group(group_id)
    values = {"group_name": found.name, "version": found.version}
    shown = form or NamedGroupForm(formdata=None, data=values)
    if shown.form_errors:  # after somebody else's edit what is saved next is saved over the newest
        shown.version.data = found.version
    return page(
        "desk/group.html", fragments=("cac_noi",), status=status, group=found, form=shown, members=group_boxes(group_id)
    )
