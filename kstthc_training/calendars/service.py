"""Keeping of rendered entries, and renewing of a feed's address."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from kstthc_training.audit.service import record
from kstthc_training.calendars.models import CalendarEntry, Feed
from kstthc_training.calendars.queries import Kept, Subscriber, events_with_sessions
from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event, Session
from kstthc_training.people.actors import Actor

USE_NOTED_EVERY = timedelta(hours=1)
_SECOND = timedelta(seconds=1)

Render = Callable[[Event, Session], str]


def render_missing(kept: Sequence[Kept], *, kept_as: str, render: Render) -> dict[int, str]:
    """Entries for the sessions whose event or names changed since they were last rendered, kept for all who read them
    next."""
    missing = {one.session_id: one.made_of for one in kept if one.body is None}
    if not missing:
        return {}
    rows: list[dict[str, Any]] = []
    for event in events_with_sessions(sorted({one.event_id for one in kept if one.body is None})):
        for session in event.sessions:
            if made_of := missing.get(session.id):
                body = render(event, session)
                rows.append({"session_id": session.id, "revision": event.revision, "made_of": made_of, "body": body})
    _keep(rows, kept_as)
    return {row["session_id"]: row["body"] for row in rows}


def _keep(rows: Sequence[dict[str, Any]], kept_as: str) -> None:
    known = CalendarEntry.session_id.in_([row["session_id"] for row in rows])
    db.session.execute(delete(CalendarEntry).where(known, CalendarEntry.circle == kept_as))
    if rows:
        db.session.execute(insert(CalendarEntry), [{"circle": kept_as, **row} for row in rows])


def is_use_worth_noting(subscriber: Subscriber, *, tag: str, now: datetime) -> bool:
    """A feed's last use is kept to the hour, and when it changed at once."""
    return subscriber.tag != tag or subscriber.used_at is None or now - subscriber.used_at > USE_NOTED_EVERY


def note_use(*, person_id: int, program: str, tag: str, now: datetime) -> datetime:
    """Keep when, by what program and with which validator a feed was last read; since when that validator stands.

    In whole seconds, as Last-Modified is, and later than the one before, so that a reader never takes one for the other.
    """
    feed = _own_feed(person_id, now)
    feed.used_at, feed.used_by = now, program[:200]
    if feed.tag != tag or feed.changed_at is None:
        this_second = now.replace(microsecond=0)
        feed.changed_at = max(this_second, feed.changed_at + _SECOND) if feed.changed_at else this_second
        feed.tag = tag
    return feed.changed_at


def renew_address(*, actor: Actor, person_id: int, now: datetime) -> None:
    """Give a person's feed a new address; the old one is unknown from now on."""
    feed = _own_feed(person_id, now)
    feed.generation += 1
    feed.used_at, feed.used_by = None, ""
    record(actor=actor, action="feed.renewed", subject_type="person", subject_id=person_id, now=now)


def _own_feed(person_id: int, now: datetime) -> Feed:
    db.session.execute(
        added_once(Feed, {"person_id": person_id, "generation": 1, "created_at": now, "used_by": "", "tag": ""})
    )
    statement = select(Feed).where(Feed.person_id == person_id).with_for_update()
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar_one()
