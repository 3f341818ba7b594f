"""What a planned event gets in the way of: told before it is saved, never forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, false, or_, select

from kstthc_training.db import db
from kstthc_training.events.drafts import EventDraft, SessionDraft
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, Session, Venue
from kstthc_training.events.queries import NOT_DISCARDED
from kstthc_training.text import fold

_ALIVE = (EventState.DRAFT, EventState.RELEASED)


class ConflictKind(StrEnum):
    """In what way two things can't both be."""

    VENUE_TAKEN = "venue_taken"
    CHAIR_TWICE = "chair_twice"
    VENUE_TOO_SMALL = "venue_too_small"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing in the way: another event's session for a venue or chair, or `places` of a venue that is too small."""

    kind: ConflictKind
    subject: str
    code: str = ""
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    places: int | None = None


def conflicts_of(draft: EventDraft, *, event_id: int | None = None) -> list[Conflict]:
    """Sessions of other events, not called off, that share time with the draft and its venue or chair; a venue too small.

    `event_id` is the event being edited. Times are half-open: what ends at nine leaves the room free at nine. Two
    statements.
    """
    venue = db.session.get(Venue, draft.venue_id) if draft.venue_id and draft.mode is not EventMode.ONLINE else None
    found: list[Conflict] = []
    if venue and venue.capacity is not None and draft.capacity is not None and draft.capacity > venue.capacity:
        found.append(Conflict(kind=ConflictKind.VENUE_TOO_SMALL, subject=venue.name, places=venue.capacity))
    for row in db.session.execute(_at_the_same_time(draft.sessions, event_id)):
        found += _clashes(row, draft, venue)
    return found


def _at_the_same_time(sessions: Sequence[SessionDraft], event_id: int | None) -> Select[*tuple[Any, ...]]:
    shared = [and_(Session.starts_at < s.ends_at, Session.ends_at > s.starts_at) for s in sessions]
    return (
        select(
            Event.year, Event.number, Event.title, Event.chair, Event.venue_id, Event.mode,
            Session.starts_at, Session.ends_at,
        )
        .join(Session, Session.event_id == Event.id)
        .where(or_(false(), *shared), Event.state.in_(_ALIVE), NOT_DISCARDED, Event.id != (event_id or 0))
        .order_by(Session.starts_at, Event.id)
    )  # fmt: skip


def _clashes(row: Row[*tuple[Any, ...]], draft: EventDraft, venue: Venue | None) -> list[Conflict]:
    facts = {
        "code": f"{row.year}-{row.number}", "title": row.title, "starts_at": row.starts_at, "ends_at": row.ends_at,
    }  # fmt: skip
    found = []
    if venue and row.venue_id == venue.id and row.mode is not EventMode.ONLINE:
        found.append(Conflict(kind=ConflictKind.VENUE_TAKEN, subject=venue.name, **facts))
    if draft.chair and fold(draft.chair) == fold(row.chair):
        found.append(Conflict(kind=ConflictKind.CHAIR_TWICE, subject=draft.chair, **facts))
    return found
