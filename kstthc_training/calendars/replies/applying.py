"""What an answer changes: the same as the buttons on the pages, by the same verbs and under the same rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kstthc_training.calendars.replies import queries
from kstthc_training.calendars.replies.enums import Did, ReplyReason
from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import GONE, RegistrationSource
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling.enums import PartStat
from kstthc_training.scheduling.models import CalendarSending


@dataclass(frozen=True)
class Outcome:
    """What an answer came to, and what it changed."""

    reason: ReplyReason
    state: MailState = MailState.HANDLED
    facts: Mapping[str, Any] = field(default_factory=dict)


def apply(actor: Actor, sending: CalendarSending, partstat: PartStat, comment: str, *, now: datetime) -> Outcome:
    """Do what somebody answers who was asked to a session; whoever calls holds the event.

    Who declines one of several sessions to come keeps his seat until people have looked, or he has declined them all.
    """
    if partstat is PartStat.DECLINED:
        if queries.others_not_declined(sending, now=now):
            return Outcome(ReplyReason.ONE_SESSION, MailState.REVIEW)
        return _done(lambda: stay_away(actor, sending.event_id, sending.person_id, comment, now=now))
    if partstat is PartStat.ACCEPTED:
        return _done(lambda: come(actor, sending.event_id, sending.person_id, now=now))
    if partstat is PartStat.DELEGATED:
        return Outcome(ReplyReason.DELEGATED, MailState.REVIEW)
    return Outcome(ReplyReason.NOTED)


def stay_away(actor: Actor, event_id: int, person_id: int, comment: str, *, now: datetime) -> Outcome:
    """Give back what somebody has at an event: an invitation is declined with his words as the reason, else the
    registration is taken back. Raises what those verbs raise."""
    invitation, registration = queries.invitation_of(event_id, person_id), queries.registration_of(event_id, person_id)
    has_place = registration is not None and registration.state not in GONE
    facts = {"did": Did.TOOK_BACK, "registration_id": registration.id} if registration and has_place else {}
    if invitation is not None and invitation.answer is not InvitationAnswer.DECLINED:
        invitations.decline(actor=actor, invitation=invitation, reason=comment, now=now)
        reason = ReplyReason.TAKEN_BACK if has_place else ReplyReason.DECLINED
        return Outcome(reason, facts={**facts, "invitation_id": invitation.id})
    if registration is None or not has_place:
        return Outcome(ReplyReason.NOT_COMING_ALREADY)
    registrations.cancel(actor=actor, registration=registration, reason=comment, now=now)
    return Outcome(ReplyReason.TAKEN_BACK, facts=facts)


def come(actor: Actor, event_id: int, person_id: int, *, now: datetime) -> Outcome:
    """Let somebody come who is invited: at once, after a decision, or in the queue, by the rules of the event. Who has a
    place keeps it. Raises what those verbs raise."""
    invitation, registration = queries.invitation_of(event_id, person_id), queries.registration_of(event_id, person_id)
    if registration is not None and registration.state not in GONE:
        return Outcome(ReplyReason.NOTED, facts={"standing": registration.state})
    if invitation is None:
        return Outcome(ReplyReason.NO_LONGER_ASKED, MailState.REVIEW)
    return _came(invitations.attend(actor=actor, invitation=invitation, now=now), invitation)


def come_again(actor: Actor, event_id: int, person_id: int, *, now: datetime) -> Outcome:
    """The same as people who run events decide it, also for somebody who is not invited any more."""
    if queries.invitation_of(event_id, person_id) is not None:
        return come(actor, event_id, person_id, now=now)
    event, person = registrations.hold_event(event_id).event, queries.person_of(person_id)
    source = RegistrationSource.ORGANIZER
    return _came(registrations.register(actor=actor, event=event, person=person, source=source, now=now), None)


def _came(registration: Registration, invitation: Invitation | None) -> Outcome:
    facts = {"did": Did.REGISTERED, "registration_id": registration.id, "standing": registration.state}
    return Outcome(ReplyReason.ACCEPTED, facts={**facts, "invitation_id": invitation.id} if invitation else facts)


def _done(verb: Any) -> Outcome:
    """The verb's outcome; when its rules say no, nothing of it stays and people look."""
    try:
        with db.session.begin_nested():
            return verb()
    except Refusal as refusal:
        return Outcome(ReplyReason.NOT_DONE, MailState.REVIEW, {"refusal": type(refusal).__name__})
