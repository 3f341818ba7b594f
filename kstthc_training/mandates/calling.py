"""Whom mandatory trainings still call: those listed who are neither exempt nor trained yet."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.mandates.models import Mandate, MandateEvent, MandatePerson
from kstthc_training.people.models import Person


@dataclass(frozen=True)
class Called:
    """A mandatory training with the people it still calls, and how many of each organisation they are."""

    mandate_id: int
    name: str
    people: tuple[int, ...]
    by_organisation: dict[int, int]


def called() -> list[Called]:
    """Every mandatory training in force that still calls somebody, the next due first: one statement."""
    rows = db.session.execute(
        select(Mandate.id, Mandate.name, Person.id, Person.organisation_id)
        .join(MandatePerson, MandatePerson.mandate_id == Mandate.id)
        .join(Person, Person.id == MandatePerson.person_id)
        .where(*_still_called())
        .order_by(Mandate.due_on, Mandate.id, Person.sort_key, Person.id)
    )
    people: dict[tuple[int, str], list[tuple[int, int | None]]] = {}
    for mandate_id, name, person_id, body in rows:
        people.setdefault((mandate_id, name), []).append((person_id, body))
    return [
        Called(
            mandate_id, name, tuple(person_id for person_id, _body in those),
            dict(Counter(body for _person_id, body in those if body is not None)),
        )
        for (mandate_id, name), those in people.items()
    ]  # fmt: skip


def mandatory_at(event_id: int) -> frozenset[int]:
    """The people whom a mandatory training still calls that this event counts as: one statement."""
    people = (
        select(MandatePerson.person_id)
        .join(Mandate, Mandate.id == MandatePerson.mandate_id)
        .join(MandateEvent, MandateEvent.mandate_id == Mandate.id)
        .where(MandateEvent.event_id == event_id, *_still_called())
    )
    return frozenset(db.session.scalars(people))


def _still_called() -> tuple[ColumnElement[bool], ...]:
    counts = MandateEvent.__table__.alias("counted")
    trained = exists().where(
        counts.c.mandate_id == MandatePerson.mandate_id, AttendanceResult.event_id == counts.c.event_id,
        AttendanceResult.person_id == MandatePerson.person_id, AttendanceResult.attended,
    )  # fmt: skip
    return Mandate.withdrawn_at.is_(None), MandatePerson.exempt_document == "", ~trained
