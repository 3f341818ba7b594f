"""Invitations of an event that is held: nobody registers or answers while a verb changes them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.invitations.enums import InvitationAct
from kstthc_training.invitations.errors import Revoked
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.invitations.queries.links import get_answerable
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.service.seats import HeldEvent, hold_event


def held_one(invitation: Invitation) -> tuple[HeldEvent, Invitation]:
    """An invitation as it is now, with its event, whose other verbs wait. Raises `Revoked`."""
    held = hold_event(invitation.event_id)
    current = get_answerable(invitation.id, event_id=held.event.id)
    if current.revoked_at is not None:
        raise Revoked(invitation_id=invitation.id)
    return held, current


def held_several(actor: Actor, event_id: int, invitation_ids: Collection[int]) -> tuple[HeldEvent, list[Invitation]]:
    """Invitations of one event that an organizer chose, those taken back left out. Raises `NotAllowed`, `Unknown`."""
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held, wanted = hold_event(event_id), set(invitation_ids)
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event_id, Invitation.id.in_(wanted))
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    ).all()
    if missing := wanted - {row.id for row in rows}:
        raise Unknown(invitation_ids=sorted(missing))
    return held, [row for row in rows if row.revoked_at is None]


def name_of(invitation: Invitation) -> str:
    """Who is invited, by name; organisation or person were loaded with the invitation."""
    if invitation.organisation is not None:
        return invitation.organisation.name
    assert invitation.person is not None  # noqa: S101 - a constraint of the table
    return invitation.person.full_name


def add_step(invitation: Invitation, act: InvitationAct, *, actor: Actor, now: datetime, **facts: object) -> None:
    """Write down what happened to an invitation, which has its number already."""
    db.session.add(InvitationStep(invitation_id=invitation.id, at=now, account_id=actor.account_id, act=act, facts=facts))


def note_act(actor: Actor, action: str, invitation: Invitation, now: datetime, **facts: object) -> None:
    """Tell the log of an event what happened to one of its invitations."""
    record(
        actor=actor, action=action, subject_type="event", subject_id=invitation.event_id, now=now,
        organisation=name_of(invitation), **facts,
    )  # fmt: skip
