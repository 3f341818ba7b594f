"""One decision over all who applied: prepared by criteria and a draw, then made at once for everybody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from kstthc_training import ids
from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Stale, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.allocation import Criterion, Word
from kstthc_training.registrations.enums import Admission, AllocationOutcome, RegistrationState, StepRule
from kstthc_training.registrations.errors import ApplicantsChanged, NeedsReason, NobodyApplied, NotAllocated, StillOpen
from kstthc_training.registrations.models import (
    Allocation,
    AllocationPlan,
    AllocationRow,
    Registration,
    RegistrationStep,
)
from kstthc_training.registrations.queries.allocation import (
    APPLIED,
    USUAL,
    Chosen,
    Plan,
    Preview,
    Said,
    criteria_stored,
    facts_stored,
    plan_of,
    preview,
)
from kstthc_training.registrations.queries.holders import claim_of
from kstthc_training.registrations.service.guests import settle_organisations
from kstthc_training.registrations.service.letters import tell_several
from kstthc_training.registrations.service.seats import (
    HeldEvent,
    hold_event,
    next_queue_number,
    pools_for,
    take_seats,
)
from kstthc_training.registrations.service.steps import move, raise_calendar_revisions

_SEED_LENGTH = 12  # 60 bits: nobody finds one that favours him by trying


def begin_allocation(*, actor: Actor, event_id: int, now: datetime) -> None:
    """Begin to prepare an allocation with the usual criteria and a seed that is drawn now; begun twice it stays as it is.

    Raises `NotAllowed`, `NotAllocated`, and what closes an event to everybody.
    """
    held = _held(actor, event_id, now)
    values = {"event_id": held.event.id, "seed": _drawn(), "criteria": criteria_stored(USUAL), "said": [], "version": 1}
    row = added_once(AllocationPlan, values | {"draws": 1}).returning(AllocationPlan.seed)
    if seed := db.session.scalar(row):
        _record_allocation(actor, "allocation.drawn", event_id, now, seed=seed)


def set_criteria(*, actor: Actor, event_id: int, criteria: Sequence[Chosen], version: int, now: datetime) -> None:
    """Go by these criteria in this order. ValueError for one that stands twice; raises `Stale` besides."""
    _seen(_held(actor, event_id, now), version)
    if len({chosen.criterion for chosen in criteria}) != len(criteria):
        raise ValueError("a criterion stands twice")
    if any((c.criterion is Criterion.MOST_PER_ORGANISATION) != bool(c.most and c.most > 0) for c in criteria):
        raise ValueError("only the most per organisation has a number, from 1")
    _write(event_id, criteria=criteria_stored(criteria))


def redraw(*, actor: Actor, event_id: int, version: int, now: datetime) -> str:
    """Draw another seed, which is the answer; each draw stands in the log, so that nobody draws until he likes it unseen."""
    plan, seed = _seen(_held(actor, event_id, now), version), _drawn()
    _write(event_id, seed=seed, draws=plan.draws + 1)
    _record_allocation(actor, "allocation.drawn", event_id, now, seed=seed)
    return seed


def say_of_applicant(
    *,
    actor: Actor,
    event_id: int,
    registration_id: int,
    word: Word | None,
    reason: str,
    version: int,
    now: datetime,
) -> None:
    """Pin somebody, put him last, or (None) leave him to the criteria again; a word needs a reason, kept with the decision.

    Raises `Unknown` for somebody who does not apply here, `NeedsReason`, `Stale`.
    """
    plan = _seen(_held(actor, event_id, now), version)
    applies = select(Registration.person_id).where(
        Registration.id == registration_id, Registration.event_id == event_id, Registration.state.in_(APPLIED)
    )
    if (person_id := db.session.scalar(applies)) is None:
        raise Unknown(registration_id=registration_id)
    if word is not None and not reason:
        raise NeedsReason
    said = [one for one in plan.said if one.registration_id != registration_id]
    said += [Said(registration_id, word, reason)] if word else []
    _write(event_id, said=[asdict(one) for one in said])
    _record_allocation(actor, "allocation.said", event_id, now, person_id=person_id, word=word, reason=reason)


def decide_allocation(
    *,
    actor: Actor,
    event_id: int,
    version: int,
    seen: str,
    invited: Collection[int] = (),
    mandatory: Collection[int] = (),
    now: datetime,
) -> Allocation:
    """Give everybody who applied a seat or a number in the queue by rank, all at once, and keep rows that say why.

    `seen` is the mark of the preview that was looked at. Raises `NotAllowed`, `NotAllocated`, `StillOpen` before
    registration closes, `Stale`, `NobodyApplied`, and `ApplicantsChanged` when the decision would be another one now.
    """
    held = _held(actor, event_id, now)
    closes_at = held.event.registration_closes_at
    if closes_at and now < closes_at:
        raise StillOpen(closes_at=closes_at)
    plan = _seen(held, version)
    shown = preview(held.event, plan, invited=invited, mandatory=mandatory)
    if not shown.rows:
        raise NobodyApplied
    if shown.mark != seen:
        raise ApplicantsChanged
    allocation = _kept(actor, held, plan, shown, now)
    moved = _moved(actor, held, shown, now)
    settle_organisations(actor=actor, registrations=[row for row, _step in moved], now=now)
    db.session.execute(delete(AllocationPlan).where(AllocationPlan.event_id == event_id))
    tell_several(held.event, moved, now=now)
    raise_calendar_revisions(registration.person_id for registration, _step in moved)
    _record_allocation(actor, "allocation.decided", event_id, now, seed=plan.seed, people=shown.admitted)
    return allocation


def _kept(actor: Actor, held: HeldEvent, plan: Plan, shown: Preview, now: datetime) -> Allocation:
    allocation = Allocation(
        event_id=held.event.id, seed=plan.seed, criteria=criteria_stored(plan.criteria), seats=shown.seats,
        decided_at=now, account_id=actor.account_id,
    )  # fmt: skip
    db.session.add(allocation)
    db.session.flush()
    reasons: Mapping[int, str] = {said.registration_id: said.reason for said in plan.said}
    rows = [
        {
            "allocation_id": allocation.id,
            "registration_id": row.registration_id,
            "rank": row.rank,
            "outcome": AllocationOutcome.ADMITTED if row.is_admitted else AllocationOutcome.WAITING,
            "rule": str(row.rule),
            "facts": facts_stored(shown.applicants[row.registration_id], row, reasons.get(row.registration_id, "")),
        }
        for row in shown.rows
    ]
    db.session.execute(insert(AllocationRow), rows)
    return allocation


def _moved(actor: Actor, held: HeldEvent, shown: Preview, now: datetime) -> list[tuple[Registration, RegistrationStep]]:
    applied = select(Registration).where(Registration.id.in_(shown.applicants))
    registrations = {row.id: row for row in db.session.scalars(applied)}
    moved = []
    for row in shown.rows:
        registration = registrations[row.registration_id]
        if row.is_admitted and take_seats(pools_for(held, claim_of(registration))) is not None:
            raise RuntimeError("the allocation gives a seat that is not free")
        state = RegistrationState.CONFIRMED if row.is_admitted else RegistrationState.WAITING
        number = None if row.is_admitted else next_queue_number(held.event.id)
        step = move(
            registration, state, StepRule.ALLOCATED,
            actor=actor, now=now, holds_seat=row.is_admitted, queue_number=number,
        )  # fmt: skip
        moved.append((registration, step))
    return moved


def _held(actor: Actor, event_id: int, now: datetime) -> HeldEvent:
    """The event, held, when it is one whose seats are allocated and may still be."""
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    if held.rules.admission is not Admission.ALLOCATION:
        raise NotAllocated(admission=held.rules.admission)
    if refusal := policy.closed_to_all(held.event, now):
        raise refusal
    return held


def _seen(held: HeldEvent, version: int) -> Plan:
    """The plan, when it is the one that was looked at."""
    plan = plan_of(held.event.id)
    if plan is None or plan.version != version:
        raise Stale(saved_version=plan.version if plan else 0)
    return plan


def _write(event_id: int, **values: object) -> None:
    changed = update(AllocationPlan).where(AllocationPlan.event_id == event_id)
    db.session.execute(
        changed.values(version=AllocationPlan.version + 1, **values).execution_options(synchronize_session=False)
    )


def _drawn() -> str:
    return ids.typed_code(_SEED_LENGTH)


def _record_allocation(actor: Actor, action: str, event_id: int, now: datetime, **facts: object) -> None:
    record(actor=actor, action=action, subject_type="event", subject_id=event_id, now=now, **facts)
