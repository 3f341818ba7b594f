"""Taking people into the directory and keeping what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.refusals import Stale, Unknown
from kstthc_training.text import clean_line, fold, name_sort_key, phone_digits, search_text

ADDRESS_CHANGED = "people.address_changed"  # what was sent to the old address may have to follow


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
    return add_people(actor=actor, drafts=[draft], now=now)[0]


def add_people(*, actor: Actor, drafts: Sequence[PersonDraft], now: datetime) -> list[Person]:
    """New people of the directory, in the order of their drafts, on PostgreSQL in a few statements."""
    people = [
        Person(
            full_name=draft.full_name,
            title=draft.title,
            organisation_id=draft.organisation_id,
            email=draft.email,
            phone=draft.phone,
            created_at=now,
        )
        for draft in drafts
    ]
    for person in people:
        index(person)
    db.session.add_all(people)
    db.session.flush()
    for person in people:
        record(actor=actor, action="person.added", subject_type="person", subject_id=person.id, now=now)
    db.session.flush()
    return people


def change_person(*, actor: Actor, person: Person, draft: PersonDraft, version: int, now: datetime) -> Person:
    """Keep what the draft says, if `version` is still the one in the database, else `Stale`.

    The name to sign in with stays what it is. Nothing changed is nothing recorded.
    """
    statement = select(Person).where(Person.id == person.id).with_for_update()
    current = db.session.scalar(statement, execution_options={"populate_existing": True})
    if current is None or current.erased_at is not None:
        raise Unknown(person_id=person.id)
    if current.version != version:
        raise Stale(saved_version=current.version)
    changed = [name for name in _known() if getattr(current, name) != _as_stored(name, draft)]
    for name in changed:
        setattr(current, name, _as_stored(name, draft))
    if changed:
        current.version += 1
        index(current)
        db.session.flush()
        record(actor=actor, action="person.changed", subject_type="person", subject_id=current.id, now=now, fields=changed)
    if "email" in changed:
        key = f"{ADDRESS_CHANGED}:{current.id}:{current.version}"
        plan_job(kind=ADDRESS_CHANGED, key=key, payload={"person_id": current.id}, run_at=now, now=now)
    return current


def _known() -> tuple[str, ...]:
    return tuple(field.name for field in fields(PersonDraft))


def _as_stored(name: str, draft: PersonDraft) -> str | int | None:
    value: str | int | None = getattr(draft, name)
    if not isinstance(value, str):
        return value
    line = clean_line(value)
    return phone_digits(line) or line if name == "phone" else line


def index(person: Person) -> None:
    """Renew what a person is found, sorted and recognised by."""
    phone = phone_digits(person.phone) or person.phone
    person.search_text = search_text(person.full_name, person.title, person.email, phone)
    person.sort_key = name_sort_key(person.full_name)
    person.name_key, person.email_key = fold(person.full_name), person.email.lower()
