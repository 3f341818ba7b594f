"""Writing reminders: to each once, and only what still holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.notices import NAMES, Asked, letter
from kstthc_training.invitations.queries.recipients import recipients_of
from kstthc_training.invitations.service import remind_due, tell_overdue
from kstthc_training.invitations.service.held import name_of
from kstthc_training.invitations.service.reminders import OVERDUE_JOB, REMIND
from kstthc_training.messages.quiet import settled
from kstthc_training.messages.service import tell_several
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.registrations import notices
from kstthc_training.registrations.queries.addressees import addressees, event_facts
from kstthc_training.registrations.service.seats import hold_event
from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.models import ReminderSending
from kstthc_training.reminders.policy import Reminder, answer_reminders, overtaken
from kstthc_training.reminders.queries import owing_names, quiet_now, reminders_of, seated, skipped_of
from kstthc_training.reminders.service.planning import plan_sending


def send(*, event_id: int, mark: str, at: datetime, now: datetime) -> int:
    """Write the reminder `mark` that was planned for the instant `at`, if the event still has it; the answer is to how many.

    Nobody is reminded of what was called off, moved, begun or left out, nor by a reminder that a later one has overtaken.
    In quiet hours, which a worker that stood still may wake up in, it waits once more.
    """
    event = hold_event(event_id).event
    if event.state is not EventState.RELEASED or now >= event.starts_at or mark in skipped_of(event_id):
        return 0
    reminders = reminders_of(event, now=min(at, now))
    reminder = next((each for each in reminders if each.mark == mark and now < each.anchor), None)
    if reminder is None or overtaken(reminder, reminders, now):
        return 0
    due = _settled_now(max(reminder.due, now), reminder.anchor, now)
    if due == now:
        return write(SYSTEM, event, reminder, now)
    if due is not None:
        plan_sending(event_id, reminder, now, run_at=due)
    return 0


def remind_of_answer(*, event_id: int, at: datetime, planned: datetime, now: datetime) -> int:
    """Remind those invited who have not answered, as their deadlines ask at the instant `at`, unless that is left out."""
    event = hold_event(event_id).event
    mark = next(iter(answer_reminders({at: planned}))).mark
    if mark in skipped_of(event_id) or _waits_again(REMIND, event, {"event_id": event_id, "at": at.isoformat()}, now):
        return 0
    return remind_due(event_id=event_id, at=at, since=min(at, planned), now=now)


def tell_late(*, event_id: int, at: datetime, now: datetime) -> int:
    """Tell the leaders of organisations that let the deadline `at` pass; out of quiet hours."""
    if _waits_again(OVERDUE_JOB, hold_event(event_id).event, {"event_id": event_id, "at": at.isoformat()}, now):
        return 0
    return tell_overdue(event_id=event_id, at=at, now=now)


def _waits_again(kind: str, event: Event, payload: dict[str, Any], now: datetime) -> bool:
    """Whether a job that came up in quiet hours was put off to their end; what would then be too late goes nowhere."""
    due = _settled_now(now, event.starts_at, now)
    if due is not None and due > now:
        key = f"{kind}:{event.id}:{payload['at']}:{due.timestamp():.0f}"
        plan_job(kind=kind, key=key, payload={**payload, "run_at": due.isoformat()}, run_at=due, now=now)
    return due is None or due > now


def _settled_now(at: datetime, anchor: datetime, now: datetime) -> datetime | None:
    """When something goes that could go at `at`, by today's quiet hours; None when that is too late."""
    return settled(at, quiet=quiet_now(now).on_the_day(at, anchor), anchor=anchor, now=now)


def write(actor: Actor, event: Event, reminder: Reminder, now: datetime) -> int:
    """Write a reminder to all to whom it was not written yet; the answer is how many there were."""
    if reminder.what is Reminded.ANSWER:
        return remind_due(event_id=event.id, at=reminder.anchor, since=now, actor=actor, now=now)
    told = _to_seated(event, reminder, now) if reminder.what is Reminded.START else _to_owing(event, reminder, now)
    if told:
        record(
            actor=actor, action="reminders.sent", subject_type="event", subject_id=event.id, now=now,
            reminded=reminder.what, people=told,
        )  # fmt: skip
    return told


def _to_seated(event: Event, reminder: Reminder, now: datetime) -> int:
    facts, wanted = event_facts(event, now=now), seated(event.id, now=now)
    people = {
        f"registration:{to.registration_id}": to for to in addressees(event.id) if to.email and to.registration_id in wanted
    }
    first = _note_first(event, reminder, people, now)
    letters = [
        (notices.reminder(facts, people[each], now=now), f"event-reminder:{reminder.mark}:{people[each].registration_id}")
        for each in first
    ]
    tell_several(letters, now=now)
    return len(first)


def _to_owing(event: Event, reminder: Reminder, now: datetime) -> int:
    owing = {f"invitation:{invitation.id}": (invitation, n) for invitation, n in owing_names(event.id, reminder.anchor)}
    facts, recipients = event_facts(event, now=now), recipients_of([invitation.id for invitation, _n in owing.values()])
    first = _note_first(event, reminder, [name for name in owing if recipients.get(owing[name][0].id)], now)
    letters = []
    for invitation, places in (owing[name] for name in first):
        asked = Asked(invitation, name_of(invitation), reminder.anchor, places)
        for to in recipients[invitation.id]:
            letters.append((letter(NAMES, facts, asked, to), f"{NAMES}:{reminder.mark}:{invitation.id}:{to.email}"))
    tell_several(letters, now=now)
    return len(first)


def _note_first(event: Event, reminder: Reminder, recipients: Iterable[str], now: datetime) -> list[str]:
    """Note that a reminder is written to these; the answer is those to whom it was not before, by whomever.

    The event is held, so that nobody writes it meanwhile; the table's key would refuse a second one all the same.
    """
    mine = (ReminderSending.event_id == event.id) & (ReminderSending.mark == reminder.mark)
    known = set(db.session.scalars(select(ReminderSending.recipient).where(mine)))
    first = [recipient for recipient in recipients if recipient not in known]
    if first:
        rows = [{"event_id": event.id, "mark": reminder.mark, "recipient": each, "at": now} for each in first]
        db.session.execute(insert(ReminderSending), rows)
    return first
