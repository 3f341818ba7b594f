"""Keeping of rendered entries, and renewing of a feed's address."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from kstthc_training.audit.service import record
from kstthc_training.calendars.models import CalendarEntry, Feed
from kstthc_training.calendars.queries import Kept, Subscriber, events_with_sessions
from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event, Session
from kstthc_training.people.actors import Actor

USE_NOTED_EVERY = timedelta(hours=1)

Render = Callable[[Event, Session], str]


def render_missing(kept: Sequence[Kept], *, circle: str, render: Render) -> dict[int, str]:
    """Entries for the sessions whose event changed since they were last rendered, kept for all who read them next."""
    missing = {one.session_id for one in kept if one.body is None}
    if not missing:
        return {}
    made: dict[int, tuple[int, str]] = {}
    for event in events_with_sessions(sorted({one.event_id for one in kept if one.body is None})):
        for session in event.sessions:
            if session.id in missing:
                made[session.id] = (event.revision, render(event, session))
    _keep(made, circle)
    return {session_id: body for session_id, (_revision, body) in made.items()}


def _keep(made: dict[int, tuple[int, str]], circle: str) -> None:
    known = CalendarEntry.session_id.in_(made)
    db.session.execute(delete(CalendarEntry).where(known, CalendarEntry.circle == circle))
    rows = [
        {"session_id": session_id, "circle": circle, "revision": revision, "body": body}
        for session_id, (revision, body) in made.items()
    ]
    db.session.execute(insert(CalendarEntry), rows)


def is_use_worth_noting(subscriber: Subscriber, *, now: datetime) -> bool:
    """A feed's last use is kept to the hour."""
    return subscriber.used_at is None or now - subscriber.used_at > USE_NOTED_EVERY


def note_use(*, person_id: int, program: str, now: datetime) -> None:
    """Keep when and by what program a feed was last read."""
    feed = _own_feed(person_id, now)
    feed.used_at, feed.used_by = now, program[:200]


def renew_address(*, actor: Actor, person_id: int, now: datetime) -> None:
    """Give a person's feed a new address; the old one is unknown from now on."""
    feed = _own_feed(person_id, now)
    feed.generation += 1
    feed.used_at, feed.used_by = None, ""
    record(actor=actor, action="feed.renewed", subject_type="person", subject_id=person_id, now=now)


def _own_feed(person_id: int, now: datetime) -> Feed:
    db.session.execute(added_once(Feed, {"person_id": person_id, "generation": 1, "created_at": now, "used_by": ""}))
    statement = select(Feed).where(Feed.person_id == person_id).with_for_update()
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar_one()
