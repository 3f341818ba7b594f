"""Rows of the directory that are one person: an open request made by one is answered for all of them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.people.models import Person


def rows_that_are(person_id: int | None) -> Select[int]:
    """The ids of a row and of the closed ones that lead on to it, near and far."""
    found = select(Person.id).where(Person.id == person_id).cte("one_person", recursive=True)
    closed = aliased(Person)
    found = found.union(select(closed.id).join(found, closed.merged_into_id == found.c.id))
    return select(found.c.id)


def end_of(person_id: int) -> int:
    """The row to which one leads on, itself when it was not closed: a statement a step."""
    while (further := db.session.scalar(select(Person.merged_into_id).where(Person.id == person_id))) is not None:
        person_id = further
    return person_id
