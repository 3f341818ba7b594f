"""People who were taken in twice, as it happens when several hands keep a directory."""

from collections.abc import Iterable

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft, add_people
from kstthc_training.sample.names import invented_phone
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province
from kstthc_training.text import fold, sentence_case

_TWICE = ("department", "commune", "press")


def add_doubles(province: Province) -> None:
    """One person each of a department, a commune and the press a second time: by name, by name and title, by address."""
    people = list(_first_of_each(province.members))
    second = [
        PersonDraft(
            full_name=_without_accent(one.full_name) if place != 1 else one.full_name,
            title="Chuyên viên" if place == 1 else one.title,
            organisation_id=one.organisation_id if place != 2 else None,
            email=one.email if place == 2 else "",
            phone=invented_phone(90 + place),
        )
        for place, one in enumerate(people)
    ]
    add_people(actor=SYSTEM, drafts=second, now=province.midnight)


def _first_of_each(members: Iterable[Member]) -> Iterable[Person]:
    """The first member of each kind who has an address and no account to try."""
    for kind in _TWICE:
        ids = [member.id for member in members if member.kind == kind and not member.login]
        reachable = select(Person).where(Person.id.in_(ids), Person.email != "").order_by(Person.id).limit(1)
        yield db.session.scalars(reachable).one()


def _without_accent(full_name: str) -> str:
    """The last word as somebody types it in a hurry; `Mẫu` stays, which marks all people of the sample."""
    first, _space, last = full_name.rpartition(" ")
    return f"{first} {sentence_case(fold(last))}"
