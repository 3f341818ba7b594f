"""Registering: a seat when one is free and nobody waits, else a place in the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, select

from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import (
    Circle,
    Credential,
    Place,
    RegistrationSource,
    RegistrationState,
    StepRule,
    Vacancy,
)
from kstthc_training.registrations.errors import NotOffered, PapersWanted
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.policy import Belonging
from kstthc_training.registrations.queries.belonging import belonging_to
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.service.letters import tell_calendar, tell_entered
from kstthc_training.registrations.service.newcomers import NewPerson, known_or_added
from kstthc_training.registrations.service.offers import accept_offer
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.reserve import use_place
from kstthc_training.registrations.service.rows import Standing, record_made, write_row
from kstthc_training.registrations.service.seats import (
    HeldEvent,
    give_back_seats,
    hold_event,
    next_queue_number,
    pools_for,
    somebody_waits,
    take_seats,
)
from kstthc_training.registrations.service.steps import raise_calendar_revisions

_AT_ONCE = 5_000


@dataclass(frozen=True)
class PressPapers:
    """What a journalist shows: its kind, and its number."""

    kind: Credential
    number: str


def register(
    *,
    actor: Actor,
    event: Event,
    person: Person,
    source: RegistrationSource,
    place: Place | None = None,
    papers: PressPapers | None = None,
    is_invited: bool = False,
    now: datetime,
) -> Registration:
    """Give a person a seat, or a number in the queue when the seats are taken or somebody waits already; where the
    organizer decides first, it waits for him, unless he approved by inviting him by name (`is_invited`).

    Whoever is registered stays as he is: a second click answers the same. `place` is where he takes part in an event that
    is held in a room and online, the room when he does not say. For whom the event is and the window of registration,
    from its opening instant until before its closing one, bind people and focal points, but not organizers, nor somebody
    who `is_invited`; nobody is registered once the event began. Raises `NotAllowed`, `NotOffered`, `AlreadyBegun`,
    `NotInvited`, `NotOpenYet`, `ClosedAlready`, and `PapersWanted` where journalists show theirs.
    """
    if source is RegistrationSource.WALK_IN or not policy.may_register(actor, person, source):
        raise NotAllowed(person_id=person.id, source=source)
    held = hold_event(event.id)
    belonging = None if is_invited else belonging_for(source, person.organisation_id)
    registration, is_new = enter(
        actor=actor,
        held=held,
        person=person,
        source=source,
        belonging=belonging,
        place=place,
        is_invited=is_invited,
        now=now,
    )
    if is_new:
        _keep_papers(held, registration, papers)
        raise_calendar_revisions([person.id])
    return registration


def _keep_papers(held: HeldEvent, registration: Registration, papers: PressPapers | None) -> None:
    if papers is not None:
        registration.credential, registration.credential_number = papers.kind, papers.number
    himself = registration.source is RegistrationSource.SELF and registration.circle is Circle.PRESS
    if himself and held.rules.asks_credentials and not registration.credential_number:
        raise PapersWanted


def register_newcomer(
    *, actor: Actor, event: Event, organisation_id: int | None, new: NewPerson, now: datetime
) -> Registration:
    """Register somebody for the organizer whom the directory may not know yet; refusals as of `register`."""
    if not runs_events(actor):
        raise NotAllowed(event_id=event.id)
    held = hold_event(event.id)
    require_offered(held.event, None, now=now)
    person = known_or_added(actor=actor, organisation_id=organisation_id, new=new, now=now)
    source = RegistrationSource.ORGANIZER
    registration, is_new = enter(actor=actor, held=held, person=person, source=source, belonging=None, now=now)
    if is_new:
        raise_calendar_revisions([person.id])
    return registration


def register_walk_in(*, actor: Actor, event: Event, person: Person, now: datetime) -> Registration:
    """Put somebody on the list who stands at the door of a released event, also when every seat is taken.

    What is seen is noted: a walk-in is confirmed without taking a seat, and one who waited leaves the queue. Who may
    stand at the door is decided by whoever calls. Raises `NotOffered`.
    """
    held = hold_event(event.id)
    if held.event.state is not EventState.RELEASED:
        raise NotOffered(state=held.event.state)
    known, circle = known_now(held, [person])[person]
    if known is not None and known.state is RegistrationState.CONFIRMED:
        return known
    if known is not None and known.holds_seat:
        return accept_offer(actor=actor, held=held, registration=known, now=now)
    standing = Standing(RegistrationState.CONFIRMED, StepRule.WALKED_IN)
    entry = write_row(
        actor=actor, event=held.event, person=person, source=RegistrationSource.WALK_IN,
        known=known, standing=standing, claim=claim_for(held.event, person, circle, None), now=now,
    )  # fmt: skip
    record_made(actor, entry.registration, now)
    if entry.step is not None:
        tell_calendar(held.event, entry.registration, entry.step, now=now)
    raise_calendar_revisions([person.id])
    return entry.registration


def belonging_for(source: RegistrationSource, organisation_id: int | None) -> Belonging | None:
    """What decides whether people of an organisation are invited; None when an organizer puts them on the list."""
    return None if source is RegistrationSource.ORGANIZER else belonging_to(organisation_id)


def enter(
    *,
    actor: Actor,
    held: HeldEvent,
    person: Person,
    source: RegistrationSource,
    belonging: Belonging | None,
    place: Place | None = None,
    is_invited: bool = False,
    now: datetime,
) -> tuple[Registration, bool]:
    """Register one person at an event that is held, and tell him; the second value says whether that is new.

    Whom the organizer refused stays refused, unless an organizer registers him.
    """
    registration, step = enter_untold(
        actor=actor,
        held=held,
        person=person,
        source=source,
        belonging=belonging,
        place=place,
        is_invited=is_invited,
        now=now,
    )
    if step is not None:
        tell_entered(held.event, registration, step, now=now)
    return registration, step is not None


def enter_untold(
    *,
    actor: Actor,
    held: HeldEvent,
    person: Person,
    source: RegistrationSource,
    belonging: Belonging | None,
    place: Place | None = None,
    is_invited: bool = False,
    now: datetime,
) -> tuple[Registration, RegistrationStep | None]:
    """The same without the letter, which whoever registers many writes for all at once; no step for who was registered."""
    known, circle = known_now(held, [person])[person]
    if known is not None and not _begins_anew(known, source):
        return known, None
    require_offered(held.event, belonging, now=now)
    claim = claim_for(held.event, person, circle, place)
    standing = _standing(actor, held, claim, source, is_invited, now)
    entry = write_row(
        actor=actor, event=held.event, person=person, source=source, known=known, standing=standing, claim=claim, now=now
    )
    if entry.step is None:  # somebody who did not wait in the line was faster
        if standing.holds_seat:
            give_back_seats(pools_for(held, claim))
        return entry.registration, None
    record_made(actor, entry.registration, now)
    return entry.registration, entry.step


def claim_for(event: Event, person: Person, circle: Circle, place: Place | None) -> Claim:
    """How the seat of a person counts: in the circle of his organisation, in its quota, and where he takes part."""
    return Claim(circle, person.organisation_id, (place or Place.ROOM) if event.mode is EventMode.BOTH else None)


def seat_or_queue(actor: Actor, held: HeldEvent, claim: Claim, now: datetime) -> Standing:
    """A seat where there is one for whom it could be, and nobody waits for it; else the next number of the queue."""
    if somebody_waits(held.event.id):
        # A seat left over from a time when nobody could move up goes to the first in the queue.
        raise_calendar_revisions(
            r.person_id for r in promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
        )
        if not policy.moves_up(held.event, held.rules, now):
            return _queued(held)
    if take_seats(pools_for(held, claim)) is None:
        return Standing(RegistrationState.CONFIRMED, StepRule.SEAT_FREE, holds_seat=True)
    return _queued(held)


def require_offered(event: Event, belonging: Belonging | None, *, now: datetime) -> None:
    """Raise what speaks against registering now somebody who belongs there; for an organizer `belonging` is None."""
    if refusal := policy.obstacle(event, belonging, now):
        raise refusal


def known_now(held: HeldEvent, people: Sequence[Person]) -> dict[Person, tuple[Registration | None, Circle]]:
    """Each one's registration as it is now, and his circle; they too are read anew, whose organisation may have been merged
    while this one waited: one statement for 5,000 people.

    `Unknown` for a row of the directory that was closed or erased: nobody comes to any list by it.
    """
    rows = {row[0]: row for ids in _portions(people) for row in db.session.execute(_known(held.event.id, ids))}
    if gone := [person.id for person in people if person.id not in rows]:
        raise Unknown(person_ids=gone)
    found = {}
    for person in people:
        _id, organisation_id, is_press, known = rows[person.id]
        if organisation_id != person.organisation_id:
            db.session.refresh(person)
        found[person] = (known, Circle.PRESS if is_press else Circle.OFFICIALS)
    return found


def _known(event_id: int, person_ids: Sequence[int]) -> Select[int, int | None, bool | None, Registration | None]:
    return (
        select(Person.id, Person.organisation_id, OrganisationKind.is_press, Registration)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .outerjoin(Registration, and_(Registration.person_id == Person.id, Registration.event_id == event_id))
        .where(Person.id.in_(person_ids), Person.merged_into_id.is_(None), Person.erased_at.is_(None))
        .execution_options(populate_existing=True)
    )


def _portions(people: Sequence[Person]) -> list[list[int]]:
    """The people's numbers, no more together than a statement takes."""
    return [[person.id for person in people[first : first + _AT_ONCE]] for first in range(0, len(people), _AT_ONCE)]


def _begins_anew(known: Registration, source: RegistrationSource) -> bool:
    if known.state is RegistrationState.REFUSED:
        return source is RegistrationSource.ORGANIZER
    return known.state is RegistrationState.CANCELLED


def _standing(
    actor: Actor, held: HeldEvent, claim: Claim, source: RegistrationSource, is_invited: bool, now: datetime
) -> Standing:
    if source is RegistrationSource.NOMINATION and use_place(held, claim):
        return Standing(RegistrationState.CONFIRMED, StepRule.PLACE_HELD, holds_seat=True)
    if policy.decides_first(held.rules, source, is_invited=is_invited):
        return Standing(RegistrationState.PENDING, StepRule.AWAITS_DECISION)
    return seat_or_queue(actor, held, claim, now)


def _queued(held: HeldEvent) -> Standing:
    return Standing(RegistrationState.WAITING, StepRule.QUEUED, next_queue_number(held.event.id))
