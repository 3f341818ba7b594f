"""The further limits of an event's seats."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.registrations.enums import Circle, Place, PoolKind
from kstthc_training.registrations.models import SeatPool


@dataclass(frozen=True)
class Limits:
    """How many seats there are at most for the press, for officials, in the room, online, and for each organisation that
    has no quota of its own; None: no limit."""

    press: int | None = None
    officials: int | None = None
    room: int | None = None
    online: int | None = None
    each_organisation: int | None = None

    def changes(self, after: "Limits") -> dict[str, tuple[int | None, int | None]]:
        """What is different in `after`, each with its number before and after, for the log."""
        both = {name: (limit, getattr(after, name)) for name, limit in asdict(self).items()}
        return {f"limit_{name}": pair for name, pair in both.items() if pair[0] != pair[1]}


def limits_of(event_id: int) -> Limits:
    """The further limits of an event: one statement."""
    rows = db.session.execute(
        select(SeatPool.kind, SeatPool.subject, SeatPool.capacity).where(
            SeatPool.event_id == event_id, SeatPool.subject.in_((*Circle, *Place, "")), SeatPool.kind != PoolKind.EVENT
        )
    )
    known = {subject or "each_organisation": capacity for _kind, subject, capacity in rows}
    return Limits(**known)
