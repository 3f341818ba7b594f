"""People whom somebody names and the directory may not know yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft, add_person
from kstthc_training.registrations.errors import SeveralNamed
from kstthc_training.text import fold, phone_digits


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody named who is perhaps not in the directory."""

    full_name: str
    title: str = ""
    phone: str = ""
    email: str = ""


def known_or_added(*, actor: Actor, organisation_id: int | None, new: NewPerson, now: datetime) -> Person:
    """The person of that name in the organisation, unless phone or e-mail speak against it; else one new to the directory.

    Naming somebody twice, or sending a form twice, so makes one person. Hold the event first: then of two at the same
    instant the second sees what the first added. Raises `SeveralNamed` when it could be several people.
    """
    known = known_as(organisation_id, new)
    if len(known) > 1:
        raise SeveralNamed(full_name=new.full_name, count=len(known))
    if known:
        return known[0]
    draft = PersonDraft(
        full_name=new.full_name, title=new.title, organisation_id=organisation_id, email=new.email, phone=new.phone
    )
    return add_person(actor=actor, draft=draft, now=now)


def known_as(organisation_id: int | None, new: NewPerson) -> list[Person]:
    """Those of an organisation who may be the one named: of his name, with his phone or e-mail where somebody has it."""
    namesakes = db.session.scalars(
        select(Person)
        .where(Person.organisation_id.is_not_distinct_from(organisation_id), Person.merged_into_id.is_(None))
        .where(Person.search_text.contains(fold(new.full_name), autoescape=True))
        .order_by(Person.id)
    )
    likely = [person for person in namesakes if _may_be(person, new)]
    return [person for person in likely if _shares(person, new)] or likely


def _shares(person: Person, new: NewPerson) -> bool:
    phone, email = phone_digits(new.phone), new.email.casefold()
    return bool(phone and phone_digits(person.phone) == phone) or bool(email and person.email.casefold() == email)


def _may_be(person: Person, new: NewPerson) -> bool:
    """The same name to the letter, and nothing typed that contradicts what is known."""
    return (
        person.full_name.casefold() == new.full_name.casefold()
        and _agree(phone_digits(person.phone), phone_digits(new.phone))
        and _agree(person.email.casefold(), new.email.casefold())
    )


def _agree(known: str, typed: str) -> bool:
    return not known or not typed or known == typed
