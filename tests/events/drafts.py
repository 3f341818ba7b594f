"""Drafts of events for tests."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from kstthc_training.clock import at_local
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.drafts import UNTOUCHED, EventDraft, Footprint, SessionDraft
from kstthc_training.events.models import Event, EventKind
from kstthc_training.events.queries import load_whole
from kstthc_training.events.service import create_event, edit_event
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from tests.support.factories import make_account

MONDAY = date(2026, 4, 6)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """An instant of a day of the province."""
    return at_local(day, time(hour, minute))


def session(first: int = 8, last: int = 11, day: date = MONDAY, **fields: Any) -> SessionDraft:
    """A session of a day from one full hour to another."""
    return SessionDraft(starts_at=at(first, day=day), ends_at=at(last, day=day), **fields)


def draft(title: str = "Tập huấn mẫu", kind: str = "tap-huan", **fields: Any) -> EventDraft:
    """An event of one morning, unless other sessions are given."""
    kind_id = db.session.scalars(select(EventKind.id).where(EventKind.code == kind)).one()
    return EventDraft(**{"title": title, "kind_id": kind_id, "sessions": (session(),), **fields})


def releasable(venue_id: int, **fields: Any) -> EventDraft:
    """A draft with all that an invitation must state."""
    return draft(venue_id=venue_id, contact_name="Nguyễn Mẫu An", contact_phone="0900 000 021", **fields)


def organizer() -> Actor:
    """Somebody who runs events."""
    account = make_account(Role.ORGANIZER)
    person = db.session.get_one(Person, account.person_id)
    return Actor(
        account_id=account.id, person_id=person.id, display_name=person.full_name, roles=frozenset({Role.ORGANIZER})
    )


def stored(actor: Actor, said: EventDraft, now: datetime) -> Event:
    """The event that the draft becomes, as it is read again."""
    with unit_of_work():
        event_id = create_event(actor=actor, draft=said, now=now).id
    return whole(event_id)


def saved(
    actor: Actor, event: Event, now: datetime, *, footprint: Footprint = UNTOUCHED, version: int = 0, **said: Any
) -> Event:
    """The event after an edit that says what it says already but for `said`."""
    with unit_of_work():
        edit_event(
            actor=actor, event=event, draft=replace(draft_of(event), **said), version=version or event.version,
            footprint=footprint, now=now,
        )  # fmt: skip
    return whole(event.id)


def draft_of(event: Event) -> EventDraft:
    """What an untouched form of a stored event would give."""
    plain = {
        name: getattr(event, name)
        for name in EventDraft.__dataclass_fields__
        if name not in ("sessions", "agenda", "topic_ids", "door_staff_ids")
    }
    return EventDraft(
        **plain,
        sessions=tuple(SessionDraft(id=s.id, name=s.name, starts_at=s.starts_at, ends_at=s.ends_at) for s in event.sessions),
        topic_ids=frozenset(topic.id for topic in event.topics),
        door_staff_ids=frozenset(row.person_id for row in event.door_staff),
    )


def whole(event_id: int) -> Event:
    """The event with everything as it stands now, kept readable when the session moves on."""
    event = load_whole(event_id)
    db.session.expunge_all()
    db.session.rollback()
    return event
