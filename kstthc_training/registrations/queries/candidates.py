"""People of the directory who may be added to an event."""

from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.matching import is_about, search_words

MOST_CANDIDATES = 20


class Candidate(NamedTuple):
    """A person, and how he stands with the event (None: not registered)."""

    id: int
    full_name: str
    title: str
    organisation: str
    state: RegistrationState | None


def candidates_for(event_id: int, *, search: str) -> list[Candidate]:
    """The first twenty people whose name, address, phone or organisation holds every word of a search: one statement."""
    words = search_words(search)
    if not words:
        return []
    here = and_(Registration.person_id == Person.id, Registration.event_id == event_id)
    statement = (
        select(
            Person.id, Person.full_name, Person.title, func.coalesce(Organisation.name, ""), Registration.state
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Registration, here)
        .order_by(Person.sort_key, Person.id)
        .limit(MOST_CANDIDATES)
    )  # fmt: skip
    for word in words:
        statement = statement.where(or_(is_about(word), Organisation.search_text.contains(word, autoescape=True)))
    return [Candidate._make(row) for row in db.session.execute(statement)]
