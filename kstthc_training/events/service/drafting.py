"""The first save of an event."""

from datetime import datetime

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.drafts import UNTOUCHED, EventDraft
from kstthc_training.events.models import Event
from kstthc_training.events.rules import require_sound
from kstthc_training.events.service.content import put_door_staff, write_content
from kstthc_training.events.service.numbering import next_number
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed


def create_event(*, actor: Actor, draft: EventDraft, now: datetime) -> Event:
    """Store a new draft under the next number of the year of its first session, owned by the actor's person.

    Seats are not opened here: `registrations.service.open_pools` does that in the same unit of work.
    """
    require_sound(draft)
    if actor.person_id is None:
        raise NotAllowed
    year = clock.local_date(draft.sessions[0].starts_at).year
    event = Event(
        year=year, number=next_number(year), owner_id=actor.person_id, created_at=now, changed_at=now,
        sessions=[], agenda_items=[], topics=[],
    )  # fmt: skip
    db.session.add(event)
    write_content(event, draft, footprint=UNTOUCHED, now=now)
    put_door_staff(event.id, draft.door_staff_ids)
    record(
        actor=actor, action="event.created", subject_type="event", subject_id=event.id, now=now,
        code=event.code, title=event.title,
    )  # fmt: skip
    return event
