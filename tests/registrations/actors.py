"""Those who register people, as plain actors, and acts in a unit of work of their own."""

from datetime import datetime

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from tests.support.factories import make_account, make_person


def actor_of(account: Account, *roles: Role, focal_of: Organisation | None = None) -> Actor:
    """An account as the actor that a request would load."""
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        display_name=account.login,
        roles=frozenset({Role.MEMBER, *roles}),
        focal_of=frozenset({focal_of.id} if focal_of else ()),
    )


def an_organizer() -> Actor:
    """A new organizer."""
    return actor_of(make_account(Role.ORGANIZER), Role.ORGANIZER)


def a_focal_point(organisation: Organisation) -> Actor:
    """A new focal point of an organisation."""
    return actor_of(make_account(focal_of=organisation), Role.FOCAL_POINT, focal_of=organisation)


def himself(person: Person) -> Actor:
    """A person with an account of his own, made at the first call."""
    account = db.session.scalar(select(Account).where(Account.person_id == person.id))
    return actor_of(account or make_account(person=person))


def registered(
    event: Event, person: Person | None = None, *, actor: Actor | None = None, now: datetime | None = None
) -> Registration:
    """Somebody registered by himself, or by the actor as organizer."""
    person = person or make_person()
    source = RegistrationSource.ORGANIZER if actor else RegistrationSource.SELF
    by = actor or himself(person)
    with unit_of_work():
        done = service.register(actor=by, event=event, person=person, source=source, now=now or clock.now())
        found = done.id
    return again(found)


def cancelled(
    registration: Registration, *, actor: Actor | None = None, reason: str = "", now: datetime | None = None
) -> list[int]:
    """A registration taken back, by the person himself unless an actor is given; the answer is who moved up, by id."""
    by = actor or himself(db.session.get_one(Person, registration.person_id))
    with unit_of_work():
        moved = service.cancel(actor=by, registration=registration, reason=reason, now=now or clock.now())
        return [row.id for row in moved]


def again(registration: Registration | int) -> Registration:
    """A registration as it stands now, usable when the session has moved on."""
    wanted = registration if isinstance(registration, int) else registration.id
    db.session.rollback()
    row = db.session.get_one(Registration, wanted, populate_existing=True)
    db.session.refresh(row)
    db.session.expunge(row)
    return row


def standings(event: Event) -> dict[int, tuple[RegistrationState, int | None]]:
    """State and number of everyone ever registered for an event, by registration."""
    db.session.rollback()
    rows = db.session.execute(
        select(Registration.id, Registration.state, Registration.queue_number).where(Registration.event_id == event.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def steps(registration: Registration) -> list[tuple[RegistrationState | None, RegistrationState, str, str]]:
    """The moves of a registration: from, to, rule, reason."""
    db.session.rollback()
    rows = db.session.scalars(
        select(RegistrationStep).where(RegistrationStep.registration_id == registration.id).order_by(RegistrationStep.id)
    )
    return [(step.from_state, step.to_state, step.rule, step.reason) for step in rows]


def taken(event: Event) -> int:
    """Seats taken in the event's pool."""
    db.session.rollback()
    return db.session.execute(select(SeatPool.taken).where(SeatPool.event_id == event.id)).scalar_one()
