"""What else hangs on the rows: invitations, mandatory trainings, the door, events that somebody runs."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from kstthc_training.db import Base, db
from kstthc_training.directory.changes import Change, changed, removed
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.mandates.models import MandatePerson

T = TypeVar("T", bound=Base)


@dataclass(frozen=True)
class Belongings:
    """How many of each go over to the row that stays, and at how many events two invitations become one."""

    invitations: int
    invitations_united: int
    mandates: int
    doors: int
    events_run: int


def belongings_of(uniting: Uniting, now: datetime) -> tuple[Belongings, list[Change]]:
    """What becomes of all that, in four statements."""
    invitations = _by(lambda row: row.event_id, _of(Invitation, Invitation.person_id, uniting))
    mandates = _by(lambda row: row.mandate_id, _of(MandatePerson, MandatePerson.person_id, uniting))
    doors = _by(lambda row: row.event_id, _of(DoorStaff, DoorStaff.person_id, uniting))
    run = [row for row in _of(Event, Event.owner_id, uniting) if row.owner_id != uniting.kept_id]
    changes: list[Change | None] = [changed(event, owner_id=uniting.kept_id) for event in run]
    for rows in invitations:
        changes += _one_invitation(uniting, rows, now)
    for people in mandates:
        changes += _one_mandate(uniting, people)
    for staff in doors:
        changes += [changed(staff[0], person_id=uniting.kept_id), *(removed(row) for row in staff[1:])]
    counts = Belongings(
        invitations=sum(_goes_over(uniting, rows) for rows in invitations),
        invitations_united=sum(len(rows) > 1 for rows in invitations),
        mandates=sum(_goes_over(uniting, people) for people in mandates),
        doors=sum(_goes_over(uniting, staff) for staff in doors),
        events_run=len(run),
    )
    return counts, [change for change in changes if change is not None]


def _of(model: type[T], column: Any, uniting: Uniting) -> Sequence[T]:
    rows = db.session.scalars(select(model).where(column.in_(uniting.ids)), execution_options={"populate_existing": True})
    return sorted(rows, key=lambda row: (getattr(row, column.key) != uniting.kept_id, getattr(row, column.key)))


def _by(key: Callable[[Any], int], rows: Sequence[T]) -> list[list[T]]:
    """Rows about one thing together, in the order of the things; that of the row that stays first."""
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return [found[each] for each in sorted(found)]


def _goes_over(uniting: Uniting, rows: Sequence[Any]) -> bool:
    return any(row.person_id != uniting.kept_id for row in rows)


def _one_invitation(uniting: Uniting, rows: Sequence[Invitation], now: datetime) -> list[Change | None]:
    """One open invitation is left, and the others lead on to it: a yes of one is a yes, a no is one only of all."""
    kept = rows[0]
    open_ones = [row for row in rows if row.revoked_at is None]
    if len(rows) == 1 or not open_ones or open_ones == [kept]:
        return [changed(kept, person_id=uniting.kept_id), *(changed(row, merged_into_id=kept.id) for row in rows[1:])]
    values = _said(open_ones)
    if kept.revoked_at is not None:  # its old link stays dead
        values |= {"revoked_at": None, "generation": kept.generation + 1, "sent_at": now}
    gone = [changed(row, revoked_at=row.revoked_at or now, merged_into_id=kept.id) for row in rows[1:]]
    return [*gone, changed(kept, person_id=uniting.kept_id, **values)]


def _said(invitations: Sequence[Invitation]) -> dict[str, Any]:
    yes = [row for row in invitations if row.answer is InvitationAnswer.ACCEPTED]
    no = [row for row in invitations if row.answer is InvitationAnswer.DECLINED]
    said = max(
        yes or (no if len(no) == len(invitations) else []), key=lambda row: row.answered_at or row.made_at, default=None
    )
    deadlines = [row.answer_by for row in invitations]
    return {
        "places": max(row.places for row in invitations),
        "places_accepted": max((row.places_accepted for row in yes), default=0),
        "answer": said.answer if said else InvitationAnswer.NONE,
        "answered_at": said.answered_at if said else None,
        "answered_by_id": said.answered_by_id if said else None,
        "reason": said.reason if said else "",
        "answer_by": None if None in deadlines else max(day for day in deadlines if day),
    }


def _one_mandate(uniting: Uniting, rows: Sequence[MandatePerson]) -> list[Change | None]:
    """Listed once; whoever was exempted by a document on one row is exempt."""
    kept = rows[0]
    exempt = next((row for row in rows if row.exempt_document), kept)
    names = ("exempt_document", "exempt_at", "exempt_by_id")
    values = {name: getattr(exempt, name) for name in names}
    return [*(removed(row) for row in rows[1:]), changed(kept, person_id=uniting.kept_id, **values)]
