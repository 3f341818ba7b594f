"""A list of mergers from a file: looked at with what is wrong in it, then carried out whole."""

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import AlreadyImported, ImportRefused
from kstthc_training.directory.forms import MergerListForm
from kstthc_training.directory.merging.lists import FIELDS, MergerList, read_mergers
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.directory.queries import get_upload
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.service.merger_lists import import_mergers
from kstthc_training.directory.service.uploads import content_of
from kstthc_training.directory.wording import FIELD_WORDS, problem_words
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import NotAllowed, Refusal, Unknown
from kstthc_training.sheets import Table, read_table
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

MOST_SHOWN = 200


@bp.get("/sap-nhap/tu-tep/<int:import_id>")
@access(keeps_directory)
def merger_list(import_id: int) -> ResponseReturnValue:
    """Which mergers a file holds on the day that is given, and what is wrong in it."""
    kept = _kept(import_id)
    if kept.imported_at:
        return _done(kept)
    if not request.args.get("effective_on"):
        return _page(kept, MergerListForm(formdata=None))
    form = MergerListForm(request.args, meta={"csrf": False})
    form.validate()
    return _page(kept, form, status=422 if form.errors else 200)


@bp.post("/sap-nhap/tu-tep/<int:import_id>")
@access(keeps_directory)
def carry_out_list(import_id: int) -> ResponseReturnValue:
    """Carry every merger of a file out, or show what stands against it."""
    kept, form = _kept(import_id), MergerListForm()
    if kept.imported_at:
        return _done(kept)
    if form.validate() and form.effective_on.data:
        try:
            with unit_of_work():
                done = import_mergers(
                    actor=me(), upload=kept, table=_table(kept), on=form.effective_on.data,
                    legal_basis=form.legal_basis.data or "", now=clock.now(),
                )  # fmt: skip
        except (AlreadyImported, ImportRefused):
            kept = _kept(import_id)
        except (Unknown, NotAllowed):
            raise
        except Refusal as refusal:
            form.refuse(refusal)
            kept = _kept(import_id)
        else:
            return _done(done)
    return _done(kept) if kept.imported_at else _page(kept, form, status=422)


def _kept(import_id: int) -> DirectoryImport:
    kept = get_upload(actor=me(), import_id=import_id)
    if kept.kind is not ImportKind.MERGERS:
        abort(404)
    return kept


def _done(kept: DirectoryImport) -> Response:
    note_success(ngettext("Đã sáp nhập %(num)d lần theo danh sách.", "Đã sáp nhập %(num)d lần theo danh sách.", kept.new))
    return see_other(url_for("directory.mergers_list"))


def _table(kept: DirectoryImport) -> Table:
    return read_table(kept.file_name, content_of(kept), fields=FIELDS)


def _page(kept: DirectoryImport, form: MergerListForm, *, status: int = 200) -> Response:
    listed: MergerList | None = None
    if form.effective_on.data:
        listed = read_mergers(_table(kept), on=form.effective_on.data, legal_basis=form.legal_basis.data or "")
    shown = listed.problems[:MOST_SHOWN] if listed else ()
    return page(
        "directory/merger_list.html",
        upload=kept,
        form=form,
        listed=listed,
        problems=[(each, *problem_words(each, ImportKind.MERGERS)) for each in shown],
        fields=FIELD_WORDS[ImportKind.MERGERS],
        status=status,
    )
