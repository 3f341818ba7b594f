"""Ordering a mandatory training, saying it anew, withdrawing it."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.mandates import choices, queries, service
from kstthc_training.mandates.forms import MandateForm
from kstthc_training.mandates.models import Mandate
from kstthc_training.mandates.routes.blueprint import bp
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/bat-buoc/moi")
@access(runs_events)
def new() -> ResponseReturnValue:
    """An empty form."""
    return _form_page(_form(None), None)


@bp.post("/bat-buoc/moi")
@access(runs_events)
def order() -> ResponseReturnValue:
    """Order a training, and go on to who must attend it."""
    form = _form(None)
    if not form.validate():
        return _form_page(form, None, status=422)
    with unit_of_work():
        mandate_id = service.order_training(actor=me(), draft=form.draft(), now=clock.now()).id
    note_success(_("Đã lập khóa. Chọn những người phải dự."))
    return see_other(url_for(".choose_people", mandate_id=mandate_id))


@bp.get("/bat-buoc/<int:mandate_id>/sua")
@access(runs_events)
def edit(mandate_id: int) -> ResponseReturnValue:
    """What is known, to be said anew."""
    found = queries.get_mandate(mandate_id)
    form = _form(found)
    form.show(found)
    return _form_page(form, found)


@bp.post("/bat-buoc/<int:mandate_id>/sua")
@access(runs_events)
def change(mandate_id: int) -> ResponseReturnValue:
    """Save what was typed, unless somebody else saved in the meantime."""
    found = queries.get_mandate(mandate_id)
    form = _form(found)
    if form.validate():
        try:
            with unit_of_work():
                service.change_training(
                    actor=me(), mandate_id=mandate_id, draft=form.draft(), version=form.version.data, now=clock.now()
                )
        except Refusal as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Stale):
                form.version.data = refusal.facts["saved_version"]
        else:
            note_success(_("Đã lưu."))
            return see_other(url_for(".mandate", mandate_id=mandate_id))
    return _form_page(form, queries.get_mandate(mandate_id), status=422)


@bp.post("/bat-buoc/<int:mandate_id>/rut")
@access(runs_events)
def withdraw(mandate_id: int) -> ResponseReturnValue:
    """Ask it of nobody any more."""
    with unit_of_work():
        service.withdraw_training(actor=me(), mandate_id=mandate_id, now=clock.now())
    note_success(_("Đã rút, không ai phải dự nữa."), undo_action=url_for(".restore", mandate_id=mandate_id))
    return see_other(url_for(".mandate", mandate_id=mandate_id))


@bp.post("/bat-buoc/<int:mandate_id>/tra-lai")
@access(runs_events)
def restore(mandate_id: int) -> ResponseReturnValue:
    """Ask it again."""
    with unit_of_work():
        service.restore_training(actor=me(), mandate_id=mandate_id, now=clock.now())
    note_success(_("Khóa lại có hiệu lực như trước."))
    return see_other(url_for(".mandate", mandate_id=mandate_id))


def _form(found: Mandate | None) -> MandateForm:
    form = MandateForm()
    form.offer(choices.topics_offered(also=found.topic_id if found else None))
    return form


def _form_page(form: MandateForm, saved: Mandate | None, status: int = 200) -> Response:
    return page("mandates/form.html", form=form, saved=saved, status=status)
