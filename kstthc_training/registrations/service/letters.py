"""Putting letters to those registered into the outbox, each under a key that makes a second one of the same impossible."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.messages.service import tell
from kstthc_training.messages.service import tell_several as tell_each
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations import notices
from kstthc_training.registrations.enums import GONE, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.addressees import Addressee, EventFacts, addressees, event_facts
from kstthc_training.scheduling import service as scheduling

Write = Callable[[EventFacts, Addressee], Letter]
_ENTERED: dict[RegistrationState, Write] = {
    RegistrationState.CONFIRMED: notices.confirmed,
    RegistrationState.WAITING: notices.waiting,
    RegistrationState.PENDING: notices.pending,
}


def tell_entered(event: Event, registration: Registration, step: RegistrationStep, *, now: datetime) -> None:
    """Tell somebody who has just been registered, or admitted, how he stands: a seat, the queue, or to be decided."""
    _tell_of_step(event, registration, step, _ENTERED[registration.state], now)


def tell_several(event: Event, moved: Sequence[tuple[Registration, RegistrationStep]], *, now: datetime) -> None:
    """Tell everybody whom one decision moved how he stands, as `tell_entered` does, with a fixed number of readings."""
    db.session.flush()
    facts = event_facts(event, now=now)
    _tell_all(event, moved, lambda to: _ENTERED[to.state](facts, to), now)


def tell_promoted(
    event: Event, registration: Registration, step: RegistrationStep, vacancy: Vacancy, *, now: datetime
) -> None:
    """Tell somebody who waited that he has a seat now, and by which rule."""
    _tell_of_step(event, registration, step, lambda facts, to: notices.promoted(facts, to, vacancy=vacancy), now)


def tell_offered(
    event: Event, registration: Registration, step: RegistrationStep, vacancy: Vacancy, *, now: datetime
) -> None:
    """Tell somebody who waited that a seat is kept for him, until when, and by which rule."""
    ends_at = registration.offer_ends_at
    assert ends_at is not None  # noqa: S101 - a constraint of the table
    _tell_of_step(
        event, registration, step, lambda facts, to: notices.offered(facts, to, vacancy=vacancy, ends_at=ends_at), now
    )


def tell_offer_over(event: Event, registration: Registration, step: RegistrationStep, *, now: datetime) -> None:
    """Tell somebody that the seat kept for him went to the next."""
    _tell_of_step(event, registration, step, notices.offer_over, now)


def tell_refused(event: Event, registration: Registration, step: RegistrationStep, *, now: datetime) -> None:
    """Tell somebody that the organizer did not admit him, and why."""
    reason = step.reason
    _tell_of_step(event, registration, step, lambda facts, to: notices.refused(facts, to, reason=reason), now)


def tell_reopened(event: Event, registration: Registration, step: RegistrationStep, *, now: datetime) -> None:
    """Tell somebody who was approved that the organizer considers his registration once more."""
    _tell_of_step(event, registration, step, notices.reopened, now)


def tell_known(event: Event, registration: Registration, *, now: datetime) -> None:
    """Send a guest who is registered already the link to his page once more, at most once an hour."""
    facts = event_facts(event, now=now)
    for to in addressees(event.id, registration_ids=[registration.id]):
        letter = notices.known(facts, to)
        tell(letter, key=f"{letter.kind}:{registration.id}:{now:%Y%m%d%H}", now=now)


def tell_taken_back(
    event: Event, registration: Registration, step: RegistrationStep, rule: StepRule, *, now: datetime
) -> None:
    """Tell somebody whose registration another took back, and why."""
    reason = step.reason
    _tell_of_step(event, registration, step, lambda facts, to: notices.taken_back(facts, to, rule=rule, reason=reason), now)


def tell_calendar(event: Event, registration: Registration, step: RegistrationStep, *, now: datetime) -> None:
    """Nobody needs to be told what he did himself or stands in front of, but his calendar does."""
    _with_entries(event, [(registration, step)], {}, now)


class Announcement(NamedTuple):
    """A letter about what became of an event; `person_id` is None where it stands for others, who `holds` comes himself."""

    person_id: int | None
    holds: bool
    letter: Letter
    key: str


def letters_to_everyone(event: Event, write: Write, *, now: datetime) -> list[Announcement]:
    """The letters to everyone confirmed or waiting who has an address; their key is the event's revision."""
    db.session.flush()
    facts = event_facts(event, now=now)
    letters = [(to, write(facts, to)) for to in addressees(event.id) if to.email]
    return [
        Announcement(
            to.person_id,
            to.state is RegistrationState.CONFIRMED,
            letter,
            f"{letter.kind}:{to.registration_id}:{event.revision}",
        )
        for to, letter in letters
    ]


def _tell_of_step(event: Event, registration: Registration, step: RegistrationStep, write: Write, now: datetime) -> None:
    db.session.flush()
    facts = event_facts(event, now=now)
    _tell_all(event, [(registration, step)], lambda to: write(facts, to), now)


def _tell_all(
    event: Event,
    moved: Sequence[tuple[Registration, RegistrationStep]],
    write: Callable[[Addressee], Letter],
    now: datetime,
) -> None:
    """Write to those moved, with the entries that come or go by it; the key of a letter is that of the step."""
    steps = {registration.person_id: f"{registration.id}:{step.id}" for registration, step in moved}
    those = [registration.id for registration, _step in moved]
    letters = {to.person_id: write(to) for to in addressees(event.id, registration_ids=those)}
    carried = _with_entries(event, moved, letters, now)
    tell_each([(letter, f"{letter.kind}:{steps[person_id]}") for person_id, letter in carried.items()], now=now)


def _with_entries(
    event: Event, moved: Sequence[tuple[Registration, RegistrationStep]], letters: Mapping[int, Letter], now: datetime
) -> dict[int, Letter]:
    """Whoever has a seat now holds the sessions in his calendar; whoever had one, or withdrew, does not."""
    coming = [row.person_id for row, _step in moved if row.state is RegistrationState.CONFIRMED]
    leaving = [row.person_id for row, step in moved if row.state in GONE or _lost_a_seat(row, step)]
    return scheduling.move(event.id, coming=coming, leaving=leaving, letters=letters, now=now)


def _lost_a_seat(registration: Registration, step: RegistrationStep) -> bool:
    return step.from_state is RegistrationState.CONFIRMED and registration.state is not RegistrationState.CONFIRMED
