"""Which reminders an event has, to whom they go, and what became of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.named import named_at
from kstthc_training.messages.quiet import QuietHours, quiet_of, quiet_on
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatReservation
from kstthc_training.reminders.models import ReminderRules, ReminderSending, ReminderSkip
from kstthc_training.reminders.policy import FRESH, Reminder, Rules, answer_reminders, names_reminders, start_reminders
from kstthc_training.settings.queries import values_on

USUAL_START, USUAL_NAMES = "reminder_minutes", "reminder_names_days"


@dataclass(frozen=True)
class Sent:
    """How many letters of a reminder were written, and when the last one."""

    count: int
    at: datetime


def usual_rules(values: Mapping[str, Any]) -> Rules:
    """How the office reminds usually, by its settings of a day."""
    usual = Rules()
    minutes, days = values.get(USUAL_START), values.get(USUAL_NAMES)
    return Rules(
        usual.minutes_before if minutes is None else tuple(minutes), usual.names_days if days is None else tuple(days)
    )


def rules_of(event_id: int, *, now: datetime) -> Rules:
    """How an event reminds: by its own rules, else as the office does today: two statements."""
    return _rules_and_quiet(event_id, now)[0]


def reminders_of(event: Event, *, now: datetime) -> list[Reminder]:
    """Every reminder of an event as its rules, its times and its deadlines are now, the past ones too, in their order.

    Five statements.
    """
    rules, quiet = _rules_and_quiet(event.id, now)
    untils = select(SeatReservation.until).where(
        SeatReservation.event_id == event.id, SeatReservation.places > 0, SeatReservation.until.is_not(None)
    )
    found = start_reminders(rules, event.starts_at, quiet=quiet, now=now)
    for until in db.session.scalars(untils.distinct()):
        if until is not None:
            found += names_reminders(rules, until, quiet=quiet, now=now)
    deadlines = deadlines_of(event.id)
    own = select(Invitation.answer_by).where(Invitation.event_id == event.id, Invitation.revoked_at.is_(None)).distinct()
    asked = {answer_by or deadlines.answer_by for answer_by in db.session.scalars(own)}
    found += answer_reminders(deadlines.reminded_at(asked, quiet=quiet, now=now))
    return sorted(found, key=lambda each: (each.due, each.what))


def quiet_now(now: datetime) -> QuietHours:
    """The quiet hours of today: one statement."""
    return quiet_on(clock.local_date(now))


def seated(event_id: int, *, now: datetime) -> set[int]:
    """The registrations with a seat, but for those who got it within the last hours: one statement."""
    confirmed = (RegistrationStep.registration_id == Registration.id) & (
        RegistrationStep.to_state == RegistrationState.CONFIRMED
    )
    rows = (
        select(Registration.id)
        .outerjoin(RegistrationStep, confirmed)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(Registration.id)
        .having(func.coalesce(func.max(RegistrationStep.at), Registration.registered_at) <= now - FRESH)
    )
    return set(db.session.scalars(rows))


def owing_names(event_id: int, until: datetime) -> list[tuple[Invitation, int]]:
    """The invitations of organisations that hold places without names until an instant, and how many: one statement."""
    rows = (
        select(Invitation, SeatReservation.places)
        .join(
            SeatReservation,
            (SeatReservation.event_id == Invitation.event_id)
            & (SeatReservation.organisation_id == Invitation.organisation_id),
        )
        .where(
            Invitation.event_id == event_id, Invitation.revoked_at.is_(None), SeatReservation.places > 0,
            SeatReservation.until == until,
        )
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .order_by(Invitation.id)
    )  # fmt: skip
    return [(invitation, places) for invitation, places in db.session.execute(rows)]


def owing_counts(event_id: int) -> dict[datetime, int]:
    """How many organisations hold places without names, by the instant until which they do: one statement."""
    rows = (
        select(SeatReservation.until, func.count())
        .where(SeatReservation.event_id == event_id, SeatReservation.places > 0, SeatReservation.until.is_not(None))
        .group_by(SeatReservation.until)
    )
    return {until: count for until, count in db.session.execute(rows) if until is not None}


def silent_counts(event_id: int) -> Counter[datetime]:
    """How many of those invited have not answered, by the mornings on which they are reminded: three statements."""
    deadlines, named = deadlines_of(event_id), named_at(event_id)
    rows = db.session.scalars(
        select(Invitation).where(
            Invitation.event_id == event_id, Invitation.revoked_at.is_(None), Invitation.sent_at.is_not(None),
            Invitation.answer == InvitationAnswer.NONE,
        )
    )  # fmt: skip
    silent = (row for row in rows if not named.get(row.organisation_id or 0))
    return Counter(at for row in silent for at in deadlines.reminders(deadlines.of(row)))


def sent_of(event_id: int) -> dict[str, Sent]:
    """What was written of each reminder, by its mark: one statement."""
    rows = (
        select(ReminderSending.mark, func.count(), func.max(ReminderSending.at))
        .where(ReminderSending.event_id == event_id)
        .group_by(ReminderSending.mark)
    )
    return {mark: Sent(count, at) for mark, count, at in db.session.execute(rows)}


def skipped_of(event_id: int) -> set[str]:
    """The marks of the reminders that are left out: one statement."""
    return set(db.session.scalars(select(ReminderSkip.mark).where(ReminderSkip.event_id == event_id)))


def next_reminder(event: Event, *, now: datetime) -> Reminder | None:
    """The next reminder that goes, or None: of an event that is not released none does. Six statements."""
    if event.state is not EventState.RELEASED or now >= event.starts_at:
        return None
    skipped = skipped_of(event.id)
    coming = (each for each in reminders_of(event, now=now) if each.due > now and each.mark not in skipped)
    return next(coming, None)


def coming_events(now: datetime) -> Sequence[int]:
    """The released events that have not begun: one statement."""
    return db.session.scalars(
        select(Event.id).where(Event.state == EventState.RELEASED, Event.starts_at > now).order_by(Event.id)
    ).all()


def _rules_and_quiet(event_id: int, now: datetime) -> tuple[Rules, QuietHours]:
    values, row = values_on(clock.local_date(now)), db.session.get(ReminderRules, event_id, populate_existing=True)
    if row is None:
        return usual_rules(values), quiet_of(values)
    return Rules(tuple(row.minutes_before), tuple(row.names_days), row.version), quiet_of(values)
