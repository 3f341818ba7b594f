"""Posting of the event's form in tests."""

from typing import Any

from lxml import html
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event, EventKind
from kstthc_training.events.queries import WHOLE

SESSION = {
    "sessions-0-id": "",
    "sessions-0-day": "29/10/2026",
    "sessions-0-starts": "14:00",
    "sessions-0-ends": "15h30",
    "sessions-0-name": "",
}


def kind_id(code: str = "hop-bao") -> int:
    """The id of a kind."""
    return db.session.scalars(select(EventKind.id).where(EventKind.code == code)).one()


def typed(act: str = "save", **more: Any) -> dict[str, Any]:
    """A filled form of one session, sent by the button `act`; names may have dashes for underscores' sake in `more`."""
    return {
        "act": act,
        "version": "0",
        "title": "Họp báo quý III",
        "kind_id": str(kind_id()),
        "mode": "in_person",
        "venue_id": "",
        "host_id": "",
        "plan_item_id": "",
        "audience": "press",
        "attendance_rule": "half",
        "contact_name": "Nguyễn Mẫu An",
        "contact_phone": "+84 900.000.021",
        **SESSION,
        **more,
    }


def the_event() -> Event:
    """The only event there is, with everything, kept readable."""
    event = db.session.scalars(select(Event).options(*WHOLE)).one()
    db.session.expunge_all()
    return event


def form_of(page: html.HtmlElement) -> dict[str, Any]:
    """What a browser would send of the event's form as it stands."""
    form = page.xpath("//form[@id='soan']")[0]
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    values.pop("csrf_token")  # the test browser brings its own
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def parsed(answer: Any) -> html.HtmlElement:
    """The page of an answer."""
    return html.document_fromstring(answer.text)


def value_of(page: html.HtmlElement, name: str) -> str:
    """What stands in a field."""
    return str(page.xpath(f"string(//*[@name='{name}']/@value)"))
