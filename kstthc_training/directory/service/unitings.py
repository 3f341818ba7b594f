"""Rows that are one person become one in one act, which can be undone whole for thirty days."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.directory.changes import restored, stored, write
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.errors import OwnAccount, TwoAccounts, UndoContradicted
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.directory.service.acts import held_act, numbers, require_undoable
from kstthc_training.directory.service.moves import note_moves
from kstthc_training.directory.service.uniting_calendars import settle_calendars
from kstthc_training.directory.service.uniting_marks import add_marks, take_marks_back
from kstthc_training.directory.service.uniting_seats import give_back, note_steps, take_back
from kstthc_training.directory.uniting.against import contradictions
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.directory.uniting.plan import UnitingPlan, plan_uniting
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import administers, keeps_directory
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.enums import StepRule, Vacancy
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions
from kstthc_training.scheduling import service as scheduling


def unite(*, actor: Actor, uniting: Uniting, now: datetime) -> DirectoryAct:
    """Make rows one: what hangs on them goes over to the one that stays, the others are closed and lead on to it.

    Of two seats at one event one becomes free, for whoever waits. Nobody gets a letter for the uniting itself. Raises
    `NotAllowed`, what `plan_uniting` raises, and `TwoAccounts` when an account in use would be closed by somebody who is
    no administrator, `OwnAccount` when by its owner.
    """
    if not keeps_directory(actor):
        raise NotAllowed()
    held = _hold(_event_ids(uniting.ids), uniting.ids)
    plan = plan_uniting(uniting, now=now)
    _require_may_close(actor, plan)
    act = DirectoryAct(
        kind=ActKind.PERSONS, account_id=actor.account_id, done_at=now, facts=_facts(plan), changes=stored(plan.changes)
    )
    freed = give_back(held, plan.standing.united)
    write(plan.changes)
    db.session.add(act)
    db.session.flush()
    note_moves(actor, plan.changes, now, of="person")
    note_steps(actor, plan.changes, StepRule.UNITED, now)
    act.facts = {**act.facts, "freed": freed, "marks": add_marks(act.id, plan.marks)}
    scheduling.hand_over(kept_id=uniting.kept_id, closed_ids=uniting.ids[1:])
    settle_calendars(uniting.ids, now)
    _promote(actor, [held[event_id] for event_id in sorted({int(str(each["event_id"])) for each in freed})], now)
    raise_calendar_revisions([uniting.kept_id])
    db.session.flush()
    record(
        actor=actor, action="person.united", subject_type="person", subject_id=uniting.kept_id, now=now,
        act_id=act.id, closed=act.facts["names"], registrations=len(plan.standing.moved), united=len(plan.standing.united),
    )  # fmt: skip
    return act


def undo(*, actor: Actor, act_id: int, now: datetime) -> DirectoryAct:
    """Take an act back whole: every row becomes what it was, and each registration has the seat again that it had.

    Raises `NotAllowed`, `Unknown`, `AlreadyUndone`, `TooLateToUndo` after thirty days, `TwoAccounts` when an account that
    the act closed would open again by somebody who is no administrator, and `UndoContradicted` when something came after
    the act that would be lost.
    """
    if not keeps_directory(actor):
        raise NotAllowed()
    act = held_act(act_id, ActKind.PERSONS)
    require_undoable(act, now)
    if numbers(act, "closed_accounts") and not administers(actor):
        raise TwoAccounts()
    kept_id, others = numbers(act, "person_ids")[0], numbers(act, "person_ids")[1:]
    held = _hold(numbers(act, "event_ids"), (kept_id, *others))
    if against := contradictions(act):
        raise UndoContradicted(contradictions=against)
    facts: dict[str, list[dict[str, object]]] = act.facts  # type: ignore[assignment]
    take_back(held, facts["freed"])
    back = [change.reversed() for change in reversed(restored(act.changes))]
    write(back)
    note_moves(actor, back, now, of="person")
    note_steps(actor, back, StepRule.PARTED, now)
    take_marks_back(actor, act_id, facts["marks"], now)
    settle_calendars((kept_id, *others), now)
    raise_calendar_revisions((kept_id, *others))
    record(
        actor=actor, action="person.parted", subject_type="person", subject_id=kept_id, now=now, act_id=act_id,
        closed=act.facts["names"],
    )  # fmt: skip
    act = held_act(act_id, ActKind.PERSONS)
    act.undone_at, act.undone_by_id = now, actor.account_id
    db.session.flush()
    return act


def _hold(event_ids: Iterable[int], person_ids: Sequence[int]) -> dict[int, HeldEvent]:
    """The events first, then the rows, as every verb that registers somebody does: nobody waits for who waits for him."""
    held = {event_id: hold_event(event_id) for event_id in sorted(event_ids)}
    rows = select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    db.session.execute(rows.with_for_update())
    return held


def _event_ids(person_ids: Sequence[int]) -> list[int]:
    return list(db.session.scalars(select(Registration.event_id).where(Registration.person_id.in_(person_ids)).distinct()))


def _require_may_close(actor: Actor, plan: UnitingPlan) -> None:
    closing = plan.accounts.to_close
    if any(each.account.id == actor.account_id for each in closing):
        raise OwnAccount()
    if closing and not administers(actor):
        raise TwoAccounts()


def _promote(actor: Actor, events: Iterable[HeldEvent], now: datetime) -> None:
    for held in events:
        promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
        raise_calendar_revisions(registration.person_id for registration in promoted)


def _facts(plan: UnitingPlan) -> dict[str, object]:
    standing = plan.standing
    return {
        "person_ids": list(plan.uniting.ids),
        "kept": plan.people[0].full_name,
        "names": [person.full_name for person in plan.people[1:]],
        "event_ids": list(standing.event_ids),
        "moved": len(standing.moved),
        "united": [each.event.title for each in standing.united],
        "closed_accounts": [each.account.id for each in plan.accounts.to_close],
        "freed": [],
        "marks": [],
    }
