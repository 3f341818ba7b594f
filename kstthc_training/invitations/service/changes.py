"""Changing invitations: places, deadlines, links; and taking them back."""

from collections.abc import Collection
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAct
from kstthc_training.invitations.errors import BelowNamed, InvitingOver, LateDeadline, NobodyChosen
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.notices import CHANGED, INVITATION, REVOKED
from kstthc_training.invitations.policy import may_invite
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.named import named_at, places_held
from kstthc_training.invitations.service.held import add_step, held_several, name_of, note_act
from kstthc_training.invitations.service.letters import write_to
from kstthc_training.invitations.service.reminders import plan_reminders
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Stale
from kstthc_training.registrations.service import hold_places, set_quota
from kstthc_training.registrations.service.seats import HeldEvent, hold_event


def set_places(*, actor: Actor, invitation: Invitation, places: int, version: int, now: datetime) -> None:
    """Let an organisation have `places` places; what it holds without a name beyond them becomes free, and it is told.

    Raises `NotAllowed`, `Stale`, `InvitingOver`, and `BelowNamed` with the names that are given.
    """
    held, current = _changeable(actor, invitation, version, now)
    if places == current.places or current.organisation_id is None:
        return
    named = named_at(held.event.id).get(current.organisation_id, 0)
    if places < named:
        raise BelowNamed(name=name_of(current), places=places, named=named)
    before = current.places
    current.places_accepted = min(current.places_accepted, places)
    current.places = places
    current.version += 1
    _fit(actor, held, current, places, named, now)
    add_step(current, InvitationAct.QUOTA_SET, actor=actor, now=now, before=before, after=places)
    note_act(actor, "invitation.places_set", current, now, changes={"quota": (before, places)})
    _tell(CHANGED, held.event, [current], now)


def set_deadline(*, actor: Actor, event_id: int, invitation_ids: Collection[int], answer_by: datetime, now: datetime) -> int:
    """Let those chosen answer until `answer_by`, tell them, and remind them by it; the answer is how many.

    Raises `NotAllowed`, `Unknown`, `NobodyChosen`, `InvitingOver`, and `LateDeadline` after the event has begun.
    """
    held, chosen = _chosen(actor, event_id, invitation_ids, now)
    if not now < answer_by <= held.event.starts_at:
        raise LateDeadline(starts_at=held.event.starts_at)
    for invitation in chosen:
        invitation.answer_by = answer_by
        invitation.version += 1
        add_step(invitation, InvitationAct.DEADLINE_SET, actor=actor, now=now, answer_by=answer_by.isoformat())
    plan_reminders(event_id, deadlines_of(event_id), [answer_by], now)
    record(
        actor=actor, action="invitations.deadline_set", subject_type="event", subject_id=event_id, now=now,
        invitees=len(chosen), changes={"answer_by": (None, answer_by.isoformat())},
    )  # fmt: skip
    _tell(CHANGED, held.event, chosen, now)
    return len(chosen)


def revoke(*, actor: Actor, event_id: int, invitation_ids: Collection[int], reason: str, now: datetime) -> int:
    """Take invitations back: their links die, places held without a name become free, and the invitees are told.

    People who were named keep their seats. The answer is how many. Raises `NotAllowed`, `Unknown`, `NobodyChosen`,
    `InvitingOver`.
    """
    held, chosen = _chosen(actor, event_id, invitation_ids, now)
    _tell(REVOKED, held.event, chosen, now, reason=reason)
    for invitation in chosen:
        _take_back(actor, held, invitation, InvitationAct.REVOKED, now)
        note_act(actor, "invitation.revoked", invitation, now, reason=reason)
    db.session.flush()
    return len(chosen)


def release_places(*, actor: Actor, event_id: int, invitation_ids: Collection[int], now: datetime) -> int:
    """Take the places back for which no names were given: whoever named nobody is no longer invited.

    The answer is how many places that were. Raises as `revoke`.
    """
    held, chosen = _chosen(actor, event_id, invitation_ids, now)
    named, released = named_at(event_id), 0
    for invitation in chosen:
        count = named.get(invitation.organisation_id or 0, 0)
        if invitation.places <= count:
            continue
        released += invitation.places - count
        if count:
            _fit(actor, held, invitation, count, count, now)
            add_step(invitation, InvitationAct.PLACES_RELEASED, actor=actor, now=now, before=invitation.places, after=count)
            invitation.places = invitation.places_accepted = count
            invitation.version += 1
        else:
            _tell(REVOKED, held.event, [invitation], now)
            _take_back(actor, held, invitation, InvitationAct.PLACES_RELEASED, now)
        note_act(actor, "invitation.places_released", invitation, now)
    db.session.flush()
    return released


def renew_link(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Give an invitation a new link, which is sent; the former one is dead at once.

    Raises `NotAllowed`, `InvitingOver`.
    """
    held, (current,) = _chosen(actor, invitation.event_id, [invitation.id], now)
    current.generation += 1
    current.version += 1
    current.opened_at = None
    add_step(current, InvitationAct.LINK_RENEWED, actor=actor, now=now)
    note_act(actor, "invitation.link_renewed", current, now)
    if held.event.state is EventState.RELEASED and write_to(
        INVITATION, held.event, [current], deadlines_of(held.event.id), now=now
    ):
        current.sent_at = now
    db.session.flush()


def _chosen(
    actor: Actor, event_id: int, invitation_ids: Collection[int], now: datetime
) -> tuple[HeldEvent, list[Invitation]]:
    held, chosen = held_several(actor, event_id, invitation_ids)
    if not may_invite(held.event, now):
        raise InvitingOver(state=held.event.state)
    if not chosen:
        raise NobodyChosen
    return held, chosen


def _changeable(actor: Actor, invitation: Invitation, version: int, now: datetime) -> tuple[HeldEvent, Invitation]:
    held, (current,) = _chosen(actor, invitation.event_id, [invitation.id], now)
    if current.version != version:
        raise Stale(saved_version=current.version)
    return held, current


def _fit(actor: Actor, held: HeldEvent, invitation: Invitation, places: int, named: int, now: datetime) -> None:
    """The limit of an organisation's seats is `places`; what it holds beyond the names and that limit becomes free."""
    assert invitation.organisation_id is not None  # noqa: S101 - only organisations have places to change
    kept = places_held(held.event.id).get(invitation.organisation_id, 0)
    if kept > places - named:
        hold_places(
            actor=actor, held=held, organisation_id=invitation.organisation_id, places=places - named, until=None, now=now
        )
    fresh = hold_event(held.event.id)
    set_quota(actor=actor, held=fresh, organisation_id=invitation.organisation_id, places=places, now=now)


def _take_back(actor: Actor, held: HeldEvent, invitation: Invitation, act: InvitationAct, now: datetime) -> None:
    invitation.revoked_at = now
    invitation.version += 1
    add_step(invitation, act, actor=actor, now=now)
    body = invitation.organisation_id
    if body is None:
        return
    if places_held(held.event.id).get(body):
        hold_places(actor=actor, held=held, organisation_id=body, places=0, until=None, now=now)
    set_quota(actor=actor, held=hold_event(held.event.id), organisation_id=body, places=None, now=now)


def _tell(kind: str, event: Event, invitations: list[Invitation], now: datetime, *, reason: str = "") -> None:
    """Those who have a letter of the invitation already are told what became of it."""
    told = [invitation for invitation in invitations if invitation.sent_at is not None]
    write_to(kind, event, told, deadlines_of(event.id), reason=reason, now=now)
