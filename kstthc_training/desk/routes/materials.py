"""Tài liệu: the papers of an event, given, changed and withdrawn."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_run_event
from kstthc_training.events.words import Tag
from kstthc_training.files.kinds import KINDS
from kstthc_training.files.sent import held
from kstthc_training.materials import service
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.forms import ChangeForm, UploadForm
from kstthc_training.materials.models import Material
from kstthc_training.materials.queries import Paper, get_material, papers_of
from kstthc_training.materials.words import AUDIENCE_WORDS
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import moment
from kstthc_training.web.notes import note_success


@dataclass(frozen=True)
class Changing:
    """A change of a paper that was not stored: what was typed, and whether somebody else stored another meanwhile."""

    material_id: int
    form: ChangeForm
    is_stale: bool = False


@dataclass(frozen=True)
class PaperRow:
    """A paper in the list with the form of its change; `saved` is what is stored beside a change that came too late."""

    paper: Paper
    tag: Tag
    form: ChangeForm
    saved: str = ""


@bp.get("/hop/<event_code:code>/quan-ly/tai-lieu")
@access(runs_events)
def materials(code: str) -> ResponseReturnValue:
    """The papers, and the form for one more."""
    return _materials_page(workspace_event(code))


@bp.post("/hop/<event_code:code>/quan-ly/tai-lieu")
@access(runs_events)
def upload_material(code: str) -> ResponseReturnValue:
    """Take a file: on disk first, then known."""
    get_run_event(actor=me(), code=code)
    form = UploadForm()
    if form.validate():
        try:
            title = _take(code, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã thêm tài liệu “%(title)s”.", title=title))
            return see_other(url_for(".materials", code=code))
    return _materials_page(workspace_event(code), form, status=422)


@bp.post("/hop/<event_code:code>/quan-ly/tai-lieu/<int:material_id>")
@access(runs_events)
def change_material(code: str, material_id: int) -> ResponseReturnValue:
    """Say anew for whom a paper is and from when on, unless somebody else did meanwhile: then both are shown."""
    material = get_material(event=workspace_event(code), material_id=material_id)
    form = ChangeForm.about(material)
    if not form.validate():
        return _materials_page(workspace_event(code), changing=Changing(material_id, form), status=422)
    try:
        with unit_of_work():
            _change(code, material_id, form)
    except Stale as stale:
        form.version.data = stale.facts["saved_version"]
        return _materials_page(workspace_event(code), changing=Changing(material_id, form, is_stale=True), status=409)
    note_success(_("Đã lưu."))
    return see_other(url_for(".materials", code=code))


@bp.post("/hop/<event_code:code>/quan-ly/tai-lieu/<int:material_id>/rut")
@access(runs_events)
def withdraw_material(code: str, material_id: int) -> ResponseReturnValue:
    """Withdraw a paper; it can be given back."""
    with unit_of_work():
        event = get_run_event(actor=me(), code=code)
        material = get_material(event=event, material_id=material_id)
        service.withdraw_material(actor=me(), event=event, material=material, now=clock.now())
        title = material.title
    undo = url_for(".restore_material", code=code, material_id=material_id)
    note_success(_("Đã rút tài liệu “%(title)s”.", title=title), undo_action=undo)
    return see_other(url_for(".materials", code=code))


@bp.post("/hop/<event_code:code>/quan-ly/tai-lieu/<int:material_id>/tra-lai")
@access(runs_events)
def restore_material(code: str, material_id: int) -> ResponseReturnValue:
    """Give a withdrawn paper back."""
    with unit_of_work():
        event = get_run_event(actor=me(), code=code)
        service.restore_material(actor=me(), event=event, material_id=material_id, now=clock.now())
    note_success(_("Đã trả lại tài liệu."))
    return see_other(url_for(".materials", code=code))


def _take(code: str, form: UploadForm) -> str:
    sent = form.file.data
    with held(sent.stream, name=sent.filename, limit=_limit()) as file, unit_of_work():
        event, draft = get_run_event(actor=me(), code=code), form.draft(file)
        service.add_material(actor=me(), event=event, kept=file.kept, draft=draft, now=clock.now())
    return draft.title


def _change(code: str, material_id: int, form: ChangeForm) -> None:
    event = get_run_event(actor=me(), code=code)
    service.change_material(
        actor=me(),
        event=event,
        material=get_material(event=event, material_id=material_id),
        audience=form.chosen_audience,
        available_at=form.available_at,
        version=form.version.data,
        now=clock.now(),
    )


def _materials_page(
    event: Event, form: UploadForm | None = None, *, changing: Changing | None = None, status: int = 200
) -> ResponseReturnValue:
    papers = papers_of(event, actor=me(), now=clock.now())
    return workspace_page(
        "desk/materials.html",
        event,
        "materials",
        status=status,
        papers=[_row(paper, changing) for paper in papers],
        form=form or UploadForm(formdata=None),
        refused=changing.form if changing else form,
        endings=sorted(KINDS),
        limit_mb=current_app.config["SETTINGS"].max_upload_mb,
        open_id=changing.material_id if changing else asked_number("sua"),
    )


def _row(paper: Paper, changing: Changing | None) -> PaperRow:
    material = paper.material
    tag = Tag(str(AUDIENCE_WORDS[material.audience]), "info" if material.audience is MaterialAudience.REGISTERED else "")
    if changing is None or changing.material_id != material.id:
        return PaperRow(paper, tag, ChangeForm.about(material, formdata=None))
    return PaperRow(paper, tag, changing.form, _saved_words(material) if changing.is_stale else "")


def _saved_words(material: Material) -> str:
    at = material.available_at
    when = _("phát lúc %(when)s", when=moment(at)) if at else _("phát ngay")
    return f"{AUDIENCE_WORDS[material.audience]}, {when}"


def _limit() -> int:
    return int(current_app.config["SETTINGS"].max_upload_mb) * 1_000_000
