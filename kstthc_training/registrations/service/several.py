"""Putting many people on the list of one event at once, as an organizer does from a file."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.service.letters import tell_several
from kstthc_training.registrations.service.register import claim_for, enter_untold, known_now, require_offered
from kstthc_training.registrations.service.rows import add_seated_rows, record_made
from kstthc_training.registrations.service.seats import HeldEvent, hold_event, pools_for, somebody_waits, take_all_seats
from kstthc_training.registrations.service.steps import raise_calendar_revisions

_BY = RegistrationSource.ORGANIZER


def register_several(*, actor: Actor, event_id: int, people: Sequence[Person], now: datetime) -> list[Registration]:
    """Register people for the organizer in the order given, each with a seat or in the queue; the answer is who is new.

    Whoever is registered stays as he is. All or none. Raises `NotAllowed`, `NotOffered`, `AlreadyBegun`.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    require_offered(held.event, None, now=now)
    wanted = list(dict.fromkeys(people))
    new = _seated_at_once(actor, held, wanted, now)
    if new is None:
        entered = [
            enter_untold(actor=actor, held=held, person=person, source=_BY, belonging=None, now=now) for person in wanted
        ]
        new = [(registration, step) for registration, step in entered if step is not None]
    tell_several(held.event, new, now=now)
    raise_calendar_revisions(registration.person_id for registration, _step in new)
    return [registration for registration, _step in new]


def _seated_at_once(
    actor: Actor, held: HeldEvent, people: Sequence[Person], now: datetime
) -> list[tuple[Registration, RegistrationStep]] | None:
    """A seat for each of people who were never registered; None when somebody was, somebody waits, or there is not room
    for all, where one comes after the other."""
    known = known_now(held, people)
    if somebody_waits(held.event.id) or any(registration is not None for registration, _circle in known.values()):
        return None
    claims = {person: claim_for(held.event, person, circle, None) for person, (_none, circle) in known.items()}
    applying = {claim: pools_for(held, claim) for claim in dict.fromkeys(claims.values())}
    if not take_all_seats(Counter(pool for claim in claims.values() for pool in applying[claim])):
        return None
    entries = add_seated_rows(actor=actor, event=held.event, source=_BY, claims=claims, now=now)
    for entry in entries:
        record_made(actor, entry.registration, now)
    return [(entry.registration, entry.step) for entry in entries if entry.step is not None]
