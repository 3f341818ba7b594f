"""The life of an event: release, postponement, cancellation, and the end of a draft."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events import errors
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import load_whole
from kstthc_training.events.rules import require_releasable
from kstthc_training.events.service.calendar_entries import entries_of, note_changed_entries
from kstthc_training.events.service.editing import announce_times, mark_changed
from kstthc_training.people.actors import Actor


def release(*, actor: Actor, event: Event, now: datetime) -> Event:
    """Make a draft known to everyone; it must state whom to ask and where to go (QĐ 45/2018/QĐ-TTg)."""
    event = load_whole(event.id)
    _require_state(event, EventState.DRAFT)
    require_releasable(event)
    event.released_at = now
    return _change_state(actor, event, EventState.RELEASED, "event.released", "", now)


def discard(*, actor: Actor, event: Event, now: datetime) -> Event:
    """Put away a draft, which was never released, for good: nobody finds it any more; its number is never given again.

    The row stays with what the log tells of it. Raises `WrongState`, and `Unknown` for one discarded already.
    """
    event = load_whole(event.id)
    _require_state(event, EventState.DRAFT)
    event.discarded_at = now
    mark_changed(event, now)
    record(
        actor=actor, action="event.discarded", subject_type="event", subject_id=event.id, now=now,
        code=event.code, title=event.title,
    )  # fmt: skip
    db.session.flush()
    return event


def postpone(*, actor: Actor, event: Event, reason: str, now: datetime) -> Event:
    """Call a released event off until it gets new dates; only before it begins, and with a reason.

    Telling those concerned belongs to `invitations.service.postpone_event`, which calls this.
    """
    event = load_whole(event.id)
    _require_state(event, EventState.RELEASED)
    _require_reason(reason)
    if now >= event.starts_at:
        raise errors.AlreadyBegan(starts_at=event.starts_at)
    return _change_state(actor, event, EventState.POSTPONED, "event.postponed", reason, now)


def cancel(*, actor: Actor, event: Event, reason: str, now: datetime) -> Event:
    """Call a released or postponed event off for good, with a reason; it stays in the calendar as cancelled.

    Telling those concerned belongs to `invitations.service.cancel_event`, which calls this.
    """
    event = load_whole(event.id)
    _require_state(event, EventState.RELEASED, EventState.POSTPONED)
    _require_reason(reason)
    return _change_state(actor, event, EventState.CANCELLED, "event.cancelled", reason, now)


def _require_state(event: Event, *states: EventState) -> None:
    if event.state not in states:
        raise errors.WrongState(state=event.state)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise errors.ReasonMissing


def _change_state(actor: Actor, event: Event, state: EventState, action: str, reason: str, now: datetime) -> Event:
    before, entries = event.state, entries_of(event)
    event.state, event.state_reason = state, reason
    note_changed_entries(event, entries, published=before is not EventState.DRAFT, now=now)
    mark_changed(event, now)
    facts = {"reason": reason} if reason else {}
    record(
        actor=actor, action=action, subject_type="event", subject_id=event.id, now=now,
        changes={"state": (before, state)}, **facts,
    )  # fmt: skip
    announce_times(event, now)
    db.session.flush()
    return event
