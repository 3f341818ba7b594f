"""Fetching of papers, by whole and by range."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.queries import get_event
from kstthc_training.files.store import own_store
from kstthc_training.materials import queries, service
from kstthc_training.people.identity import me
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.downloads import stored

bp = Blueprint("materials", __name__)


@bp.get("/hop/<event_code:code>/tai-lieu/<int:material_id>")
@access(signed_in)
def download(code: str, material_id: int) -> ResponseReturnValue:
    """The file of a material, as an attachment under its own name; a fetch is counted once, at its first octets."""
    now = clock.now()
    event = get_event(actor=me(), code=code)
    material = queries.get_readable_material(actor=me(), event=event, material_id=material_id, now=now)
    file, path = material.file, own_store().path(material.file.key)
    answer = stored(path, name=file.name, media_type=file.media_type, etag=file.sha256)
    if request.method == "GET" and answer.status_code in (200, 206) and _begins_file():
        with unit_of_work():
            service.note_download(actor=me(), material_id=material_id, now=now)
    return answer


def _begins_file() -> bool:
    wanted = request.range
    return wanted is None or any(start == 0 for start, _end in wanted.ranges)
