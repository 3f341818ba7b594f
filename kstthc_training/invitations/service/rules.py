"""Until when the invitees of an event answer, and when they are reminded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db, written_over
from kstthc_training.invitations.errors import InvitingOver, LateDeadline
from kstthc_training.invitations.models import Invitation, InvitationRules
from kstthc_training.invitations.policy import Deadlines, days_in_order, may_invite
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.service.reminders import plan_reminders
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Stale
from kstthc_training.registrations.service.seats import hold_event


def set_deadlines(
    *,
    actor: Actor,
    event_id: int,
    answer_by: datetime | None,
    remind_days: Sequence[int],
    tells_leaders: bool = False,
    version: int,
    now: datetime,
) -> None:
    """Set until when an event's invitees answer, on which days before they are reminded, and whether the leaders of
    organisations that let it pass are told; reminders move with it.

    Raises `NotAllowed`, `InvitingOver`, `Stale`, and `LateDeadline` for one after the event has begun.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    event = hold_event(event_id).event
    if not may_invite(event, now):
        raise InvitingOver(state=event.state)
    before = deadlines_of(event_id)
    if before.version != version:
        raise Stale(saved_version=before.version)
    if answer_by is not None and answer_by > event.starts_at:
        raise LateDeadline(starts_at=event.starts_at)
    after = Deadlines(answer_by, days_in_order(remind_days), version + 1, tells_leaders)
    if replace(before, version=after.version) == after:
        return
    _keep(event_id, after)
    own = db.session.scalars(select(Invitation.answer_by).where(Invitation.event_id == event_id))
    plan_reminders(event_id, after, own, now)
    record(
        actor=actor, action="invitations.deadline_set", subject_type="event", subject_id=event_id, now=now,
        changes=_changes(before, after),
    )  # fmt: skip


def _keep(event_id: int, rules: Deadlines) -> None:
    values = {
        "event_id": event_id, "answer_by": rules.answer_by, "remind_days": list(rules.remind_days),
        "version": rules.version, "tells_leaders": rules.tells_leaders,
    }  # fmt: skip
    db.session.execute(written_over(InvitationRules, values))


def _changes(before: Deadlines, after: Deadlines) -> dict[str, tuple[Any, ...]]:
    """What differs, as the log can keep it."""
    pairs = {
        "answer_by": tuple(rules.answer_by.isoformat() if rules.answer_by else None for rules in (before, after)),
        "remind_days": (list(before.remind_days), list(after.remind_days)),
        "tells_leaders": (before.tells_leaders, after.tells_leaders),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
