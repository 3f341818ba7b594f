"""What the numbers in the log stand for, by name: of whom and what its rows are about, and of whom their facts speak."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.desk.journal_words import people_in, session_words
from kstthc_training.events.models import Event, Session
from kstthc_training.mandates.models import Mandate
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.people.models import Account, Person

Names = Mapping[tuple[str, int], str]

REFERENCES = {
    "organisation_id": "organisation",
    "successor_id": "organisation",
    "parent_id": "organisation",
    "kind_id": "organisation_kind",
    "level_id": "organisation_level",
    "session_id": "session",
}


def names_of(entries: Sequence[AuditEntry], *, named: Callable[[Any], str]) -> Names:
    """The names by kind of thing and id: one statement for each kind that the entries speak of.

    `named` says the name of what has one in each language.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for kind, number in _spoken_of(entry):
            wanted[kind].add(number)
    names: dict[tuple[str, int], str] = {}
    for kind, (key, *columns) in _sources().items():
        if kind in wanted:
            statement = select(key, *columns).where(key.in_(wanted[kind]))
            if kind == "account":
                statement = statement.join(Person, Person.id == Account.person_id)
            names |= {(kind, row[0]): _name(row, named) for row in db.session.execute(statement)}
    return names


def _spoken_of(entry: AuditEntry) -> Iterator[tuple[str, int]]:
    if entry.subject_id is not None:
        yield entry.subject_type, entry.subject_id
    yield from (("person", person) for person in people_in(entry.facts))
    for name, kind in REFERENCES.items():
        pair = entry.facts.get("changes", {}).get(name, ())
        yield from ((kind, number) for number in (entry.facts.get(name), *pair) if isinstance(number, int))


def _name(row: Any, named: Callable[[Any], str]) -> str:
    if hasattr(row, "position"):
        return session_words(row.name, row.position + 1)
    return named(row) if hasattr(row, "name_vi") else row[1]


def _sources() -> dict[str, tuple[Any, ...]]:
    """For each kind of thing that has a name: the columns of its id and name, and of what it goes by besides."""
    return {
        "account": (Account.id, Person.full_name),
        "event": (Event.id, Event.title),
        "session": (Session.id, Session.name, Session.position),
        "person": (Person.id, Person.full_name),
        "mandate": (Mandate.id, Mandate.name),
        "organisation": (Organisation.id, Organisation.name),
        "organisation_kind": (OrganisationKind.id, OrganisationKind.name_vi, OrganisationKind.name_en),
        "organisation_level": (OrganisationLevel.id, OrganisationLevel.name_vi, OrganisationLevel.name_en),
    }
