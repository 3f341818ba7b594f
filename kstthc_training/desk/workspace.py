"""The workspace of one event: the head and the tabs that its pages share.

A tab's template extends `desk/workspace.html` and fills the block `tab`; its view answers with `workspace_page`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock
from kstthc_training.desk.queries import WorkspaceCounts, workspace_counts
from kstthc_training.desk.words import organizer_tag
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_run_event
from kstthc_training.events.standing import standing_of
from kstthc_training.events.words import Tag, place_of
from kstthc_training.people.identity import me
from kstthc_training.web.pages import page

OPTIONS = (joinedload(Event.kind), joinedload(Event.venue), selectinload(Event.sessions))


@dataclass(frozen=True)
class Head:
    """What stands above every tab, so that nobody works on the wrong event."""

    code: str
    title: str
    tag: Tag
    place: str


def workspace_event(code: str) -> Event:
    """The event to be run by whoever asks, with its kind, venue and sessions: two statements."""
    return get_run_event(actor=me(), code=code, options=OPTIONS)


def workspace_page(
    template: str, event: Event, tab: str, *, fragments: Iterable[str] = (), status: int = 200, **context: Any
) -> Response:
    """A page of the workspace: `tab` is the endpoint's last word (`overview`, `registrations`, `roster`, …).

    `event` comes from `workspace_event`, or is loaded with `OPTIONS`. One statement of its own. The template finds
    `event`, `head`, `tabs`, `counts` and `now` beside what is given.
    """
    counts = workspace_counts(event.id)
    shared = {
        "event": event,
        "head": _head(event),
        "tabs": _tabs(event.code, tab, counts),
        "counts": counts,
        "now": clock.now(),
    }
    return page(template, fragments=fragments, status=status, **{**shared, **context})


def _head(event: Event) -> Head:
    return Head(
        code=event.code, title=event.title, tag=organizer_tag(standing_of(event, clock.now())), place=place_of(event)
    )


def _tabs(code: str, current: str, counts: WorkspaceCounts) -> list[dict[str, Any]]:
    tabs = (
        ("overview", gettext("Tổng quan"), None),
        ("invitations", gettext("Mời"), counts.invited),
        ("registrations", gettext("Đăng ký"), counts.listed),
        ("roster", gettext("Điểm danh"), counts.present),
        ("materials", gettext("Tài liệu"), counts.materials),
        ("log", gettext("Nhật ký"), None),
    )
    return [
        {"label": label, "href": tab_address(name, code), "current": name == current, "count": count}
        for name, label, count in tabs
        if tab_address(name, code)
    ]


def tab_address(name: str, code: str) -> str:
    """Where a tab of an event is; '' when its feature was taken out of the product."""
    return url_for(f"desk.{name}", code=code) if f"desk.{name}" in current_app.view_functions else ""
