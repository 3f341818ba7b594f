"""What an organizer does with the list and the events of a mandatory training."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.mandates import service
from kstthc_training.mandates.forms import PeopleForm
from kstthc_training.mandates.routes.blueprint import bp
from kstthc_training.mandates.routes.pages import mandate_page
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.web.access import access
from kstthc_training.web.addresses import given_numbers, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.post("/bat-buoc/<int:mandate_id>/mien")
@access(runs_events)
def exempt(mandate_id: int) -> ResponseReturnValue:
    """Exempt those ticked by a document."""
    form = PeopleForm()
    if form.validate():
        try:
            with unit_of_work():
                freed = service.exempt_people(
                    actor=me(), mandate_id=mandate_id, person_ids=given_numbers("id"), document=form.document.data or "",
                    now=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(ngettext("Đã miễn cho %(num)d người.", "Đã miễn cho %(num)d người.", len(freed)))
            return _back(mandate_id)
    return mandate_page(mandate_id, form, status=422)


@bp.post("/bat-buoc/<int:mandate_id>/thoi-mien")
@access(runs_events)
def lift(mandate_id: int) -> ResponseReturnValue:
    """Ask the training again of those ticked."""
    form = PeopleForm()
    try:
        with unit_of_work():
            asked = service.lift_exemption(
                actor=me(), mandate_id=mandate_id, person_ids=given_numbers("id"), now=clock.now()
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return mandate_page(mandate_id, form, status=422)
    note_success(ngettext("%(num)d người lại phải dự.", "%(num)d người lại phải dự.", len(asked)))
    return _back(mandate_id)


@bp.post("/bat-buoc/<int:mandate_id>/bo")
@access(runs_events)
def unlist(mandate_id: int) -> ResponseReturnValue:
    """Take those ticked off the list."""
    form = PeopleForm()
    try:
        with unit_of_work():
            gone = service.unlist_people(actor=me(), mandate_id=mandate_id, person_ids=given_numbers("id"), now=clock.now())
    except Refusal as refusal:
        form.refuse(refusal)
        return mandate_page(mandate_id, form, status=422)
    note_success(ngettext("Đã bỏ %(num)d người.", "Đã bỏ %(num)d người.", len(gone)))
    return _back(mandate_id)


@bp.post("/bat-buoc/<int:mandate_id>/cuoc")
@access(runs_events)
def count_event(mandate_id: int) -> ResponseReturnValue:
    """From now on an event counts as the training."""
    event_id = posted_number("event")
    if event_id is None:
        raise Unknown()
    with unit_of_work():
        service.count_event(actor=me(), mandate_id=mandate_id, event_id=event_id, now=clock.now())
    note_success(_("Ai dự cuộc này được tính là đã dự khóa."))
    return _back(mandate_id)


@bp.post("/bat-buoc/<int:mandate_id>/cuoc/bo")
@access(runs_events)
def leave_event(mandate_id: int) -> ResponseReturnValue:
    """An event counts as the training no more."""
    event_id = posted_number("event")
    if event_id is None:
        raise Unknown()
    with unit_of_work():
        service.leave_event(actor=me(), mandate_id=mandate_id, event_id=event_id, now=clock.now())
    note_success(_("Cuộc này không còn tính cho khóa nữa."))
    return _back(mandate_id)


def _back(mandate_id: int) -> Response:
    """The list as it was filtered."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value}
    return see_other(url_for("mandates.mandate", **{**kept, "mandate_id": mandate_id}))
