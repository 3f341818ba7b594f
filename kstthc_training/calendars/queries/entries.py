"""What a feed holds, and whether it changed since a reader last looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock, ids
from kstthc_training.calendars.queries.following import Follower
from kstthc_training.calendars.queries.rendering import Rendering
from kstthc_training.calendars.queries.sources import statements_for
from kstthc_training.db import db, glance
from kstthc_training.events.enums import Part
from kstthc_training.events.models import Event
from kstthc_training.ical.vcalendar import MOST_ENTRIES
from kstthc_training.ical.vevent import renumbered, restamped
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration

DAYS_BACK = timedelta(days=90)
DAYS_AHEAD = timedelta(days=365)
CANCELLED_STAY = timedelta(days=30)
_PARTS = {part.value: part for part in Part}
_FIRMEST = {part: place for place, part in enumerate(Part)}


@dataclass(frozen=True)
class Kept:
    """A session of a feed: how its reader takes part and since when, and the entry last rendered for such readers, None
    when there is none of its event's present revision and names.

    `raised` is how far his SEQUENCE is above the session's, since he was taken out of its calendar and put in by mail.
    """

    session_id: int
    event_id: int
    starts_at: datetime
    changed_at: datetime
    part: Part
    since: datetime | None
    made_of: str
    body: str | None
    raised: int

    def as_read(self, body: str) -> str:
        """The entry as this reader gets it: changed when it, or his part in it, last did; never below what he was sent."""
        if self.raised:
            body = renumbered(body, above=self.raised)
        if self.since is None or self.since <= self.changed_at:
            return body
        return restamped(body, before=self.changed_at, changed_at=self.since)


def validator(follower: Follower, *, today: date, rendering: Rendering, told: Sequence[str]) -> str:
    """What the feed's ETag and age follow from: one statement over the feed's events.

    The window's day is in it, as what leaves the window changes the feed without an edit; so are the names of others in
    its entries, the way of rendering, and `told`, what the feed says of itself.
    """
    held = [tuple(row) for row in glance(statements_for(follower).state, _values(follower, today))]
    parts = (follower.person_id, follower.generation, follower.calendar_revision, sorted(follower.shows), today, *told)
    return ids.secret_hash(repr((follower.scope, parts, rendering.suffix, rendering.made_of(), held)))[:32]


def kept_entries(follower: Follower, *, today: date, rendering: Rendering) -> list[Kept]:
    """The sessions of the feed that are nearest to today, as many as it can hold, each once: two statements."""
    values = {**_values(follower, today), "suffix": rendering.suffix}
    statements = statements_for(follower)
    made_of: dict[tuple[str | None, ...], str] = {}
    firmest: dict[int, Kept] = {}
    for statement in (statements.ahead, statements.back):
        for row in db.session.execute(statement, values):
            one = _kept(row, rendering, made_of)
            known = firmest.get(one.session_id)
            if known is None or _FIRMEST[one.part] < _FIRMEST[known.part]:
                firmest[one.session_id] = one
    noon = values["noon"]
    return sorted(firmest.values(), key=lambda one: (abs(one.starts_at - noon), one.session_id))[:MOST_ENTRIES]


def _kept(row: Row[*tuple[Any, ...]], rendering: Rendering, made_of: dict[tuple[str | None, ...], str]) -> Kept:
    session_id, event_id, starts_at, changed_at, part, since, *names, made, body, raised, sent_at = row
    wanted = made_of.get(tuple(names)) or made_of.setdefault(tuple(names), rendering.made_of(*names))
    if raised and sent_at:
        since = max(since, sent_at) if since else sent_at
    return Kept(
        session_id, event_id, starts_at, changed_at, _PARTS[part], since, wanted, body if made == wanted else None,
        raised or 0,
    )  # fmt: skip


def events_with_sessions(event_ids: Sequence[int]) -> list[Event]:
    """Events with all that an entry shows of them: two statements."""
    statement = (
        select(Event)
        .where(Event.id.in_(event_ids))
        .options(joinedload(Event.kind), joinedload(Event.venue), joinedload(Event.host), selectinload(Event.sessions))
    )
    return list(db.session.scalars(statement))


def is_registered(*, event_id: int, person_id: int | None) -> bool:
    """Whether a person has a seat at an event, and so its online address."""
    statement = select(Registration.id).where(
        Registration.event_id == event_id,
        Registration.person_id == (person_id or 0),
        Registration.state == RegistrationState.CONFIRMED,
    )
    return db.session.scalar(statement) is not None


def _values(follower: Follower, today: date) -> dict[str, Any]:
    begins, ends = clock.day_bounds(today - DAYS_BACK, today + DAYS_AHEAD)
    forgotten, _end = clock.day_bounds(today - CANCELLED_STAY, today)
    noon, _end = clock.day_bounds(today, today)
    return {
        "person": follower.person_id, "subject_id": follower.scope.subject_id, "begins": begins, "ends": ends,
        "forgotten": forgotten, "today": noon, "noon": noon,
    }  # fmt: skip
