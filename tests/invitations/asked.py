"""Invitations for tests: made and answered in units of work of their own, and what became of them."""

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.words import BEARER
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations import service
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.invitations.queries import deadlines_of, invitations_at
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.service import NewPerson
from tests.registrations.actors import an_organizer


def invited(event, *bodies, people=(), places=1, actor=None, now=None):
    """Organisations and people invited to an event; the answer is their invitations, in order."""
    invitees = [service.Invitee(organisation_id=body.id, places=places) for body in bodies]
    invitees += [service.Invitee(person_id=person.id) for person in people]
    with unit_of_work():
        service.invite(actor=actor or an_organizer(), event_id=event.id, invitees=invitees, now=now or clock.now())
    return [invitation_of(event, organisation_id=body.id) for body in bodies] + [
        invitation_of(event, person_id=person.id) for person in people
    ]


def invitation_of(event, **whose):
    """The invitation of an organisation or a person, usable when the session has moved on."""
    db.session.rollback()
    row = db.session.scalar(select(Invitation).filter_by(event_id=event.id, **whose))
    if row is not None:
        db.session.refresh(row)
        db.session.expunge(row)
    return row


def now_of(invitation):
    """An invitation as it stands now."""
    db.session.rollback()
    row = db.session.get_one(Invitation, invitation.id, populate_existing=True)
    db.session.refresh(row)
    db.session.expunge(row)
    return row


def bearer(invitation):
    """Whoever holds the link of an invitation."""
    organisations = frozenset({invitation.organisation_id} if invitation.organisation_id else ())
    return Actor(person_id=invitation.person_id, display_name=f"{BEARER}UBND xã Mẫu", focal_of=organisations)


def accepted(invitation, places=1, *, actor=None, now=None):
    """The invitee says yes for some places."""
    with unit_of_work():
        service.accept(actor=actor or bearer(invitation), invitation=invitation, places=places, now=now or clock.now())
    return now_of(invitation)


def declined(invitation, reason="Bận họp", *, actor=None, now=None):
    """The invitee says no."""
    with unit_of_work():
        service.decline(actor=actor or bearer(invitation), invitation=invitation, reason=reason, now=now or clock.now())
    return now_of(invitation)


def names_given(invitation, *people, new=(), actor=None, now=None):
    """The invitee names people; the answer is their states."""
    with unit_of_work():
        done = service.name_people(
            actor=actor or bearer(invitation), invitation=invitation, person_ids=[person.id for person in people],
            new_people=[NewPerson(full_name=name) for name in new], now=now or clock.now(),
        )  # fmt: skip
        return [result.registration.state for result in done]


def attending(invitation, *, actor=None, now=None):
    """The person invited says yes; the answer is how he stands."""
    with unit_of_work():
        return service.attend(actor=actor or bearer(invitation), invitation=invitation, now=now or clock.now()).state


def deadlines(event, answer_by=None, *, days=(3, 0), now=None):
    """The deadline of an event's invitations and its reminders."""
    db.session.rollback()
    version = deadlines_of(event.id).version
    db.session.rollback()
    with unit_of_work():
        service.set_deadlines(
            actor=an_organizer(), event_id=event.id, answer_by=answer_by, remind_days=days, version=version,
            now=now or clock.now(),
        )  # fmt: skip


def acts(invitation):
    """What happened to an invitation, in order."""
    db.session.rollback()
    steps = select(InvitationStep.act).where(InvitationStep.invitation_id == invitation.id).order_by(InvitationStep.id)
    return [str(act) for act in db.session.scalars(steps)]


def letters_to(email):
    """The letters to one address, in order."""
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.recipient == email).order_by(Message.id)).all()


def standing_of(invitation):
    """Where an invitation stands on the organizer's list."""
    db.session.rollback()
    return next(str(row.standing) for row in invitations_at(invitation.event_id) if row.id == invitation.id)
