"""Dự thay: another of the same organisation comes in somebody's place, with his seat or his number in the queue."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.errors import (
    AlreadyBegun,
    AlreadyRegistered,
    NothingToSwap,
    SameOrganisation,
    SwapsOver,
)
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.holders import claim_of
from kstthc_training.registrations.queries.tickets import find_numbered, find_registration
from kstthc_training.registrations.service.letters import tell_entered, tell_taken_back
from kstthc_training.registrations.service.newcomers import NewPerson, known_or_added
from kstthc_training.registrations.service.rows import Standing, write_row
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.registrations.service.steps import move, raise_calendar_revisions

_REPLACED = (
    RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.WAITING,
)  # fmt: skip


def substitute(*, actor: Actor, registration: Registration, person: Person, now: datetime) -> Registration:
    """Let a person come in the place of somebody registered; he gets his seat, his number in the queue or his waiting for
    a decision, and the row keeps whom he replaces, whose title of that time stays with his own row.

    The focal point of the organisation, the person replaced and organizers may, until `names_until`, organizers until the
    event begins. Raises `NotAllowed`, `SwapsOver`, `AlreadyBegun`, `NothingToSwap`, `SameOrganisation`,
    `AlreadyRegistered`.
    """
    if not policy.may_cancel(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    held = hold_event(registration.event_id)
    replaced = find_numbered(event_id=held.event.id, registration_id=registration.id)
    if replaced is None:
        raise Unknown(registration_id=registration.id)
    _require_swappable(actor, held, replaced, person, now)
    known = find_registration(event_id=held.event.id, person_id=person.id)
    if known is not None and known.state is not RegistrationState.CANCELLED:
        raise AlreadyRegistered(registration_id=known.id)
    return _swap(actor, held, replaced, person, known, now)


def substitute_newcomer(*, actor: Actor, registration: Registration, new: NewPerson, now: datetime) -> Registration:
    """Let somebody come in another's place whom the directory may not know yet; refusals as of `substitute`, and
    `SeveralNamed`."""
    if not policy.may_cancel(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    hold_event(registration.event_id)
    person = known_or_added(actor=actor, organisation_id=registration.organisation_id, new=new, now=now)
    return substitute(actor=actor, registration=registration, person=person, now=now)


def _require_swappable(actor: Actor, held: HeldEvent, replaced: Registration, person: Person, now: datetime) -> None:
    if policy.has_begun(held.event, now):
        raise AlreadyBegun(began_at=held.event.starts_at)
    if not (policy.may_swap(held.event, held.rules, now) or runs_events(actor)):
        raise SwapsOver(until=held.rules.names_until)
    if replaced.state not in _REPLACED:
        raise NothingToSwap(state=replaced.state)
    if person.organisation_id is None or person.organisation_id != replaced.organisation_id:
        raise SameOrganisation(organisation_id=replaced.organisation_id)


def _swap(
    actor: Actor, held: HeldEvent, replaced: Registration, person: Person, known: Registration | None, now: datetime
) -> Registration:
    standing = Standing(replaced.state, StepRule.SUBSTITUTED, replaced.queue_number, replaced.holds_seat)
    if standing.state is RegistrationState.OFFERED:  # whoever comes takes the offer by coming
        standing = Standing(RegistrationState.CONFIRMED, StepRule.SUBSTITUTED, holds_seat=True)
    claim = claim_of(replaced)
    left = move(replaced, RegistrationState.CANCELLED, StepRule.SUBSTITUTED, actor=actor, now=now)
    entry = write_row(
        actor=actor, event=held.event, person=person, source=_source(actor, replaced),
        known=known, standing=standing, claim=claim, now=now,
    )  # fmt: skip
    entry.registration.substitute_for_id = replaced.id
    assert entry.step is not None  # noqa: S101 - the event is held, so nobody registered him meanwhile
    tell_taken_back(held.event, replaced, left, StepRule.SUBSTITUTED, now=now)
    tell_entered(held.event, entry.registration, entry.step, now=now)
    record(
        actor=actor, action="registration.substituted", subject_type="event", subject_id=held.event.id, now=now,
        registration_id=entry.registration.id, person_id=person.id, replaced_id=replaced.person_id,
    )  # fmt: skip
    raise_calendar_revisions([replaced.person_id, person.id])
    return entry.registration


def _source(actor: Actor, replaced: Registration) -> RegistrationSource:
    return RegistrationSource.ORGANIZER if runs_events(actor) else replaced.source
