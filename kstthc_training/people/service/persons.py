"""Taking people into the directory."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.text import fold, name_sort_key


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """What is known of somebody at first."""

    full_name: str
    title: str = ""
    organisation_id: int | None = None
    email: str = ""
    phone: str = ""


def add_person(*, actor: Actor, draft: PersonDraft, now: datetime) -> Person:
    """A new person of the directory; two people may well bear one name."""
    person = Person(
        full_name=draft.full_name,
        title=draft.title,
        organisation_id=draft.organisation_id,
        email=draft.email,
        phone=draft.phone,
        created_at=now,
    )
    index(person)
    db.session.add(person)
    db.session.flush()
    record(actor=actor, action="person.added", subject_type="person", subject_id=person.id, now=now)
    return person


def index(person: Person) -> None:
    """Renew what a person is found and sorted by."""
    person.search_text = fold(" ".join(filter(None, (person.full_name, person.email, person.phone))))
    person.sort_key = name_sort_key(person.full_name)
