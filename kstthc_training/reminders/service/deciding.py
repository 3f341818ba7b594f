"""What organizers decide about the reminders of an event."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db, written_over
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Stale, Unknown
from kstthc_training.registrations.service.seats import hold_event
from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.errors import RemindingOver, TooManyReminders
from kstthc_training.reminders.models import ReminderRules, ReminderSkip
from kstthc_training.reminders.policy import LONGEST_BEFORE, MOST, Reminder, Rules
from kstthc_training.reminders.queries import reminders_of, rules_of, skipped_of
from kstthc_training.reminders.service.planning import plan
from kstthc_training.reminders.service.sending import write


def set_rules(*, actor: Actor, event_id: int, rules: Rules, now: datetime) -> None:
    """Let an event remind by these rules; `rules.version` is the version that was seen. Its reminders are planned anew.

    Raises `NotAllowed`, `RemindingOver`, `Stale` and `TooManyReminders`.
    """
    _held(actor, event_id, now)
    before = rules_of(event_id, now=now)
    if before.version != rules.version:
        raise Stale(saved_version=before.version)
    minutes, days = sorted(set(rules.minutes_before), reverse=True), sorted(set(rules.names_days), reverse=True)
    if len(minutes) > MOST or len(days) > MOST or any(timedelta(minutes=each) > LONGEST_BEFORE for each in minutes):
        raise TooManyReminders(most=MOST)
    values = {"event_id": event_id, "minutes_before": minutes, "names_days": days, "version": rules.version + 1}
    db.session.execute(written_over(ReminderRules, values))
    record(
        actor=actor, action="reminders.set", subject_type="event", subject_id=event_id, now=now,
        changes={
            "minutes_before": (list(before.minutes_before), minutes), "names_days": (list(before.names_days), days),
        },
    )  # fmt: skip
    plan(event_id=event_id, now=now)


def skip(*, actor: Actor, event_id: int, mark: str, now: datetime) -> None:
    """Leave one reminder out. Raises `NotAllowed`, `RemindingOver`, `Unknown`."""
    event = _held(actor, event_id, now)
    reminder = _coming(event, mark, now)
    leave_out(actor, event_id, reminder, now)
    record(
        actor=actor, action="reminders.skipped", subject_type="event", subject_id=event_id, now=now, reminded=reminder.what
    )


def resume(*, actor: Actor, event_id: int, mark: str, now: datetime) -> None:
    """Let a reminder that was left out go after all. Raises `NotAllowed`, `RemindingOver`, `Unknown`."""
    event = _held(actor, event_id, now)
    reminder = _coming(event, mark, now)
    left_out = (ReminderSkip.event_id == event_id) & (ReminderSkip.mark == mark)
    db.session.execute(delete(ReminderSkip).where(left_out))
    record(
        actor=actor, action="reminders.resumed", subject_type="event", subject_id=event_id, now=now, reminded=reminder.what
    )


def send_now(*, actor: Actor, event_id: int, mark: str, now: datetime) -> int:
    """Send one reminder at once, quiet hours or not, to all to whom it was not sent yet; at its time it goes to whoever is
    new. The answer is to how many. Raises `NotAllowed`, `RemindingOver`, `Unknown`."""
    event = _held(actor, event_id, now)
    reminder = _coming(event, mark, now)
    if mark in skipped_of(event_id):
        raise Unknown(mark=mark)
    told = write(actor, event, reminder, now)
    if reminder.what is Reminded.ANSWER:
        leave_out(actor, event_id, reminder, now)
    return told


def leave_out(actor: Actor, event_id: int, reminder: Reminder, now: datetime) -> None:
    """Note that a reminder does not go; noted twice it is noted once."""
    values = {"event_id": event_id, "mark": reminder.mark, "at": now, "account_id": actor.account_id}
    db.session.execute(added_once(ReminderSkip, values))


def _held(actor: Actor, event_id: int, now: datetime) -> Event:
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    event = hold_event(event_id).event
    if event.state in (EventState.CANCELLED, EventState.CLOSED) or now >= event.starts_at:
        raise RemindingOver(state=event.state)
    return event


def _coming(event: Event, mark: str, now: datetime) -> Reminder:
    """The reminder to come with this mark, of an event that people can come to."""
    if event.state is not EventState.RELEASED:
        raise RemindingOver(state=event.state)
    found = next((each for each in reminders_of(event, now=now) if each.mark == mark and each.due > now), None)
    if found is None:
        raise Unknown(mark=mark)
    return found
