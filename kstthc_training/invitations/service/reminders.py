"""Reminding those who have not answered: by the organizer, and by itself some days before the deadline."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.errors import InvitingOver, NobodyChosen
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.notices import REMINDER
from kstthc_training.invitations.policy import Deadlines
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.named import named_at
from kstthc_training.invitations.service.held import add_step, held_several
from kstthc_training.invitations.service.letters import write_to, write_to_leaders
from kstthc_training.messages.quiet import quiet_on
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.registrations.service.seats import hold_event

REMIND, OVERDUE_JOB = "invitations.remind", "invitations.overdue"


def remind(*, actor: Actor, event_id: int, invitation_ids: Collection[int], now: datetime) -> int:
    """Remind those chosen who have neither answered nor named anybody; the answer is how many have an address.

    Raises `NotAllowed`, `Unknown`, `NobodyChosen`, and `InvitingOver` unless the event is released and to come.
    """
    held, chosen = held_several(actor, event_id, invitation_ids)
    if not _takes_answers(held.event, now):
        raise InvitingOver(state=held.event.state)
    silent = _silent(held.event, chosen)
    if not silent:
        raise NobodyChosen
    return _remind(actor, held.event, silent, deadlines_of(event_id), now)


def remind_due(*, event_id: int, at: datetime, since: datetime, actor: Actor = SYSTEM, now: datetime) -> int:
    """Remind those who have not answered and whose deadline asks for it at the instant `at`; each once, which who was
    reminded from `since` on has been.

    A deadline that was moved has other instants, so that a job planned for the former one reminds nobody.
    """
    event, deadlines = hold_event(event_id).event, deadlines_of(event_id)
    if not _takes_answers(event, now):
        return 0
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event_id, Invitation.revoked_at.is_(None), Invitation.sent_at <= since)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    )
    due = [row for row in rows if _is_due(row, deadlines, at, since, now)]
    return _remind(actor, event, _silent(event, due), deadlines, now)


def tell_overdue(*, event_id: int, at: datetime, now: datetime) -> int:
    """Tell the leaders of organisations that have not answered by the deadline `at`, where the event's rules say so.

    The letter goes to the organisation's own mailbox, once; the answer is how many. A deadline that was moved tells nobody.
    """
    event, deadlines = hold_event(event_id).event, deadlines_of(event_id)
    if not deadlines.tells_leaders or not _takes_answers(event, now):
        return 0
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event_id, Invitation.revoked_at.is_(None), Invitation.sent_at <= at)
        .where(Invitation.organisation_id.is_not(None))
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    )
    overdue = _silent(event, [row for row in rows if deadlines.of(row) == at])
    told = write_to_leaders(event, overdue, deadlines, at=at, now=now)
    if told:
        record(
            actor=SYSTEM,
            action="invitations.leaders_told",
            subject_type="event",
            subject_id=event.id,
            now=now,
            invitees=told,
        )
    return told


def plan_reminders(event_id: int, deadlines: Deadlines, own: Iterable[datetime | None], now: datetime) -> None:
    """Plan the reminders that are to come, of the event's deadline and of those that invitations have of their own; and,
    where leaders are told, what happens when each has passed."""
    own = list(own)
    quiet = quiet_on(clock.local_date(now))
    for at, due in sorted(deadlines.reminded_at({deadlines.answer_by, *own}, quiet=quiet, now=now).items()):
        if due > now:
            payload = {"event_id": event_id, "at": at.isoformat(), "run_at": due.isoformat()}
            plan_job(kind=REMIND, key=f"{REMIND}:{event_id}:{at.timestamp():.0f}", payload=payload, run_at=due, now=now)
    if deadlines.tells_leaders:
        for at in sorted({deadline for deadline in (deadlines.answer_by, *own) if deadline and deadline > now}):
            payload = {"event_id": event_id, "at": at.isoformat()}
            plan_job(
                kind=OVERDUE_JOB, key=f"{OVERDUE_JOB}:{event_id}:{at.timestamp():.0f}", payload=payload, run_at=at, now=now
            )


def _remind(actor: Actor, event: Event, silent: Sequence[Invitation], deadlines: Deadlines, now: datetime) -> int:
    reached = write_to(REMINDER, event, silent, deadlines, now=now)
    for invitation in reached:
        invitation.reminders += 1
        invitation.reminded_at = now
        add_step(invitation, InvitationAct.REMINDED, actor=actor, now=now)
    if reached:
        record(
            actor=actor, action="invitations.reminded", subject_type="event", subject_id=event.id, now=now,
            invitees=len(reached),
        )  # fmt: skip
    db.session.flush()
    return len(reached)


def _is_due(invitation: Invitation, deadlines: Deadlines, at: datetime, since: datetime, now: datetime) -> bool:
    deadline = deadlines.of(invitation)
    reminded = invitation.reminded_at is not None and invitation.reminded_at >= since
    return deadline is not None and now < deadline and not reminded and at in deadlines.reminders(deadline)


def _silent(event: Event, invitations: Sequence[Invitation]) -> list[Invitation]:
    named = named_at(event.id)
    return [
        invitation
        for invitation in invitations
        if invitation.answer is InvitationAnswer.NONE and not named.get(invitation.organisation_id or 0)
    ]


def _takes_answers(event: Event, now: datetime) -> bool:
    return event.state is EventState.RELEASED and now < event.starts_at
