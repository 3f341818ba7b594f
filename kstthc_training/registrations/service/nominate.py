"""Naming people: a focal point registers those of his organisation, also ones the directory does not know yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import speaks_for
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.errors import NobodyNamed
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.newcomers import NewPerson, known_or_added
from kstthc_training.registrations.service.register import belonging_for, enter, require_offered
from kstthc_training.registrations.service.seats import hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions


@dataclass(frozen=True)
class Nomination:
    """What became of one person named; `is_new` is False for somebody who was registered already."""

    person: Person
    registration: Registration
    is_new: bool


def nominate(
    *,
    actor: Actor,
    event: Event,
    organisation_id: int,
    person_ids: Sequence[int],
    new_people: Sequence[NewPerson],
    is_invited: bool = False,
    now: datetime,
) -> list[Nomination]:
    """Register people of an organisation that the actor speaks for, in the order given, each with a seat or in the queue.

    Somebody new joins the directory, unless the organisation has a person of that name whose phone and e-mail do not
    speak against it: naming him twice, or sending twice, makes one person. An organisation that `is_invited` by name is
    bound neither by the audience nor by the window; whoever calls has looked at its invitation. Raises `Unknown` for an
    organisation that is not the actor's and for people of another one, `NobodyNamed`, and what `register` raises.
    """
    if not speaks_for(actor, organisation_id):
        raise Unknown(organisation_id=organisation_id)
    if not person_ids and not new_people:
        raise NobodyNamed
    held, source = hold_event(event.id), RegistrationSource.NOMINATION
    belonging = None if is_invited else belonging_for(source, organisation_id)
    require_offered(held.event, belonging, now=now)
    named = _people(organisation_id, person_ids)
    named += [known_or_added(actor=actor, organisation_id=organisation_id, new=new, now=now) for new in new_people]
    results = []
    for person in dict.fromkeys(named):
        registration, is_new = enter(actor=actor, held=held, person=person, source=source, belonging=belonging, now=now)
        results.append(Nomination(person, registration, is_new))
    raise_calendar_revisions(r.person.id for r in results if r.is_new)
    return results


def _people(organisation_id: int, person_ids: Sequence[int]) -> list[Person]:
    wanted = list(dict.fromkeys(person_ids))
    rows = db.session.scalars(select(Person).where(Person.id.in_(wanted), Person.organisation_id == organisation_id)).all()
    found = {person.id: person for person in rows}
    if missing := [person_id for person_id in wanted if person_id not in found]:
        raise Unknown(person_ids=missing)
    return [found[person_id] for person_id in wanted]
