"""Looking up events; to fetch one is to be allowed to see it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from kstthc_training.db import db
from kstthc_training.events import policy
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed, Unknown

NOT_DISCARDED = Event.discarded_at.is_(None)
WHOLE = (
    joinedload(Event.kind),
    joinedload(Event.venue),
    joinedload(Event.host),
    joinedload(Event.plan_item),
    selectinload(Event.sessions),
    selectinload(Event.agenda_items),
    selectinload(Event.topics),
    selectinload(Event.door_staff),
)


def still_to_come(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What is true of an event that is not over, called off or discarded."""
    over = (EventState.CANCELLED, EventState.CLOSED)
    return Event.ends_at > now, Event.state.not_in(over), NOT_DISCARDED


def load_whole(event_id: int) -> Event:
    """The event with all that is said about it, as it stands now; nobody else changes it until the transaction ends.

    `Unknown` when there is none, or it was discarded.
    """
    statement = select(Event).where(Event.id == event_id, NOT_DISCARDED).options(*WHOLE).with_for_update(of=Event)
    event = db.session.scalar(statement, execution_options={"populate_existing": True})
    if event is None:
        raise Unknown(event_id=event_id)
    return event


def get_event(*, actor: Actor, code: str, options: tuple[ORMOption, ...] = ()) -> Event:
    """The event with a number such as `2026-118`; `Unknown` when there is none or the actor may not know of it."""
    event = db.session.scalar(_by_code(code).options(*options))
    if event is None or not policy.may_see(actor, event):
        raise Unknown(code=code)
    return event


def get_run_event(*, actor: Actor, code: str, options: tuple[ORMOption, ...] = ()) -> Event:
    """The event to be run by the actor; `NotAllowed` when it may only be seen."""
    event = get_event(actor=actor, code=code, options=options)
    if not policy.may_run(actor, event):
        raise NotAllowed(code=code)
    return event


def get_door_event(*, actor: Actor, code: str, options: tuple[ORMOption, ...] = ()) -> Event:
    """The event at whose door the actor may take attendance: as organizer or as its door staff."""
    event = get_event(actor=actor, code=code, options=options)
    if not policy.may_run(actor, event) and not is_door_staff(actor=actor, event_id=event.id):
        raise NotAllowed(code=code)
    return event


def is_door_staff(*, actor: Actor, event_id: int) -> bool:
    """Whether the actor was put at the door of this event."""
    if actor.person_id is None:
        return False
    return db.session.get(DoorStaff, (event_id, actor.person_id)) is not None


def known_to(actor: Actor) -> ColumnElement[bool]:
    """`policy.may_see`, for somebody signed in, as a condition."""
    return known(drafts_too=policy.may_see_drafts(actor))


def known(*, drafts_too: bool) -> ColumnElement[bool]:
    """Events that somebody may know of who sees drafts, or none."""
    return NOT_DISCARDED if drafts_too else Event.state != EventState.DRAFT


def _by_code(code: str) -> Select[Event]:
    year, _dash, number = code.partition("-")
    return select(Event).where(Event.year == int(year), Event.number == int(number))
