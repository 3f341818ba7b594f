"""Khách: those without an account who await the decision, their letters, and the shared link that lets them in."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.guests import guest_page
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.files.store import own_store
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.errors import GuestsNotTaken
from kstthc_training.registrations.policy import closed_to_all
from kstthc_training.registrations.queries import rules_of
from kstthc_training.registrations.queries.guests import get_letter
from kstthc_training.registrations.words import refusal_words
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import made, stored
from kstthc_training.web.forms import Form
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.qr import qr_drawing

SVG = "image/svg+xml"


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/khach")
@access(runs_events)
def guests(code: str) -> ResponseReturnValue:
    """Each guest with what he wrote, his papers, and whom of the directory he may be."""
    note_reading("registrations.read", subject_type="event", subject_id=workspace_event(code).id)
    return guests_page(workspace_event(code))


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/khach/<int:registration_id>/giay-gioi-thieu")
@access(runs_events)
def guest_letter(code: str, registration_id: int) -> ResponseReturnValue:
    """The letter of introduction that a guest sent along, as an attachment."""
    file = get_letter(event_id=workspace_event(code).id, registration_id=registration_id)
    return stored(own_store().path(file.key), name=file.name, media_type=file.media_type, etag=file.sha256)


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/lien-ket-khach.svg")
@access(runs_events)
def guest_link_drawing(code: str) -> ResponseReturnValue:
    """The QR square of the shared link, to be printed on a poster."""
    event = workspace_event(code)
    if not rules_of(event.id).guests_allowed:
        raise Unknown(code=code)
    return made(qr_drawing(guest_link(event.id)), name=f"{_('Liên kết khách %(code)s', code=code)}.svg", media_type=SVG)


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/doi-lien-ket-khach")
@access(runs_events)
def renew_guest_link(code: str) -> ResponseReturnValue:
    """Another shared link; the old one is void at once."""
    try:
        with unit_of_work():
            service.renew_guest_link(actor=me(), event_id=workspace_event(code).id, now=clock.now())
    except GuestsNotTaken as refusal:
        note_problem(refusal_words(refusal) or "")
    else:
        note_success(_("Đã đổi liên kết. Liên kết và mã QR cũ không dùng được nữa."))
    return see_other(url_for(".rules", code=code, _anchor="khach"))


def guests_page(event: Event, *, form: Form | None = None, refused_id: int | None = None, status: int = 200) -> Response:
    """The page of the guests; `form` is a decision that was refused, of the guest `refused_id`."""
    closed: Refusal | None = closed_to_all(event, clock.now())
    return workspace_page(
        "desk/guests.html", event, "registrations", status=status, guests=guest_page(event), form=form,
        refused_id=refused_id, may_decide=closed is None, why_not=refusal_words(closed) if closed else "",
    )  # fmt: skip
