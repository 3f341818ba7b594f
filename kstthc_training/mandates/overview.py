"""What is mandatory for a reader, and for the people of an organisation, as the pages of both tell it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from kstthc_training import clock
from kstthc_training.events.enums import EventState
from kstthc_training.mandates.enums import MandateStanding
from kstthc_training.mandates.queries import CountedEvent, OwnMandate, events_counted, own_mandates

_OPEN = (MandateStanding.DUE, MandateStanding.OVERDUE)


@dataclass(frozen=True)
class Duty:
    """A mandatory training of a reader, and the next event by which he may do it while it is open."""

    own: OwnMandate
    next_event: CountedEvent | None

    @property
    def is_open(self) -> bool:
        """Whether he has it still to do."""
        return self.own.standing in _OPEN


@dataclass(frozen=True)
class OfficeDuty:
    """A mandatory training of an organisation's people: how many must, how many did, and who did not yet."""

    mandate_id: int
    name: str
    document: str
    due_on: date
    asked: int
    done: int
    missing: tuple[str, ...]
    is_overdue: bool
    next_event: CountedEvent | None


def duties_of(person_id: int | None, *, now: datetime) -> list[Duty]:
    """What is mandatory for a person, the open ones first: two statements."""
    found = own_mandates(person_id=person_id or 0, today=clock.local_date(now))
    coming = _coming({each.mandate_id for each in found if each.standing in _OPEN}, now)
    duties = [Duty(each, coming.get(each.mandate_id)) for each in found]
    return sorted(duties, key=lambda duty: (not duty.is_open, duty.own.due_on if duty.is_open else date.max))


def office_duties(organisation_id: int, *, now: datetime) -> list[OfficeDuty]:
    """What is mandatory for people of an organisation, those that somebody has still to do first: two statements."""
    found = own_mandates(organisation_id=organisation_id, today=clock.local_date(now))
    coming = _coming({each.mandate_id for each in found if each.standing in _OPEN}, now)
    duties = [_together(list(rows), coming) for rows in _by_mandate(found)]
    return sorted(duties, key=lambda duty: (not duty.missing, duty.due_on if duty.missing else date.max))


def _by_mandate(found: list[OwnMandate]) -> Iterator[Iterator[OwnMandate]]:
    return (rows for _mandate, rows in groupby(found, key=lambda each: each.mandate_id))


def _together(rows: list[OwnMandate], coming: dict[int, CountedEvent]) -> OfficeDuty:
    first = rows[0]
    exempt = sum(row.standing is MandateStanding.EXEMPT for row in rows)
    return OfficeDuty(
        first.mandate_id, first.name, first.document, first.due_on,
        asked=len(rows) - exempt,
        done=sum(row.standing is MandateStanding.DONE for row in rows),
        missing=tuple(row.full_name for row in rows if row.standing in _OPEN),
        is_overdue=any(row.standing is MandateStanding.OVERDUE for row in rows),
        next_event=coming.get(first.mandate_id),
    )  # fmt: skip


def _coming(mandate_ids: set[int], now: datetime) -> dict[int, CountedEvent]:
    """The next released event of each of these mandatory trainings."""
    coming: dict[int, CountedEvent] = {}
    for event in events_counted(sorted(mandate_ids)) if mandate_ids else ():
        if event.state is EventState.RELEASED and event.starts_at > now:
            coming.setdefault(event.mandate_id, event)
    return coming
