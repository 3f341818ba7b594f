"""Who may register whom, take a registration back, and see a ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kstthc_training.events.enums import Audience, EventState
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events, speaks_for
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import GONE, Admission, Promotion, RegistrationSource
from kstthc_training.registrations.errors import (
    AlreadyBegun,
    ClosedAlready,
    GuestsNotTaken,
    NotInvited,
    NotOffered,
    NotOpenYet,
)
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class Belonging:
    """Where somebody belongs: whether his organisation informs the public, and the ids of it and of all above it."""

    is_press: bool = False
    bodies: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Rules:
    """How an event takes people in; these are the usual ones (see `RegistrationRules`)."""

    admission: Admission = Admission.DIRECT
    promotion: Promotion = Promotion.SEAT
    offer_hours: int = 24
    cutoff_hours: int = 0
    names_until: datetime | None = None
    asks_credentials: bool = False
    guests_allowed: bool = False
    guest_generation: int = 1
    version: int = 0


class Offered(Protocol):
    """An event, or a row about one."""

    @property
    def state(self) -> EventState: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def registration_opens_at(self) -> datetime | None: ...
    @property
    def registration_closes_at(self) -> datetime | None: ...
    @property
    def audience(self) -> Audience: ...
    @property
    def host_id(self) -> int | None: ...


def may_register(actor: Actor, person: Person, source: RegistrationSource) -> bool:
    """Everyone registers himself, a focal point the people of his organisations, an organizer anyone."""
    if source is RegistrationSource.SELF:
        return actor.person_id is not None and actor.person_id == person.id
    if source is RegistrationSource.NOMINATION:
        return speaks_for(actor, person.organisation_id)
    return runs_events(actor)


def is_own(actor: Actor, registration: Registration) -> bool:
    """The registration is the actor's own."""
    return actor.person_id is not None and actor.person_id == registration.person_id


def may_cancel(actor: Actor, registration: Registration) -> bool:
    """The person himself, the focal point of the organisation he was registered for, and organizers."""
    return is_own(actor, registration) or speaks_for(actor, registration.organisation_id) or runs_events(actor)


def may_see_ticket(actor: Actor, registration: Registration) -> bool:
    """The person himself, organizers, and the focal point of the organisation that named him."""
    named = registration.source is RegistrationSource.NOMINATION and speaks_for(actor, registration.organisation_id)
    return named or is_own(actor, registration) or runs_events(actor)


def may_answer(actor: Actor, registration: Registration) -> bool:
    """Who answers the questions of the event for somebody: he himself, the focal point that named him, organizers."""
    return may_see_ticket(actor, registration)


def may_open_answer_file(actor: Actor, registration: Registration) -> bool:
    """Who opens the files that somebody answered with: he himself and organizers, not his focal point."""
    return is_own(actor, registration) or runs_events(actor)


def answers_until(event: Offered) -> datetime:
    """Until when those registered change their answers: while registration is open, without an end until it begins."""
    closes_at = event.registration_closes_at
    return min(closes_at, event.starts_at) if closes_at else event.starts_at


def may_change_answers(actor: Actor, registration: Registration, event: Offered, *, is_owing: bool, now: datetime) -> bool:
    """Whether answers may be given now for somebody on the list; who owes one that is required gives it later too."""
    if registration.state in GONE or not may_resize(event):
        return False
    if runs_events(actor):
        return True
    return not has_begun(event, now) and (is_owing or now < answers_until(event))


def has_begun(event: Offered, now: datetime) -> bool:
    """Whether an event goes on or is over; a postponed one has not begun, whatever its old date."""
    return event.state in (EventState.RELEASED, EventState.CLOSED) and now >= event.starts_at


def moves_up(event: Offered, rules: Rules, now: datetime) -> bool:
    """Whether free seats still go to those who wait: until the cut-off before the event begins, and never after."""
    if event.state is EventState.POSTPONED:
        return True
    return event.state is EventState.RELEASED and now < event.starts_at - timedelta(hours=rules.cutoff_hours)


def offer_end(event: Offered, rules: Rules, now: datetime) -> datetime:
    """When an offer made now ends: after its hours, and in any case with the cut-off before the event."""
    return min(now + timedelta(hours=rules.offer_hours), event.starts_at - timedelta(hours=rules.cutoff_hours))


def decides_first(rules: Rules, source: RegistrationSource, *, is_invited: bool = False) -> bool:
    """Whether a registration waits for the organizer's decision before it gets a seat.

    Whom he invited by name he has approved already; where seats are given by one decision over all, the invited apply too.
    """
    if source is RegistrationSource.ORGANIZER:
        return False
    return rules.admission is Admission.ALLOCATION or (rules.admission is Admission.APPROVAL and not is_invited)


def may_swap(event: Offered, rules: Rules, now: datetime) -> bool:
    """Whether the people named may still be exchanged: until `names_until`, without one until the event begins."""
    return not has_begun(event, now) and (rules.names_until is None or now < rules.names_until)


def is_invited(event: Offered, belonging: Belonging) -> bool:
    """Whether an event is for somebody who belongs there.

    Press events are for the press, those for officials for everyone else, internal ones for the host's own people and
    those of bodies below the host; without a host there are none such.
    """
    if event.audience is Audience.PRESS:
        return belonging.is_press
    if event.audience is Audience.OFFICIALS:
        return not belonging.is_press
    return event.audience is Audience.BOTH or event.host_id in belonging.bodies


def closed_to_all(event: Offered, now: datetime) -> Refusal | None:
    """What speaks against registering anybody now, even for an organizer: the state, or that it began."""
    if event.state is not EventState.RELEASED:
        return NotOffered(state=event.state)
    return AlreadyBegun(began_at=event.starts_at) if now >= event.starts_at else None


def outside_window(event: Offered, now: datetime) -> Refusal | None:
    """What speaks against registering from the opening instant until before the closing one; organizers are not bound."""
    opens_at, closes_at = event.registration_opens_at, event.registration_closes_at
    if opens_at and now < opens_at:
        return NotOpenYet(opens_at=opens_at)
    return ClosedAlready(closed_at=closes_at) if closes_at and now >= closes_at else None


def obstacle(event: Offered, belonging: Belonging | None, now: datetime) -> Refusal | None:
    """Why somebody who belongs there can't be registered now, or None; without a belonging an organizer does it."""
    if belonging is None:
        return closed_to_all(event, now)
    others = None if is_invited(event, belonging) else NotInvited(audience=event.audience)
    return closed_to_all(event, now) or others or outside_window(event, now)


def guest_obstacle(event: Offered, rules: Rules, now: datetime) -> Refusal | None:
    """Why a guest without an account can't register now, or None: an organizer lets guests in to any event, whomever it is
    for."""
    barred = None if rules.guests_allowed else GuestsNotTaken()
    return barred or closed_to_all(event, now) or outside_window(event, now)


def papers_wanted(event: Offered, rules: Rules) -> bool:
    """Whether every guest shows a press card or a letter of introduction: of an event for the press that asks for them."""
    return rules.asks_credentials and event.audience is Audience.PRESS


def papers_asked(event: Offered, rules: Rules) -> bool:
    """Whether journalists among the guests show theirs."""
    return rules.asks_credentials and event.audience in (Audience.PRESS, Audience.BOTH)


def link_is_over(event: Offered, now: datetime, *, ends_at: datetime) -> bool:
    """Whether what guests hold by link alone has ended with the event; one that was called off is told so until its day."""
    return event.state is EventState.CLOSED or (event.state is not EventState.POSTPONED and now >= ends_at)


def ended(event: Offered, now: datetime) -> Refusal | None:
    """What speaks against taking a seat that is kept for somebody: the event was called off or held, or goes on already."""
    if not may_resize(event):
        return NotOffered(state=event.state)
    return AlreadyBegun(began_at=event.starts_at) if has_begun(event, now) else None


def may_resize(event: Offered) -> bool:
    """Whether the number of seats may change: not once the event was cancelled or held."""
    return event.state not in (EventState.CANCELLED, EventState.CLOSED)


def is_open(event: Offered, now: datetime) -> bool:
    """Whether people register now: released, not begun, from the opening instant until before the closing one."""
    return closed_to_all(event, now) is None and outside_window(event, now) is None
