"""Where the one person stands with each event: registrations go over, and two at one event become one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.directory.changes import Change, changed
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.events.models import Event
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.models import Registration

_RANK = {
    RegistrationState.CONFIRMED: 0, RegistrationState.OFFERED: 1, RegistrationState.WAITING: 2, RegistrationState.PENDING: 3,
    RegistrationState.CANCELLED: 4, RegistrationState.REFUSED: 4,
}  # fmt: skip
# What the row that stays takes over from the one that stands better.
_STANDING = (
    "state", "source", "queue_number", "registered_at", "registered_by_id", "organisation_id", "title_then", "holds_seat",
    "circle", "seat_organisation_id", "place", "offer_ends_at",
)  # fmt: skip


@dataclass(frozen=True)
class United:
    """Several registrations at one event: the row that stays, the one that stands best, and those that lead on."""

    event: Event
    kept: Registration
    best: Registration
    dropped: tuple[Registration, ...]

    @property
    def rows(self) -> tuple[Registration, ...]:
        """All of them, the one that stays first."""
        return (self.kept, *self.dropped)

    @property
    def given_back(self) -> tuple[Registration, ...]:
        """Those whose seats become free: one person sits on one."""
        return tuple(row for row in self.rows if row.holds_seat and row is not self.best)


@dataclass(frozen=True)
class Standing:
    """All registrations of the rows: those that simply go over, and those that are united."""

    moved: tuple[Registration, ...]
    united: tuple[United, ...]
    event_ids: tuple[int, ...]


def standing_of(uniting: Uniting) -> Standing:
    """How the registrations of all rows come together: one statement."""
    statement = (
        select(Registration)
        .where(Registration.person_id.in_(uniting.ids))
        .options(joinedload(Registration.event))
        .order_by(Registration.id)
    )
    at: dict[int, list[Registration]] = defaultdict(list)
    for row in db.session.scalars(statement, execution_options={"populate_existing": True}):
        at[row.event_id].append(row)
    meetings = sorted(at.values(), key=lambda rows: (rows[0].event.starts_at, rows[0].event_id))
    moved = tuple(rows[0] for rows in meetings if len(rows) == 1 and rows[0].person_id != uniting.kept_id)
    united = tuple(_united(uniting.kept_id, rows) for rows in meetings if len(rows) > 1)
    touched = {*(row.event_id for row in moved), *(each.event.id for each in united)}
    return Standing(moved, united, tuple(sorted(touched)))


def standing_changes(uniting: Uniting, standing: Standing, now: datetime) -> list[Change]:
    """What is written: whoever stands better gives his place in the room, the queue or the list to the row that stays."""
    changes = [changed(row, person_id=uniting.kept_id) for row in standing.moved]
    for each in standing.united:
        # Those that go first: two rows never hold one number of the queue.
        changes += [changed(row, **_led_on(row, each.kept, now)) for row in each.dropped]
        changes.append(changed(each.kept, person_id=uniting.kept_id, **_kept_values(each, now)))
    changes += _substitutes(standing)
    return [change for change in changes if change is not None]


def _united(kept_person_id: int, rows: Sequence[Registration]) -> United:
    own = next((row for row in rows if row.person_id == kept_person_id), None)
    best = min(rows, key=lambda row: (_RANK[row.state], not row.holds_seat, row.queue_number or 0, row is not own, row.id))
    kept = own or best
    return United(kept.event, kept, best, tuple(row for row in rows if row is not kept))


def _led_on(row: Registration, kept: Registration, now: datetime) -> dict[str, Any]:
    state = row.state if row.state in GONE else RegistrationState.CANCELLED
    gone = {"queue_number": None, "offer_ends_at": None, "holds_seat": False}
    return {"merged_into_id": kept.id, "state": state, "changed_at": now, **gone}


def _kept_values(united: United, now: datetime) -> dict[str, Any]:
    best, ids = united.best, [row.id for row in united.rows]
    values: dict[str, Any] = {}
    if best is not united.kept:
        values = {name: getattr(best, name) for name in _STANDING} | {"changed_at": now}
    shows = next((row for row in (best, *united.rows) if row.credential is not None), best)
    return {
        **values,
        "credential": shows.credential,
        "credential_number": shows.credential_number,
        "substitute_for_id": None if best.substitute_for_id in ids else best.substitute_for_id,
    }


def _substitutes(standing: Standing) -> list[Change | None]:
    """Whoever came in the place of a registration that leads on came in the place of the one that stays."""
    kept = {row.id: each for each in standing.united for row in each.dropped}
    if not kept:
        return []
    parties = [row.id for each in standing.united for row in each.rows]
    theirs = select(Registration).where(Registration.substitute_for_id.in_(kept), Registration.id.not_in(parties))
    rows = db.session.scalars(theirs.order_by(Registration.id), execution_options={"populate_existing": True})
    return [changed(row, substitute_for_id=kept[row.substitute_for_id or 0].kept.id) for row in rows]
