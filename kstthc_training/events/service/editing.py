"""Saving an event anew."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events import errors
from kstthc_training.events.drafts import UNTOUCHED, EventDraft, Footprint
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import load_whole
from kstthc_training.events.rules import require_releasable, require_sound
from kstthc_training.events.service.calendar_entries import entries_of, note_changed_entries
from kstthc_training.events.service.content import put_door_staff, write_content
from kstthc_training.events.snapshot import changes, recorded, snapshot
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Stale

TIMED = "events.timed"  # an event has its times, perhaps others than before: whoever plans by them does so
_INVITING = (EventState.RELEASED, EventState.POSTPONED)


def edit_event(
    *, actor: Actor, event: Event, draft: EventDraft, version: int, footprint: Footprint = UNTOUCHED, now: datetime
) -> Event:
    """Let the event say what the draft says, if `version` is still the one in the database, else `Stale`.

    A released event keeps what an invitation must state; a held one its sessions, its seats and its attendance rule. New
    dates of a postponed event lie ahead and release it again. The number stays. SEQUENCE and `changed_at` of sessions
    follow RFC 5546, 2.1.4. Nothing changed is nothing recorded.
    """
    event = load_whole(event.id)
    _require_editable(event, draft, version)
    require_sound(draft)
    if event.state in _INVITING:
        require_releasable(draft)
    before, entries = snapshot(event), entries_of(event)
    times = [(s.starts_at, s.ends_at) for s in event.sessions]
    write_content(event, draft, footprint=footprint, now=now)
    put_door_staff(event.id, draft.door_staff_ids)
    redated = event.state is EventState.POSTPONED and times != [(s.starts_at, s.ends_at) for s in event.sessions]
    if redated:
        _require_ahead(event, now)
        event.state, event.state_reason = EventState.RELEASED, ""
        db.session.flush()
    event = load_whole(event.id)
    if changed := changes(before, snapshot(event)):
        note_changed_entries(event, entries, published=event.state is not EventState.DRAFT, now=now)
        mark_changed(event, now)
        record(
            actor=actor, action="event.redated" if redated else "event.edited", subject_type="event", subject_id=event.id,
            now=now, changes=recorded(changed),
        )  # fmt: skip
        announce_times(event, now)
        db.session.flush()
    return event


def mark_changed(event: Event, now: datetime) -> None:
    """Raise what stale edits and calendar feeds are told by."""
    event.version += 1
    event.revision += 1
    event.changed_at = now


def announce_times(event: Event, now: datetime) -> None:
    """Have the worker plan anew what goes by the times of a released event."""
    if event.state is EventState.RELEASED:
        plan_job(kind=TIMED, key=f"{TIMED}:{event.id}:{event.revision}", payload={"event_id": event.id}, run_at=now, now=now)


def _require_editable(event: Event, draft: EventDraft, version: int) -> None:
    if event.version != version:
        raise Stale(saved_version=event.version)
    if event.state is EventState.CANCELLED:
        raise errors.WrongState(state=event.state)
    if event.state is EventState.CLOSED and _as_held(event) != _as_held(draft):
        raise errors.AlreadyHeld(held_on=event.held_on)


def _require_ahead(event: Event, now: datetime) -> None:
    if event.starts_at <= now:
        raise errors.NewDatePast(starts_at=event.starts_at)


def _as_held(event: Event | EventDraft) -> tuple[object, ...]:
    return event.attendance_rule, event.capacity, [(s.id, s.starts_at, s.ends_at) for s in event.sessions]
