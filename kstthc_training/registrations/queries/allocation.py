"""The allocation of an event while it is prepared, and those decided: who applied, in what order they come, and why."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.registrations.allocation import Applicant, Criterion, Ranked, Step, Word, allocate
from kstthc_training.registrations.enums import AllocationOutcome, PoolKind, RegistrationState
from kstthc_training.registrations.models import Allocation, AllocationPlan, AllocationRow, Registration, SeatPool
from kstthc_training.registrations.queries.holders import claim_of

APPLIED = (RegistrationState.PENDING, RegistrationState.WAITING)
_YEAR = timedelta(days=365)
_Pools = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Chosen:
    """A criterion in its place: chosen or not, and the number of the most per organisation."""

    criterion: Criterion
    is_on: bool
    most: int | None = None


# The criteria that there are, in the order that is usual; one that is added here stands switched off in plans begun before.
USUAL = (
    Chosen(Criterion.MANDATORY, True),
    Chosen(Criterion.FIRST_OF_ORGANISATION, True),
    Chosen(Criterion.INVITED, True),
    Chosen(Criterion.SELDOM_ADMITTED, True),
    Chosen(Criterion.MOST_PER_ORGANISATION, True, 2),
    Chosen(Criterion.DRAW, True),
    Chosen(Criterion.FIRST_COME, False),
)


@dataclass(frozen=True)
class Said:
    """What the organizer says of one applicant, and why."""

    registration_id: int
    word: Word
    reason: str


@dataclass(frozen=True)
class Plan:
    """The allocation that is prepared; `draws` counts how often a seed was drawn."""

    seed: str
    draws: int
    criteria: tuple[Chosen, ...]
    said: tuple[Said, ...]
    version: int

    @property
    def steps(self) -> list[Step]:
        """The criteria that are chosen, in their order."""
        return [Step(chosen.criterion, chosen.most) for chosen in self.criteria if chosen.is_on]


@dataclass(frozen=True)
class Preview:
    """What the decision would be: the seats to give, who applied, the rows by rank, and the mark of all this."""

    seats: int
    applicants: Mapping[int, Applicant]
    rows: Sequence[Ranked]
    mark: str

    @property
    def admitted(self) -> int:
        """How many would be admitted."""
        return sum(row.is_admitted for row in self.rows)


def plan_of(event_id: int) -> Plan | None:
    """The allocation that is prepared for an event, None before it is begun and after it was decided: one statement."""
    newest = select(AllocationPlan).where(AllocationPlan.event_id == event_id).execution_options(populate_existing=True)
    row = db.session.scalar(newest)
    if row is None:
        return None
    stored: list[dict[str, Any]] = row.criteria
    said: list[dict[str, Any]] = row.said
    criteria = [Chosen(Criterion(c["criterion"]), c["is_on"], c["most"]) for c in stored]
    known = {chosen.criterion for chosen in criteria}
    criteria += [replace(chosen, is_on=False) for chosen in USUAL if chosen.criterion not in known]
    words = (Said(s["registration_id"], Word(s["word"]), s["reason"]) for s in said)
    return Plan(row.seed, row.draws, tuple(criteria), tuple(words), row.version)


def preview(event: Event, plan: Plan, *, invited: Collection[int] = (), mandatory: Collection[int] = ()) -> Preview:
    """What a decision by this plan would be now; `invited` and `mandatory` are ids of persons. Three statements."""
    pools = _pools(event.id)
    applicants = _applicants(event, plan, pools, frozenset(invited), frozenset(mandatory))
    free = _free(pools, PoolKind.EVENT, "")
    seats = len(applicants) if free is None else min(free, len(applicants))
    rows = allocate(applicants, steps=plan.steps, seats=seats, seed=plan.seed)
    return Preview(seats, {a.registration_id: a for a in applicants}, rows, _mark(plan, seats, applicants))


def criteria_stored(criteria: Sequence[Chosen]) -> list[dict[str, object]]:
    """Criteria as a row keeps them."""
    return [{"criterion": str(c.criterion), "is_on": c.is_on, "most": c.most} for c in criteria]


def facts_stored(applicant: Applicant, ranked: Ranked, reason: str) -> dict[str, object]:
    """What a decided row keeps: all that was known of the applicant, the figures of the rule, the organizer's reason."""
    known = asdict(applicant) | {"applied_at": applicant.applied_at.isoformat(), "limits": [*map(list, applicant.limits)]}
    return {"applicant": known, "figures": dict(ranked.facts), "reason": reason}


def applicants_count(event_id: int) -> int:
    """How many would be decided about: one statement."""
    applied = select(func.count()).where(Registration.event_id == event_id, Registration.state.in_(APPLIED))
    return db.session.execute(applied).scalar_one()


def last_allocation(event_id: int) -> Allocation | None:
    """The newest decision over those who applied: one statement."""
    decided = select(Allocation).where(Allocation.event_id == event_id)
    return db.session.scalar(decided.order_by(Allocation.id.desc()).limit(1))


def rows_of(allocation_id: int) -> Sequence[AllocationRow]:
    """The rows of a decision by rank: one statement."""
    rows = select(AllocationRow).where(AllocationRow.allocation_id == allocation_id)
    return db.session.scalars(rows.order_by(AllocationRow.rank)).all()


def is_reproduced(allocation: Allocation, rows: Sequence[AllocationRow]) -> bool:
    """Whether the stored seed, criteria and facts give the same ranks, outcomes and reasons again."""
    applicants = [_applicant_stored(row.facts) for row in rows]
    criteria: list[dict[str, Any]] = allocation.criteria
    steps = [Step(Criterion(c["criterion"]), c["most"]) for c in criteria if c["is_on"]]
    again = allocate(applicants, steps=steps, seats=allocation.seats, seed=allocation.seed)
    return [_told(r) for r in again] == [
        (r.registration_id, r.rank, r.outcome is AllocationOutcome.ADMITTED, r.rule, r.facts["figures"]) for r in rows
    ]


def _told(row: Ranked) -> tuple[int, int, bool, str, dict[str, int | str]]:
    return row.registration_id, row.rank, row.is_admitted, str(row.rule), dict(row.facts)


def _applicant_stored(facts: Mapping[str, Any]) -> Applicant:
    known = facts["applicant"]
    limits = tuple((limit, free) for limit, free in known["limits"])
    word = Word(known["word"]) if known["word"] else None
    at = datetime.fromisoformat(known["applied_at"])
    return Applicant(**{**known, "applied_at": at, "limits": limits, "word": word})


def _applicants(
    event: Event, plan: Plan, pools: _Pools, invited: frozenset[int], mandatory: frozenset[int]
) -> list[Applicant]:
    applied = select(Registration).where(Registration.event_id == event.id, Registration.state.in_(APPLIED))
    rows = db.session.scalars(applied.order_by(Registration.id).execution_options(populate_existing=True)).all()
    before, words = _admitted_before(event), {said.registration_id: said.word for said in plan.said}
    return [
        Applicant(
            row.id,
            row.seat_organisation_id,
            row.registered_at,
            is_mandatory=row.person_id in mandatory,
            is_invited=row.person_id in invited,
            admitted_before=before.get(row.person_id, 0),
            limits=_limits(pools, row),
            word=words.get(row.id),
        )
        for row in rows
    ]


def _admitted_before(event: Event) -> dict[int, int]:
    """How many seats each of those who applied had at events of the same kind in the year before this one begins."""
    wanted = select(Registration.person_id).where(Registration.event_id == event.id, Registration.state.in_(APPLIED))
    counted = (
        select(Registration.person_id, func.count())
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.person_id.in_(wanted), Registration.holds_seat,
            Event.id != event.id, Event.kind_id == event.kind_id,
            Event.starts_at >= event.starts_at - _YEAR, Event.starts_at < event.starts_at,
            Event.state.in_((EventState.RELEASED, EventState.CLOSED)),
        )
        .group_by(Registration.person_id)
    )  # fmt: skip
    return {person_id: count for person_id, count in db.session.execute(counted)}


def _pools(event_id: int) -> _Pools:
    """What is free in each pool of the event, None without limit: one statement."""
    rows = db.session.execute(
        select(SeatPool.kind, SeatPool.subject, SeatPool.capacity, SeatPool.taken).where(SeatPool.event_id == event_id)
    )
    return {(kind, subject): None if limit is None else limit - taken for kind, subject, limit, taken in rows}


def _limits(pools: _Pools, registration: Registration) -> tuple[tuple[str, int], ...]:
    subjects = claim_of(registration).subjects()
    found = ((kind, subject, _free(pools, kind, subject)) for kind, subject in subjects.items())
    limits = (
        (f"{kind}:{subject}", free) for kind, subject, free in found if free is not None and kind is not PoolKind.EVENT
    )
    return tuple(sorted(limits))


def _free(pools: _Pools, kind: PoolKind, subject: str) -> int | None:
    """What is free in a pool; an organisation without one of its own has as much as the limit for all."""
    default = pools.get((kind, "")) if kind is PoolKind.ORGANISATION else None
    return pools.get((kind, subject), default)


def _mark(plan: Plan, seats: int, applicants: Sequence[Applicant]) -> str:
    """A mark of all that the decision depends on, so that nobody decides what he has not seen."""
    seen = json.dumps([asdict(plan), seats, [asdict(a) for a in applicants]], default=str, sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()
