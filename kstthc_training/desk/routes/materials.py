"""Tài liệu: the papers of an event, given, changed and withdrawn."""

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_run_event
from kstthc_training.files.kinds import KINDS, recognise
from kstthc_training.files.store import Kept, own_store
from kstthc_training.materials import service
from kstthc_training.materials.forms import AvailabilityForm, UploadForm
from kstthc_training.materials.queries import get_material, papers_of
from kstthc_training.materials.words import AUDIENCE_WORDS
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success


@bp.get("/hop/<event_code:code>/quan-ly/tai-lieu")
@access(runs_events)
def materials(code: str) -> ResponseReturnValue:
    """The papers, and the form for one more."""
    return _materials_page(workspace_event(code), UploadForm())


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
    """Say anew for whom a paper is and from when on."""
    form = AvailabilityForm()
    if not form.validate():
        get_run_event(actor=me(), code=code)
        note_problem(" ".join(str(message) for messages in form.errors.values() for message in messages))
        return see_other(url_for(".materials", code=code))
    with unit_of_work():
        now = clock.now()
        event = get_run_event(actor=me(), code=code)
        service.change_material(
            actor=me(), event=event, material=get_material(event=event, material_id=material_id),
            audience=form.chosen_audience, available_at=form.available_at, now=now,
        )  # fmt: skip
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
    store = own_store()
    kept = store.put(form.file.data.stream, limit=_limit())
    try:
        return _give(code, form, kept, recognise(form.file_name, store.path(kept.key)))
    except BaseException:
        store.remove(kept.key)
        raise


def _give(code: str, form: UploadForm, kept: Kept, media_type: str) -> str:
    with unit_of_work():
        event = get_run_event(actor=me(), code=code)
        draft = form.draft(media_type)
        service.add_material(actor=me(), event=event, kept=kept, draft=draft, now=clock.now())
    return draft.title


def _materials_page(event: Event, form: UploadForm, *, status: int = 200) -> ResponseReturnValue:
    return workspace_page(
        "desk/materials.html",
        event,
        "materials",
        status=status,
        papers=papers_of(event, actor=me(), now=clock.now()),
        form=form,
        audience_words=AUDIENCE_WORDS,
        endings=sorted(KINDS),
        limit_mb=current_app.config["SETTINGS"].max_upload_mb,
        open_id=asked_number("sua"),
    )


def _limit() -> int:
    return int(current_app.config["SETTINGS"].max_upload_mb) * 1_000_000
