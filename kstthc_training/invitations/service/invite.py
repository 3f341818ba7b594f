"""Inviting organisations and persons, and sending the letters once the event is released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.errors import BelowNamed, InvitingOver, NobodyChosen
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.notices import INVITATION
from kstthc_training.invitations.policy import may_invite
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.named import named_at
from kstthc_training.invitations.service.held import add_step
from kstthc_training.invitations.service.letters import write_to
from kstthc_training.invitations.service.reminders import plan_reminders
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import exists_on
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.enums import PoolKind, Vacancy
from kstthc_training.registrations.service.limits import set_limit
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions


@dataclass(frozen=True)
class Invitee:
    """Whom to invite: an organisation with its places, or a person."""

    organisation_id: int | None = None
    person_id: int | None = None
    places: int = 1


def invite(*, actor: Actor, event_id: int, invitees: Sequence[Invitee], now: datetime) -> int:
    """Invite organisations and persons to an event, all or none; the answer is how many were not invited yet.

    An organisation's places become the limit of its seats. Whoever is invited already stays as he is; one whose
    invitation was taken back is invited anew under a new link. Letters go out at once when the event is released, else
    with its release. Raises `NotAllowed`, `NobodyChosen`, `InvitingOver`, `Unknown` for organisations that do not exist
    on the day of the event, and `BelowNamed`.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    if not invitees:
        raise NobodyChosen
    held = hold_event(event_id)
    if not may_invite(held.event, now):
        raise InvitingOver(state=held.event.state)
    known = {(i.organisation_id, i.person_id): i for i in _invitations(event_id)}
    new = [each for each in dict.fromkeys(invitees) if _is_new(known.get((each.organisation_id, each.person_id)))]
    _require_known(held.event, new)
    for each in new:
        _write(actor, held.event, each, known.get((each.organisation_id, each.person_id)), now)
    _limit(actor, held, new, now)
    if new:
        record(actor=actor, action="invitations.made", subject_type="event", subject_id=event_id, now=now, invitees=len(new))
    db.session.flush()
    send(actor=actor, event_id=event_id, now=now)
    return len(new)


def send(*, actor: Actor, event_id: int, now: datetime) -> int:
    """Send the letters of every invitation of a released event that was not sent yet; the answer is how many.

    An invitation without an address stays unsent. Reminders are planned.
    """
    event = hold_event(event_id).event
    if event.state is not EventState.RELEASED:
        return 0
    deadlines, invitations = deadlines_of(event_id), _invitations(event_id)
    unsent = [i for i in invitations if i.sent_at is None and i.revoked_at is None]
    reached = write_to(INVITATION, event, unsent, deadlines, now=now)
    for invitation in reached:
        invitation.sent_at = now
        add_step(invitation, InvitationAct.SENT, actor=actor, now=now)
    plan_reminders(event_id, deadlines, (i.answer_by for i in invitations), now)
    db.session.flush()
    return len(reached)


def _is_new(known: Invitation | None) -> bool:
    return known is None or known.revoked_at is not None


def _require_known(event: Event, invitees: Sequence[Invitee]) -> None:
    bodies = {each.organisation_id for each in invitees if each.organisation_id is not None}
    people = {each.person_id for each in invitees if each.person_id is not None}
    on = clock.local_date(event.starts_at)
    found = set(db.session.scalars(select(Organisation.id).where(Organisation.id.in_(bodies), exists_on(on))))
    still = (Person.merged_into_id.is_(None), Person.erased_at.is_(None))
    known = set(db.session.scalars(select(Person.id).where(Person.id.in_(people), *still)))
    if bodies - found or people - known:
        raise Unknown(organisation_ids=sorted(bodies - found), person_ids=sorted(people - known))


def _write(actor: Actor, event: Event, each: Invitee, known: Invitation | None, now: datetime) -> None:
    invitation = known or Invitation(event_id=event.id, organisation_id=each.organisation_id, person_id=each.person_id)
    if known is None:
        db.session.add(invitation)
    else:
        known.generation += 1
        known.version += 1
    invitation.places = each.places
    invitation.answer, invitation.answered_at, invitation.answered_by_id = InvitationAnswer.NONE, None, None
    invitation.places_accepted, invitation.reason, invitation.answer_by = 0, "", None
    invitation.made_at, invitation.made_by_id = now, actor.account_id
    invitation.sent_at = invitation.opened_at = invitation.reminded_at = invitation.revoked_at = None
    invitation.reminders, invitation.merged_into_id = 0, None
    db.session.flush()
    add_step(invitation, InvitationAct.MADE, actor=actor, now=now, places=each.places)


def _limit(actor: Actor, held: HeldEvent, invitees: Iterable[Invitee], now: datetime) -> None:
    """An organisation's places are the most seats its people have; who waits for one that became possible moves up."""
    named = named_at(held.event.id)
    for each in invitees:
        if each.organisation_id is None:
            continue
        if named.get(each.organisation_id, 0) > each.places:
            body = db.session.get_one(Organisation, each.organisation_id)
            raise BelowNamed(name=body.name, places=each.places, named=named[each.organisation_id])
        set_limit(held, PoolKind.ORGANISATION, str(each.organisation_id), each.places)
    again = hold_event(held.event.id)
    promoted = promote_waiting(actor=actor, held=again, vacancy=Vacancy.CAPACITY_RAISED, now=now)
    raise_calendar_revisions(registration.person_id for registration in promoted)


def _invitations(event_id: int) -> Sequence[Invitation]:
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event_id)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.person))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    ).all()
