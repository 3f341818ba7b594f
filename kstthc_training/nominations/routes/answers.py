"""A focal point's answer to an invitation: places whose names follow, or that nobody can come."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.queries import get_event
from kstthc_training.invitations.queries import invitation_of
from kstthc_training.nominations.forms import AnswerForm
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.home import home_page
from kstthc_training.nominations.routes.invited import answer, require
from kstthc_training.nominations.routes.naming import own_organisation
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>/nhan")
@access(is_focal_point)
def accept(organisation_id: int, code: str) -> ResponseReturnValue:
    """Take the places, names follow."""
    return _answered(organisation_id, code, is_yes=True)


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>/khong-du")
@access(is_focal_point)
def decline(organisation_id: int, code: str) -> ResponseReturnValue:
    """Say that nobody can come."""
    return _answered(organisation_id, code, is_yes=False)


def _answered(organisation_id: int, code: str, *, is_yes: bool) -> Response:
    organisation, form = own_organisation(organisation_id), AnswerForm()
    if form.validate():
        try:
            with unit_of_work():
                event = get_event(actor=me(), code=code)
                asked = require(invitation_of(event_id=event.id, organisation_id=organisation_id))
                said = answer(form, actor=me(), invitation=asked, is_yes=is_yes, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".home", dv=organisation_id))
    return home_page(organisation, form=form, status=422)
