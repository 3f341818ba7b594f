"""Tạo and Sửa: one page for all that is said about an event."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.editor import editor_page, offer_choices, stale_differences
from kstthc_training.desk.forms import EventForm
from kstthc_training.desk.forms.acts import RELEASE, SAVE, change, make_ready
from kstthc_training.desk.forms.prefill import values_of, values_of_copy
from kstthc_training.desk.queries import marks_by_session
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.events import service
from kstthc_training.events.drafts import Footprint
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import WHOLE, get_run_event
from kstthc_training.invitations import service as invitations
from kstthc_training.outbox.queries import find_hold
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.plans.queries import find_item
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.registrations import service as registrations
from kstthc_training.text import whole_number
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success


@bp.get("/hop/tao")
@access(runs_events)
def create() -> ResponseReturnValue:
    """A blank form, with `?tu=2026-118` one like an earlier event, with `?muc=7` one for an item of the plan."""
    source = _whole(request.args["tu"]) if _is_code(request.args.get("tu", "")) else None
    form = EventForm(data=values_of_copy(source) if source else _usual() | _for_plan())
    return editor_page(form, offer_choices(form, source), copied_from=source)


@bp.post("/hop/tao")
@access(runs_events)
def store() -> ResponseReturnValue:
    """Save a new draft, perhaps release it at once; any other button changes the form alone."""
    form, act = EventForm(), request.form.get("act", "")
    if act not in (SAVE, RELEASE):
        return _changed(form, act, None)
    make_ready(form)
    offered = offer_choices(form, None)
    if form.validate():
        try:
            with unit_of_work():
                event = _create(form, act)
                code = event.code
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã phát hành.") if act == RELEASE else _("Đã lưu dự thảo."))
            return see_other(url_for("desk.overview", code=code))
    return editor_page(form, offered, status=422)


@bp.get("/hop/<event_code:code>/sua")
@access(runs_events)
def edit(code: str) -> ResponseReturnValue:
    """The form of a stored event."""
    event = _whole(code)
    form = EventForm(data=values_of(event))
    return editor_page(form, offer_choices(form, event), event)


@bp.post("/hop/<event_code:code>/sua")
@access(runs_events)
def update(code: str) -> ResponseReturnValue:
    """Save an event anew, if nobody else did meanwhile; any other button changes the form alone."""
    event, form, act = _whole(code), EventForm(), request.form.get("act", "")
    if act not in (SAVE, RELEASE):
        return _changed(form, act, event)
    make_ready(form)
    offered = offer_choices(form, event)
    if form.validate():
        try:
            with unit_of_work():
                letters = _update(form, act, event)
        except Stale:
            event = _whole(code)
            return editor_page(form, offered, event, status=409, saved=stale_differences(form, event, offered))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_saved_words(act, letters, event))
            return see_other(url_for("desk.overview", code=code))
    return editor_page(form, offered, _whole(code), status=422)


def _create(form: EventForm, act: str) -> Event:
    now = clock.now()
    event = service.create_event(actor=me(), draft=form.draft(venue_id=_new_venue(form)), now=now)
    registrations.open_pools(event_id=event.id, capacity=event.capacity)
    if act == RELEASE:
        service.release(actor=me(), event=event, now=now)
    return event


def _update(form: EventForm, act: str, event: Event) -> int:
    now = clock.now()
    letters = invitations.change_event(
        actor=me(),
        event=event,
        draft=form.draft(venue_id=_new_venue(form)),
        version=form.version.data or 0,
        footprint=Footprint(marks=marks_by_session(event.id)),
        now=now,
    )
    if act == RELEASE and event.state is EventState.DRAFT:
        service.release(actor=me(), event=event, now=now)
    invitations.send(actor=me(), event_id=event.id, now=now)  # those whose letters waited for the release
    return letters


def _new_venue(form: EventForm) -> int | None:
    if not form.new_venue_name.data:
        return None
    venue = service.add_venue(
        actor=me(),
        name=form.new_venue_name.data,
        address=form.new_venue_address.data or "",
        capacity=form.new_venue_capacity.data,
        now=clock.now(),
    )
    return venue.id


def _changed(form: EventForm, act: str, event: Event | None) -> Response:
    change(form, act)
    return editor_page(form, offer_choices(form, event), event)


def _saved_words(act: str, letters: int, event: Event) -> str:
    if act == RELEASE:
        return str(_("Đã phát hành."))
    if not letters:
        return str(_("Đã lưu."))
    if find_hold() or find_hold(event.id):
        return str(ngettext("Đã lưu. %(num)d thư báo đang được giữ.", "Đã lưu. %(num)d thư báo đang được giữ.", letters))
    words = ngettext("Đã lưu và gửi đi %(num)d thư báo.", "Đã lưu và gửi đi %(num)d thư báo.", letters)
    return str(words)


def _whole(code: str) -> Event:
    return get_run_event(actor=me(), code=code, options=WHOLE)


def _is_code(text: str) -> bool:
    year, dash, number = text.partition("-")
    return bool(dash and whole_number(year) and whole_number(number))


def _usual() -> dict[str, object]:
    """What most events begin with: the organizer as the one to ask."""
    return {"contact_name": me().display_name}


def _for_plan() -> dict[str, object]:
    """What an item of the plan, when one is named, says of its event."""
    item = find_item(asked_number("muc"))
    return {"title": item.title, "plan_item_id": item.id} if item else {}
