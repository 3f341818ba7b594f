"""The rows themselves: who takes part, what is known of the one person afterwards, and who was told apart from whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.directory.changes import Change, added, changed
from kstthc_training.directory.errors import AlreadyUnited, NobodyUnites, RowChanged
from kstthc_training.directory.uniting.drafts import FIELDS, Uniting
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person, ToldApart
from kstthc_training.people.service.persons import index
from kstthc_training.refusals import Unknown

_KEYS = ("search_text", "sort_key", "name_key", "email_key")
# What a closed row may no longer be found by.
_EMPTIED = {"organisation_id": None, "email": "", "phone": "", "search_text": "", "name_key": "", "email_key": ""}


@dataclass(frozen=True)
class FieldChoice:
    """One thing known of the person: each value once with the row that says it, and whose is taken."""

    name: str
    options: tuple[tuple[int, Any], ...]
    taken_id: int | None

    @property
    def contradicts(self) -> bool:
        """Whether the rows say different things."""
        return len(self.options) > 1

    @property
    def value(self) -> Any:
        """What is known afterwards; None when no row says anything."""
        return dict(self.options).get(self.taken_id or 0)


def parties(uniting: Uniting) -> tuple[Person, ...]:
    """The rows as they are now, the one that stays first: one statement.

    Raises `NobodyUnites`, `Unknown`, `AlreadyUnited`, and `RowChanged` when one is not as it was looked at.
    """
    if not uniting.other_ids or len(set(uniting.ids)) < len(uniting.ids):
        raise NobodyUnites()
    whole = joinedload(Person.organisation).joinedload(Organisation.parent)
    statement = select(Person).where(Person.id.in_(uniting.ids)).options(whole)
    known = {person.id: person for person in db.session.scalars(statement, execution_options={"populate_existing": True})}
    if missing := set(uniting.ids) - set(known):
        raise Unknown(person_ids=sorted(missing))
    people = tuple(known[person_id] for person_id in uniting.ids)
    for person in people:
        if person.merged_into_id is not None:
            raise AlreadyUnited(name=person.full_name)
        if person.erased_at is not None:
            raise Unknown(person_ids=[person.id])
        if uniting.seen is not None and uniting.seen.get(person.id) != person.version:
            raise RowChanged()
    return people


def field_choices(uniting: Uniting, people: Sequence[Person]) -> tuple[FieldChoice, ...]:
    """What the rows say, field by field; what only one says needs no choice, and nothing said is no contradiction."""
    choices = []
    for name in FIELDS:
        said: dict[Any, tuple[int, Any]] = {}
        for person in people:
            value = getattr(person, name)
            if value:
                said.setdefault(value.lower() if name == "email" else value, (person.id, value))
        options = tuple(said.values())
        ids = [person_id for person_id, _value in options]
        wanted = uniting.taken.get(name)
        choices.append(FieldChoice(name, options, wanted if wanted in ids else next(iter(ids), None)))
    return tuple(choices)


def person_changes(people: Sequence[Person], choices: Iterable[FieldChoice]) -> list[Change]:
    """The row that stays as it is known afterwards, and the others closed, with nothing left to be found by."""
    kept, *others = people
    values = {each.name: each.value for each in choices if each.options}
    after = Person(**{name: getattr(kept, name) for name in FIELDS} | values)
    index(after)
    changes = [changed(kept, **values, **{name: getattr(after, name) for name in _KEYS})]
    changes += [changed(other, merged_into_id=kept.id, **_EMPTIED) for other in others]
    return [change for change in changes if change is not None]


def told_apart_changes(uniting: Uniting) -> list[Change]:
    """Whoever was told apart from a row that is closed is told apart from the one that stays: one statement."""
    ids = uniting.ids
    rows = db.session.scalars(select(ToldApart).where(or_(ToldApart.low_id.in_(ids), ToldApart.high_id.in_(ids)))).all()
    known = {(row.low_id, row.high_id) for row in rows}
    changes = []
    for row in sorted(rows, key=lambda row: (row.low_id, row.high_id)):
        third = next((each for each in (row.low_id, row.high_id) if each not in ids), None)
        pair = None if third is None else (min(third, uniting.kept_id), max(third, uniting.kept_id))
        if pair is None or pair in known:
            continue
        known.add(pair)
        key = ("low_id", "high_id")
        values = {"low_id": pair[0], "high_id": pair[1], "told_at": row.told_at, "told_by_id": row.told_by_id}
        changes.append(added(ToldApart, key=key, **values))
    return changes
