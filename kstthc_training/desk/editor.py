"""The page on which an event is written, new or known."""

from typing import Any

from flask import Response, url_for

from kstthc_training import clock
from kstthc_training.desk.advice import advice_on, suggested_closing
from kstthc_training.desk.form_choices import Offered, offered_on
from kstthc_training.desk.forms import EventForm
from kstthc_training.desk.forms.prefill import values_of
from kstthc_training.desk.forms.stale import saved_meanwhile
from kstthc_training.events import choices
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.web.pages import page

FRAGMENTS = ("buoi", "chuong_trinh", "luu_y", "nguoi_truc")


def offer_choices(form: EventForm, event: Event | None) -> Offered:
    """Give a form its choices, those of the year of its first session and of the people it names: seven statements."""
    days = form.days()
    day = days[0] if days else clock.local_date(clock.now())
    offered = offered_on(day, venue_id=event.venue_id if event else None, host_id=event.host_id if event else None)
    offered.door_staff = choices.people_by_id(form.door_staff_ids.data or ())
    chosen = {person.id for person in offered.door_staff}
    offered.found = [p for p in choices.find_people(form.find_person.data or "") if p.id not in chosen]
    form.offer(offered)
    return offered


def editor_page(
    form: EventForm,
    offered: Offered,
    event: Event | None = None,
    *,
    status: int = 200,
    saved: dict[str, str] | None = None,
    copied_from: Event | None = None,
) -> Response:
    """The page of a form that was offered its choices; `saved` is what somebody else stored meanwhile, by field."""
    draft = form.draft()
    released = event is not None and event.state is not EventState.DRAFT
    context: dict[str, Any] = {
        "form": form,
        "offered": offered,
        "event": event,
        "days": form.days(),
        "released": released,
        "held": event is not None and event.state is EventState.CLOSED,
        "postponed": event is not None and event.state is EventState.POSTPONED,
        "advice": advice_on(draft, event_id=event.id if event else None, released=released, now=clock.now()),
        "closing": suggested_closing(draft),
        "saved": saved or {},
        "copied_from": copied_from,
        "here": url_for("desk.edit", code=event.code) if event else url_for("desk.create"),
        "done": _done(form),
    }
    return page("desk/editor.html", fragments=FRAGMENTS, status=status, **context)


def stale_differences(form: EventForm, event: Event, offered: Offered) -> dict[str, str]:
    """What is stored now, by field, where it is not what was typed; the form may then be saved over it."""
    stored = EventForm(formdata=None, data=values_of(event))
    stored.offer(offered)
    form.version.data = event.version
    return saved_meanwhile(form, stored)


def _done(form: EventForm) -> dict[str, bool]:
    """Which parts of what an invitation states are filled in."""
    place = bool(form.venue_id.data or form.new_venue_name.data or form.mode.data == "online")
    return {
        "basics": bool(form.title.data and form.kind_id.data and form.days()),
        "place": place,
        "programme": any(row.title.data for row in form.agenda_rows()),
        "audience": bool(form.audience_note.data),
        "contact": bool(form.contact_name.data and form.contact_phone.data),
    }
