"""What came after a uniting and stands against undoing it."""

from dataclasses import dataclass

from sqlalchemy import select

from kstthc_training.attendance.models import Presence
from kstthc_training.db import db
from kstthc_training.directory.changes import Change, not_as_left, restored
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class SeatTaken:
    """The seat that became free by the uniting is somebody else's now."""

    event_id: int


@dataclass(frozen=True)
class MarkedSince:
    """Attendance was marked anew after the uniting."""

    event_id: int


@dataclass(frozen=True)
class UnitedSince:
    """The row that stayed was united with a further one."""

    name: str


@dataclass(frozen=True)
class ErasedSince:
    """The person had his data erased: nothing of it comes back."""


Against = Change | SeatTaken | MarkedSince | UnitedSince | ErasedSince


def contradictions(act: DirectoryAct) -> list[Against]:
    """Rows changed since, marks made since, and a further uniting; whether the seats are still free is seen when taken."""
    return [*_erased_since(act), *_united_since(act), *not_as_left(restored(act.changes)), *_marked_since(act)]


def _erased_since(act: DirectoryAct) -> list[ErasedSince]:
    ids: list[int] = act.facts["person_ids"]  # type: ignore[assignment]
    erased = select(Person.id).where(Person.id.in_(ids), Person.erased_at.is_not(None)).limit(1)
    return [ErasedSince() for _each in db.session.scalars(erased)]


def _united_since(act: DirectoryAct) -> list[UnitedSince]:
    ids: list[int] = act.facts["person_ids"]  # type: ignore[assignment]
    closed = select(Person.full_name).where(Person.id == ids[0], Person.merged_into_id.is_not(None))
    return [UnitedSince(name) for name in db.session.scalars(closed)]


def _marked_since(act: DirectoryAct) -> list[MarkedSince]:
    marks: list[dict[str, int]] = act.facts["marks"]  # type: ignore[assignment]
    statement = (
        select(Presence.session_id, Presence.registration_id, Presence.mark_id, Registration.event_id)
        .join(Registration, Registration.id == Presence.registration_id)
        .where(Presence.registration_id.in_({each["registration_id"] for each in marks}))
    )
    holds = {(row[0], row[1]): (row[2], row[3]) for row in db.session.execute(statement)}
    latest = [(each["mark_id"], holds.get((each["session_id"], each["registration_id"]))) for each in marks]
    return [MarkedSince(held[1]) for mark_id, held in latest if held is not None and held[0] != mark_id]
