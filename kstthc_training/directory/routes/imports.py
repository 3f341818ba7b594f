"""Lists from Excel: handed in, looked at, taken in whole; nothing is written before the last press."""

import io
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory import service
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import AlreadyImported, ImportRefused
from kstthc_training.directory.forms import UploadForm
from kstthc_training.directory.importing.columns import Chosen
from kstthc_training.directory.importing.focal_points import FocalPoints, plan_focal_points
from kstthc_training.directory.importing.organisations import plan_organisations
from kstthc_training.directory.importing.people import plan_people
from kstthc_training.directory.importing.plans import ImportPlan
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.directory.preview import Preview, chosen_columns, preview_of, shown_problems
from kstthc_training.directory.queries import get_upload
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.service import content_of, import_upload, keep_upload
from kstthc_training.directory.wording import FIELD_WORDS, FIELDS_OF, KINDS
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.files.store import own_store
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory, runs_events
from kstthc_training.refusals import NotAllowed, Refusal, Unknown
from kstthc_training.registrations.words import refusal_words
from kstthc_training.sheets import LIMITS, CellKind, Column, Sheet, SheetRefused, Table, read_table, write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.addresses import may_be_event_code
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import XLSX, made
from kstthc_training.web.locale import moment
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.sheet_words import sheet_words

_WORDS = {"nguoi": ImportKind.PEOPLE, "noi": ImportKind.ORGANISATIONS, "sap-nhap": ImportKind.MERGERS}
Plan = tuple[ImportPlan[Any], FocalPoints]


@bp.get("/nhap")
@access(keeps_directory)
def choose_file() -> ResponseReturnValue:
    """Which file, and what is in it; for an event, whose people it registers."""
    kind = _WORDS.get(request.args.get("loai", ""), ImportKind.PEOPLE)
    return _upload_page(UploadForm(kind=kind.value, event=request.args.get("cuoc", "")))


@bp.post("/nhap")
@access(keeps_directory)
def upload() -> ResponseReturnValue:
    """Keep a file that can be read, for whoever handed it in, and go on to its preview."""
    form = UploadForm()
    if form.validate():
        kind, name = ImportKind(form.kind.data), form.file.data.filename
        content = form.file.data.stream.read(LIMITS.octets + 1)
        try:
            read_table(name, content, fields=FIELDS_OF[kind])
        except SheetRefused as refusal:
            form.file.errors = [sheet_words(refusal)]
        else:
            event = _event_of(form)
            kept = _kept(ImportKind.PEOPLE if event else kind, name, content, event.id if event else None)
            lists_mergers = kind is ImportKind.MERGERS and not event
            return see_other(url_for("directory.merger_list" if lists_mergers else "directory.preview", import_id=kept))
    return _upload_page(form, status=422)


def _kept(kind: ImportKind, name: str, content: bytes, event_id: int | None) -> int:
    """The number under which a file is kept: on disk first, then known."""
    with own_store().holding(io.BytesIO(content), limit=LIMITS.octets) as kept, unit_of_work():
        upload = keep_upload(actor=me(), kind=kind, file_name=name, kept=kept, event_id=event_id, now=clock.now())
        return upload.id


def _event_of(form: UploadForm) -> Event | None:
    """The event whose people are in the file, where it is such a one."""
    code = str(form.event.data or "")
    if not code:
        return None
    if not may_be_event_code(code):
        raise Unknown(code=code)
    return get_event(actor=me(), code=code)


def _upload_page(form: UploadForm, status: int = 200) -> Response:
    return page(
        "directory/import.html",
        form=form,
        event=_event_of(form),
        templates=_WORDS,
        kinds=KINDS,
        limits=LIMITS,
        status=status,
    )


@bp.get("/nhap/mau/<word>.xlsx")
@access(keeps_directory)
def template(word: str) -> ResponseReturnValue:
    """An empty workbook whose headings are known."""
    kind = _WORDS.get(word)
    if kind is None:
        abort(404)
    with force_locale("vi"):  # the headings that are known in any language of the page
        columns = [Column(str(label), width=24) for label in FIELD_WORDS[kind].values()]
        name = str(KINDS[kind])
    return made(write_xlsx([Sheet(name, columns, [])]), name=f"{name}.xlsx", media_type=XLSX)


@bp.get("/nhap/<int:import_id>")
@access(keeps_directory)
def preview(import_id: int) -> ResponseReturnValue:
    """What taking the file in would do, with the columns of the address or those found by the headings."""
    kept = get_upload(actor=me(), import_id=import_id)
    if kept.kind is ImportKind.MERGERS:
        return see_other(url_for("directory.merger_list", import_id=import_id))
    return _done_before(kept) if kept.imported_at else _preview_page(kept, request.args)


@bp.post("/nhap/<int:import_id>")
@access(keeps_directory)
def take_in(import_id: int) -> ResponseReturnValue:
    """Take the file in whole, or show what stands against it."""
    kept = get_upload(actor=me(), import_id=import_id)
    if kept.kind is ImportKind.MERGERS:
        abort(404)
    if kept.imported_at:
        return _done_before(kept)
    try:
        done = _take_in(kept)
    except AlreadyImported:
        return _done_before(get_upload(actor=me(), import_id=import_id))
    except (Unknown, NotAllowed):
        raise
    except Refusal as refusal:
        if not isinstance(refusal, ImportRefused | SheetRefused):
            changed = _("Danh bạ vừa thay đổi nên chưa nhập gì. Xem lại rồi bấm lần nữa.")
            note_problem(refusal_words(refusal) or changed)
        return _preview_page(get_upload(actor=me(), import_id=import_id), request.form, status=422)
    note_success(_done_words(done), undo_action=_undo_address(done))
    return _to_list(done)


def _take_in(kept: DirectoryImport) -> DirectoryImport:
    table, chosen = _table(kept, request.form), chosen_columns(request.form)
    send_links = bool(request.form.get("gui"))
    with unit_of_work():
        import_upload(actor=me(), upload=kept, table=table, chosen=chosen, send_links=send_links, now=clock.now())
    return get_upload(actor=me(), import_id=kept.id)


@bp.get("/nhap/<int:import_id>/loi.xlsx")
@access(keeps_directory)
def problem_sheet(import_id: int) -> ResponseReturnValue:
    """The lines with problems as a workbook, each problem with its cure before the cells of its line."""
    kept = get_upload(actor=me(), import_id=import_id)
    try:
        plan, focal_points = _plan(kept, request.args)
    except SheetRefused:
        abort(404)
    problems = [*plan.problems, *(focal_points.problems if request.args.get("gui") else ())]
    rows = {row.line: row.cells for row in plan.table.rows}
    width = len(plan.table.header)
    columns = [Column(_("Dòng"), CellKind.INTEGER), Column(_("Cột")), Column(_("Vì sao")), Column(_("Cách sửa"))]
    lines: list[tuple[str | int, ...]] = [
        (each.problem.line, each.column, each.what, each.cure, *_padded(rows.get(each.problem.line, ()), width))
        for each in shown_problems(kept.kind, plan, problems)
    ]
    sheet = Sheet(_("Lỗi"), [*columns, *(Column(heading) for heading in plan.table.header)], lines)
    return made(write_xlsx([sheet]), name=_("Lỗi %(name)s.xlsx", name=kept.file_name), media_type=XLSX)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *("",) * width)[:width]


def _table(kept: DirectoryImport, values: Mapping[str, str]) -> Table:
    sheet = values.get("bang") or None
    return read_table(kept.file_name, content_of(kept), fields=FIELDS_OF[kept.kind], sheet=sheet)


def _plan(kept: DirectoryImport, values: Mapping[str, str]) -> Plan:
    return _plan_of(kept.kind, _table(kept, values), chosen_columns(values))


def _plan_of(kind: ImportKind, table: Table, chosen: Chosen | None) -> Plan:
    today = clock.local_date(clock.now())
    if kind is ImportKind.ORGANISATIONS:
        return plan_organisations(table, chosen=chosen, on=today), FocalPoints()
    people = plan_people(table, chosen=chosen, on=today)
    return people, plan_focal_points(people)


def _preview_page(kept: DirectoryImport, values: Mapping[str, str], status: int = 200) -> Response:
    shown: Preview | None = None
    trouble = ""
    try:
        plan, focal_points = _plan(kept, values)
    except SheetRefused as refusal:
        trouble, status = sheet_words(refusal), 422
    else:
        shown = preview_of(
            kept.kind, plan, focal_points, send_links=bool(values.get("gui")), is_for_event=kept.event is not None
        )
    return page(
        "directory/import_preview.html",
        fragments=("xem_truoc",),
        upload=kept,
        title=_("Nhập người dự") if kept.event else KINDS[kept.kind],
        is_people=kept.kind is ImportKind.PEOPLE,
        preview=shown,
        trouble=trouble,
        fields=FIELD_WORDS[kept.kind],
        mapping=_kept_values(values),
        status=status,
    )


def _kept_values(values: Mapping[str, str]) -> dict[str, str]:
    """What was chosen on the page, for the forms and addresses that go on from it."""
    columns = {f"c{number}": field for number, field in (chosen_columns(values) or {}).items()}
    return columns | {name: values[name] for name in ("bang", "gui") if values.get(name)}


def _done_before(kept: DirectoryImport) -> Response:
    when = moment(kept.imported_at) if kept.imported_at else ""
    note_success(
        _("Tệp này đã nhập lúc %(when)s: %(what)s", when=when, what=_what_done(kept)), undo_action=_undo_address(kept)
    )
    return _to_list(kept)


def _done_words(done: DirectoryImport) -> str:
    return _("Đã nhập: %(what)s", what=_what_done(done))


def _what_done(done: DirectoryImport) -> str:
    """What taking a file in did, to the list of its event and to the directory."""
    if done.event is None:
        return _("thêm %(new)s, cập nhật %(changed)s.", new=done.new, changed=done.changed)
    count = len(done.registered)
    listed = ngettext("thêm %(num)d người vào danh sách dự", "thêm %(num)d người vào danh sách dự", count)
    directory = _("danh bạ thêm %(new)s, cập nhật %(changed)s.", new=done.new, changed=done.changed)
    return f"{listed}; {directory}"


def _undo_address(done: DirectoryImport) -> str | None:
    return url_for("directory.undo_registering", import_id=done.id) if done.registered and not done.undone_at else None


@bp.post("/nhap/<int:import_id>/hoan-tac")
@access(runs_events)
def undo_registering(import_id: int) -> ResponseReturnValue:
    """Take back the registrations that a file made."""
    kept = get_upload(actor=me(), import_id=import_id)
    if kept.event is None:
        raise Unknown(import_id=import_id)
    code = kept.event.code  # read now: a unit of work begins with nothing loaded
    try:
        with unit_of_work():
            count = service.undo_registering(actor=me(), upload=kept, now=clock.now())
    except (Unknown, NotAllowed):
        raise
    except Refusal as refusal:
        note_problem(refusal_words(refusal) or _("Danh sách vừa thay đổi nên chưa hoàn tác."))
    else:
        said = ngettext("Đã đưa %(num)d người ra khỏi danh sách dự.", "Đã đưa %(num)d người ra khỏi danh sách dự.", count)
        note_success(_("%(said)s Người vẫn ở trong danh bạ.", said=said))
    return see_other(url_for("desk.registrations", code=code))


def _to_list(kept: DirectoryImport) -> Response:
    if kept.event is not None:
        return see_other(url_for("desk.registrations", code=kept.event.code))
    return see_other(url_for("directory.people" if kept.kind is ImportKind.PEOPLE else "directory.index"))
