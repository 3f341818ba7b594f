"""Organisations and people invited to the next event with room, in every state; and to the last one that was held."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from kstthc_training.audit.words import BEARER
from kstthc_training.clock import at_local, local_date
from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.invitations.queries import named_at
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.queries import seat_count
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_PROMISED, _DECLINED, _SILENT = 2, 2, 4
_DEADLINE_BEFORE = timedelta(days=2)
_REASON = "Trùng lớp bồi dưỡng của huyện"


def invite_to_events(province: Province, made: list[Made]) -> None:
    """Invitations to an event to come, made by the verbs; those to one that is over stand as they ended."""
    to_come = [one for one in made if _has_room(province, one)]
    if to_come:
        _invite(province, min(to_come, key=lambda one: one.event.starts_at).event)
    over = [one for one in made if one.planned.standing is Standing.HELD and one.event.state is EventState.CLOSED]
    if over:
        _write_past(province, max(over, key=lambda one: one.event.starts_at).event)


def _has_room(province: Province, made: Made) -> bool:
    seats, asked = seat_count(made.event.id), made.event
    return (
        made.planned.standing is Standing.OPEN
        and asked.audience is not Audience.INTERNAL
        and asked.starts_at - province.midnight > timedelta(days=6)
        and (seats.free is None or seats.free > _PROMISED)
    )


def _invite(province: Province, event: Event) -> None:
    at = at_local(province.today - timedelta(days=2), time(8, 30))
    organizer, named = province.accounts.organizer, named_at(event.id)
    others = _others(event, named, _PROMISED + _DECLINED + _SILENT)
    deadline = at_local(local_date(event.starts_at - _DEADLINE_BEFORE), time(17, 0))
    invitees = [service.Invitee(organisation_id=body, places=max(2, count)) for body, count in sorted(named.items())]
    invitees += [service.Invitee(organisation_id=body, places=2) for body in others]
    service.invite(actor=organizer, event_id=event.id, invitees=invitees, now=at)
    service.set_deadlines(actor=organizer, event_id=event.id, answer_by=deadline, remind_days=(3, 0), version=0, now=at)
    asked = {each.organisation_id: each for each in _invitations(event)}
    for body in others[:_PROMISED]:
        service.accept(actor=_bearer(asked[body]), invitation=asked[body], places=1, now=at + timedelta(hours=2))
    for body in others[_PROMISED : _PROMISED + _DECLINED]:
        service.decline(actor=_bearer(asked[body]), invitation=asked[body], reason=_REASON, now=at + timedelta(hours=3))
    opened = asked[others[_PROMISED + _DECLINED]]
    service.note_opened(actor=_bearer(opened), invitation_id=opened.id, now=at + timedelta(hours=4))
    silent = [asked[body].id for body in others[_PROMISED + _DECLINED :]]
    service.remind(actor=organizer, event_id=event.id, invitation_ids=silent, now=at + timedelta(hours=24))


def _write_past(province: Province, event: Event) -> None:
    """Each organisation with people there had named them; some had said no, and some had never answered."""
    at = event.starts_at - timedelta(days=9)
    named = named_at(event.id)
    others = _others(event, named, _DECLINED + _SILENT)
    for body, count in sorted(named.items()):
        _past(province, event, body, InvitationAnswer.ACCEPTED, at, places=max(2, count), accepted=count)
    for body in others[:_DECLINED]:
        _past(province, event, body, InvitationAnswer.DECLINED, at, reason=_REASON)
    for body in others[_DECLINED:]:
        _past(province, event, body, InvitationAnswer.NONE, at)


def _past(
    province: Province, event: Event, body: int, answer: InvitationAnswer, at: datetime, *, places: int = 2,
    accepted: int = 0, reason: str = "",
) -> None:  # fmt: skip
    organizer, answered = province.accounts.organizer, at + timedelta(days=1)
    invitation = Invitation(
        event_id=event.id, organisation_id=body, places=places, places_accepted=accepted, answer=answer, reason=reason,
        answered_at=None if answer is InvitationAnswer.NONE else answered,
        made_at=at, made_by_id=organizer.account_id, sent_at=at,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    acts = [(InvitationAct.MADE, at, organizer.account_id), (InvitationAct.SENT, at, organizer.account_id)]
    last = {InvitationAnswer.ACCEPTED: InvitationAct.NAMED, InvitationAnswer.DECLINED: InvitationAct.DECLINED}
    acts += [(last[answer], answered, None)] if answer in last else []
    for act, when, account in acts:
        db.session.add(InvitationStep(invitation_id=invitation.id, at=when, account_id=account, act=act, facts={}))
    db.session.flush()


def _others(event: Event, named: dict[int, int], count: int) -> list[int]:
    """Organisations with an address and nobody on the list, in the order of their numbers."""
    day = local_date(event.starts_at)
    wanted = (Organisation.email != "", Organisation.id.not_in(named), Organisation.valid_to.is_(None))
    since = Organisation.valid_from.is_(None) | (Organisation.valid_from <= day)
    return list(db.session.scalars(select(Organisation.id).where(*wanted, since).order_by(Organisation.id).limit(count)))


def _invitations(event: Event) -> list[Invitation]:
    return list(db.session.scalars(select(Invitation).where(Invitation.event_id == event.id).order_by(Invitation.id)))


def _bearer(invitation: Invitation) -> Actor:
    body = db.session.get_one(Organisation, invitation.organisation_id)
    return Actor(display_name=f"{BEARER}{body.name}", focal_of=frozenset({body.id}))
