"""Cách nhận đăng ký: who decides, what the first in the queue gets, until when, and how many of whom."""

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.forms.rules_form import RulesForm, values_of_rules
from kstthc_training.desk.forms.stale import saved_meanwhile
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.registrations import service
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.policy import may_resize
from kstthc_training.registrations.queries import rules_of
from kstthc_training.registrations.queries.limits import limits_of
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.qr import qr_square


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky/cach-nhan")
@access(runs_events)
def rules(code: str) -> ResponseReturnValue:
    """The rules as they are."""
    event = workspace_event(code)
    return _page(event, _stored(event))


@bp.post("/hop/<event_code:code>/quan-ly/dang-ky/cach-nhan")
@access(runs_events)
def store_rules(code: str) -> ResponseReturnValue:
    """Change the rules and limits together, unless somebody else did meanwhile; free seats go to those who wait."""
    event, form = workspace_event(code), RulesForm()
    form.fit(event)
    if form.validate():
        try:
            with unit_of_work():
                said = _said(len(_change(form, event.id)))
        except Stale:
            return _stale(workspace_event(code), form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(url_for(".registrations", code=code))
    return _page(workspace_event(code), form, status=422)


def _change(form: RulesForm, event_id: int) -> list[object]:
    known, limits = rules_of(event_id), limits_of(event_id)
    moved = service.set_rules(
        actor=me(), event_id=event_id, rules=form.rules(known), limits=form.limits(limits), now=clock.now()
    )
    return list(moved)


def _stored(event: Event) -> RulesForm:
    form = RulesForm(formdata=None, data=values_of_rules(rules_of(event.id), limits_of(event.id)))
    form.fit(event)
    return form


def _stale(event: Event, form: RulesForm) -> Response:
    """What was typed beside what is stored now; saved again, it replaces that."""
    stored = _stored(event)
    form.version.data = stored.version.data
    form.version.raw_data = None
    return _page(event, form, status=409, saved=saved_meanwhile(form, stored))


def _page(event: Event, form: RulesForm, *, status: int = 200, saved: dict[str, str] | None = None) -> Response:
    return workspace_page(
        "desk/rules.html", event, "registrations", status=status, form=form, saved=saved or {},
        may_change=may_resize(event), **_guest_link(event),
    )  # fmt: skip


def _guest_link(event: Event) -> dict[str, Any]:
    """The shared link while guests are taken: its address, and its square."""
    if not rules_of(event.id).guests_allowed:
        return {"guest_address": ""}
    address = guest_link(event.id)
    return {"guest_address": address, "guest_square": qr_square(address)}


def _said(moved: int) -> str:
    if not moved:
        return _("Đã lưu cách nhận đăng ký.")
    return ngettext(
        "Đã lưu cách nhận đăng ký. Đến lượt %(num)d người chờ.",
        "Đã lưu cách nhận đăng ký. Đến lượt %(num)d người chờ.",
        moved,
    )
