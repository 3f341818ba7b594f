"""Writing what people say about an event into its rows."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from kstthc_training.db import db
from kstthc_training.events import errors
from kstthc_training.events.drafts import EventDraft, Footprint, SessionDraft
from kstthc_training.events.models import AgendaItem, DoorStaff, Event, Session, Venue
from kstthc_training.organisations.models import Organisation
from kstthc_training.plans.models import Topic
from kstthc_training.text import search_text

_SAID = (
    "title", "kind_id", "mode", "audience", "audience_note", "description", "venue_id", "online_url", "chair", "host_id",
    "contact_name", "contact_phone", "capacity", "registration_opens_at", "registration_closes_at", "plan_item_id",
    "attendance_rule",
)  # fmt: skip


def write_content(event: Event, draft: EventDraft, *, footprint: Footprint, now: datetime) -> None:
    """Let the event's rows say what the draft says; stored sessions keep their UID."""
    for name in _SAID:
        setattr(event, name, getattr(draft, name))
    event.starts_at = draft.sessions[0].starts_at
    event.ends_at = max(session.ends_at for session in draft.sessions)
    event.search_text = _search_text(event)
    _arrange_sessions(event, draft.sessions, footprint, now)
    _arrange_agenda(event, draft)
    event.topics = list(db.session.scalars(select(Topic).where(Topic.id.in_(draft.topic_ids))))
    db.session.flush()


def put_door_staff(event_id: int, person_ids: Collection[int]) -> None:
    """Let exactly these persons stand at the door."""
    db.session.execute(delete(DoorStaff).where(DoorStaff.event_id == event_id, DoorStaff.person_id.not_in(person_ids)))
    there = set(db.session.scalars(select(DoorStaff.person_id).where(DoorStaff.event_id == event_id)))
    db.session.add_all(DoorStaff(event_id=event_id, person_id=person) for person in sorted(set(person_ids) - there))
    db.session.flush()


def _search_text(event: Event) -> str:
    venue = db.session.get(Venue, event.venue_id) if event.venue_id else None
    host = db.session.get(Organisation, event.host_id) if event.host_id else None
    places = [each.name for each in (venue, host) if each]
    return search_text(event.title, event.code, event.chair, *places, event.audience_note)


def _arrange_sessions(event: Event, drafts: tuple[SessionDraft, ...], footprint: Footprint, now: datetime) -> None:
    stored = {session.id: session for session in event.sessions}
    continued = [stored.pop(draft.id, None) if draft.id is not None else None for draft in drafts]
    _take_away(event, list(stored.values()), footprint)
    if [s for s in continued if s] != event.sessions:
        _free_positions(event)
    for position, (session, draft) in enumerate(zip(continued, drafts, strict=True)):
        if session is None:
            session = Session(created_at=now, changed_at=now)
            event.sessions.append(session)
        session.position, session.name = position, draft.name
        session.starts_at, session.ends_at = draft.starts_at, draft.ends_at
    db.session.flush()
    event.sessions.sort(key=lambda s: s.position)


def _take_away(event: Event, unwanted: list[Session], footprint: Footprint) -> None:
    for session in unwanted:
        marks = footprint.marks.get(session.id, 0)
        if marks or footprint.registrations:
            raise errors.SessionInUse(
                name=session.name, starts_at=session.starts_at, marks=marks, registrations=footprint.registrations
            )
        event.sessions.remove(session)
    db.session.flush()


def _free_positions(event: Event) -> None:
    # Positions are unique within the event, row by row: two sessions can't change places in one statement.
    for session in event.sessions:
        session.position = -1 - session.position
    db.session.flush()


def _arrange_agenda(event: Event, draft: EventDraft) -> None:
    for position, line in enumerate(draft.agenda):
        if position == len(event.agenda_items):
            event.agenda_items.append(AgendaItem(position=position))
        item = event.agenda_items[position]
        item.starts_at, item.ends_at = line.starts_at, line.ends_at
        item.title, item.speakers = line.title, line.speakers
    del event.agenda_items[len(draft.agenda) :]
