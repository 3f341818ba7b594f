"""Events with rules and limits, acts in a unit of work of their own, and whether the pools are right."""

from dataclasses import replace

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from kstthc_training.registrations.queries.holders import counted_by
from kstthc_training.registrations.queries.limits import limits_of
from kstthc_training.registrations.queries.rules import rules_of
from tests.registrations.actors import a_focal_point, again, an_organizer
from tests.support.factories import make_event, make_organisation, make_person


def ruled(event, limits=None, *, now=None, **changes):
    """The event with other rules and limits."""
    limits = limits or limits_of(event.id)
    rules = replace(rules_of(event.id), **changes)
    db.session.rollback()
    with unit_of_work():
        service.set_rules(actor=an_organizer(), event_id=event.id, rules=rules, limits=limits, now=now or clock.now())
    return event


def a_ruled_event(limits=None, *, capacity=None, fields=None, **rules):
    """An event that takes people in by these rules and limits."""
    return ruled(make_event(capacity=capacity, **(fields or {})), limits, **rules)


def entered(event, person=None, *, source=RegistrationSource.ORGANIZER, actor=None, place=None, now=None):
    """Somebody registered, by an organizer unless an actor does it."""
    person = person or make_person()
    with unit_of_work():
        row = service.register(
            actor=actor or an_organizer(), event=event, person=person, source=source, place=place, now=now or clock.now()
        )
        found = row.id
    return again(found)


def a_member(organisation=None, **fields):
    """Somebody of an organisation."""
    return make_person(organisation_id=(organisation or make_organisation()).id, **fields)


def named(event, person, *, now=None):
    """Somebody whom the focal point of his organisation names."""
    with unit_of_work():
        organisation_id = db.session.get_one(Person, person.id).organisation_id
        organisation = db.session.get_one(Organisation, organisation_id)
        done = service.nominate(
            actor=a_focal_point(organisation), event=event, organisation_id=organisation_id,
            person_ids=[person.id], new_people=[], now=now or clock.now(),
        )  # fmt: skip
        found = done[0].registration.id
    return again(found)


def places_held(event, organisation, places, *, until=None, now=None):
    """An organisation holds places without names."""
    with unit_of_work():
        held = service.hold_event(event.id)
        service.hold_places(
            actor=an_organizer(), held=held, organisation_id=organisation.id, places=places, until=until,
            now=now or clock.now(),
        )  # fmt: skip


def pools_wrong(event):
    """Each pool of the event that counts other seats than those held by people and kept for names, or more than it has."""
    db.session.rollback()
    wrong = []
    for pool in db.session.scalars(select(SeatPool).where(SeatPool.event_id == event.id).order_by(SeatPool.id)).all():
        counted = db.session.execute(select(counted_by(event.id, pool.kind, pool.subject))).scalar_one()
        default = pool.kind == "organisation" and not pool.subject
        if pool.taken != (0 if default else counted) or (pool.capacity is not None and pool.taken > pool.capacity):
            wrong.append((pool.kind, pool.subject, pool.capacity, pool.taken, counted))
    return wrong


def pools(event):
    """Every pool of an event: seats taken and capacity, by kind and subject."""
    db.session.rollback()
    rows = db.session.scalars(select(SeatPool).where(SeatPool.event_id == event.id))
    return {(str(pool.kind), pool.subject): (pool.taken, pool.capacity) for pool in rows}


def states(*registrations):
    """How registrations stand now."""
    return [again(registration).state for registration in registrations]


def letters(registration=None):
    """The kinds of the letters written, in order, to the one person or to all."""
    db.session.rollback()
    written = select(Message.kind).order_by(Message.id)
    if registration is not None:
        email = db.session.get_one(Person, registration.person_id).email
        written = written.where(Message.recipient == email)
    return list(db.session.scalars(written))


def last_letter(registration):
    """The last letter to somebody registered."""
    db.session.rollback()
    email = db.session.get_one(Person, registration.person_id).email
    return db.session.scalars(select(Message).where(Message.recipient == email).order_by(Message.id.desc())).first()


def log(action):
    """The facts of every act of that name, in order, without those that only say which event."""
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id))
    return [entry.facts for entry in entries]


def jobs(kind):
    """The planned jobs of a kind, the next one first."""
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.kind == kind).order_by(Job.run_at, Job.id)).all()


def row_of(session, registration):
    """A registration as a row of a unit of work."""
    return session.get_one(Registration, registration.id)


def count_of_steps(registration):
    """How many moves a registration made."""
    db.session.rollback()
    return len(
        db.session.scalars(select(RegistrationStep.id).where(RegistrationStep.registration_id == registration.id)).all()
    )
