"""Entries rendered once for a session, a circle of readers and a language, and kept until they change."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, insert

from kstthc_training.calendars.models import CalendarEntry
from kstthc_training.calendars.queries import Kept, Rendering, events_with_sessions
from kstthc_training.db import db
from kstthc_training.events.enums import Part
from kstthc_training.events.models import Event, Session

Render = Callable[[Event, Session, Part], str]


def render_missing(kept: Sequence[Kept], *, rendering: Rendering, render: Render) -> dict[int, str]:
    """Entries for the sessions whose event or names changed since they were last rendered for such readers, kept for all
    of them who read next; by session."""
    missing = {one.session_id: one for one in kept if one.body is None}
    if not missing:
        return {}
    rows: dict[Part, list[dict[str, Any]]] = defaultdict(list)
    for event in events_with_sessions(sorted({one.event_id for one in missing.values()})):
        for session in event.sessions:
            if one := missing.get(session.id):
                body = render(event, session, one.part)
                rows[one.part].append(
                    {"session_id": session.id, "revision": event.revision, "made_of": one.made_of, "body": body}
                )
    for part, made in rows.items():
        _keep(made, part + rendering.suffix)
    return {row["session_id"]: row["body"] for made in rows.values() for row in made}


def _keep(rows: Sequence[dict[str, Any]], circle: str) -> None:
    known = CalendarEntry.session_id.in_([row["session_id"] for row in rows])
    db.session.execute(delete(CalendarEntry).where(known, CalendarEntry.circle == circle))
    db.session.execute(insert(CalendarEntry), [{"circle": circle, **row} for row in rows])
