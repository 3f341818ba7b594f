"""What rows of one person held before they were united: it stands in the acts alone, so that they can be undone."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kstthc_training.db import Base, db


@dataclass(frozen=True)
class Former:
    """Addresses and numbers by which somebody was reached, and files that he handed in and that no answer speaks of now."""

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    file_ids: frozenset[int] = frozenset()


def former_of(person_ids: Collection[int]) -> Former:
    """What the acts that stand keep of rows that are one person: one statement."""
    acts = Base.metadata.tables["directory_acts"]
    standing = select(acts.c.facts, acts.c.changes).where(acts.c.kind == "persons", acts.c.undone_at.is_(None))
    rows = db.session.execute(standing).all()
    before = [
        (change["table"], change["before"])
        for facts, changes in rows
        if not set(person_ids).isdisjoint(facts["person_ids"])
        for change in changes
        if change["before"]
    ]
    return Former(
        emails=frozenset(_said("people", "email", before)),
        phones=frozenset(_said("people", "phone", before)),
        file_ids=frozenset(_said("answers", "file_id", before)),
    )


def _said(table: str, column: str, before: list[tuple[str, dict[str, Any]]]) -> list[Any]:
    return [values[column] for name, values in before if name == table and values.get(column)]
