"""Planning the jobs of reminders: each under a key with its event, its mark and its instant."""

from datetime import datetime, timedelta

from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.outbox.service import plan_job
from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.policy import Reminder
from kstthc_training.reminders.queries import coming_events, reminders_of

SEND = "reminders.send"
AHEAD = timedelta(days=2)  # each day plans two days, so that a day without a worker loses nothing


def plan(*, event_id: int, now: datetime) -> None:
    """Plan the reminders of an event that come within two days; those planned before for other times find nothing to do."""
    event = db.session.get(Event, event_id, populate_existing=True)
    if event is None or event.state is not EventState.RELEASED or now >= event.starts_at:
        return
    for reminder in reminders_of(event, now=now):
        if reminder.what is not Reminded.ANSWER and now < reminder.due <= now + AHEAD:
            plan_sending(event_id, reminder, now)


def plan_all(*, now: datetime) -> None:
    """Plan those of every event to come."""
    for event_id in coming_events(now):
        plan(event_id=event_id, now=now)


def plan_sending(event_id: int, reminder: Reminder, now: datetime, *, run_at: datetime | None = None) -> None:
    """Have a reminder sent when it is due, or at `run_at` when it waits once more; asked twice it is the same job."""
    run_at = run_at or reminder.due
    payload = {"event_id": event_id, "mark": reminder.mark, "at": reminder.due.isoformat()}
    key = f"{SEND}:{event_id}:{reminder.mark}:{run_at.timestamp():.0f}"
    plan_job(kind=SEND, key=key, payload=payload, run_at=run_at, now=now)
