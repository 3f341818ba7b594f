"""Organisations merge or are split in one act, which can be undone whole for thirty days."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.directory.changes import Change, not_as_left, restored, stored, write
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.errors import NothingToMerge, UndoContradicted
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.merging.plan import MergerPlan, plan_merger
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.directory.service.acts import held_act, numbers, require_undoable
from kstthc_training.directory.service.moves import note_moves
from kstthc_training.organisations.queries import get_organisations
from kstthc_training.organisations.service.rows import locked
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.models import Registration, SeatReservation
from kstthc_training.registrations.service.reserve import FREE_PLACES
from kstthc_training.registrations.service.seats import hold_every_coming


def merge(*, actor: Actor, merger: Merger, now: datetime) -> DirectoryAct:
    """Carry a merger out: succession, people, focal points, groups, and all at events still to come, whose other verbs wait.

    Past registrations, marks and papers stay under the old name. No letter goes out. Raises `NotAllowed` and what
    `plan_merger` raises, `NothingToMerge`, and `RowChanged` when somebody changed a row meanwhile.
    """
    if not keeps_directory(actor):
        raise NotAllowed()
    hold_every_coming(now)  # before the organisations, to whose rows those who register refer
    for organisation in get_organisations(sorted(merger.predecessor_ids)):
        locked(organisation)
    plan = plan_merger(merger, now=now)
    if not plan.changes:
        raise NothingToMerge()
    names = {
        "predecessors": [each.name for each in plan.predecessors],
        "successors": [each.name for each in plan.successors],
    }
    write(plan.changes)
    note_moves(actor, plan.changes, now)
    _free_later([effect.event_id for effect in plan.events], merger.heir_id, now)
    act = DirectoryAct(
        kind=ActKind.MERGER,
        account_id=actor.account_id,
        done_at=now,
        facts=_facts(plan) | names,
        changes=stored(plan.changes),
    )
    db.session.add(act)
    db.session.flush()
    for predecessor_id in merger.predecessor_ids:
        record(
            actor=actor, action="organisation.merged", subject_type="organisation", subject_id=predecessor_id, now=now,
            successor_id=merger.heir_id, effective_on=merger.effective_on.isoformat(), whole=merger.whole,
            legal_basis=merger.legal_basis,
        )  # fmt: skip
    return act


def undo(*, actor: Actor, act_id: int, now: datetime) -> DirectoryAct:
    """Take an act back whole: every row becomes what it was.

    Raises `NotAllowed`, `Unknown`, `AlreadyUndone`, `TooLateToUndo` after thirty days, and `UndoContradicted` when a row
    was changed since, or the heir's people were put on the list of an event that went over to it.
    """
    if not keeps_directory(actor):
        raise NotAllowed()
    act = held_act(act_id, ActKind.MERGER)
    require_undoable(act, now)
    event_ids = numbers(act, "event_ids")
    hold_every_coming(now)
    changes = restored(act.changes)
    if against := contradictions(act):
        raise UndoContradicted(contradictions=against)
    back = [change.reversed() for change in reversed(changes)]
    write(back)
    note_moves(actor, back, now)
    for organisation_id in numbers(act, "predecessor_ids"):
        _free_later(event_ids, organisation_id, now)
        record(
            actor=actor,
            action="organisation.merger_undone",
            subject_type="organisation",
            subject_id=organisation_id,
            now=now,
        )
    act = held_act(act_id, ActKind.MERGER)
    act.undone_at, act.undone_by_id = now, actor.account_id
    db.session.flush()
    return act


def contradictions(act: DirectoryAct) -> list[Change | Registration]:
    """What came after an act and would be lost or broken by undoing it: rows changed since, and people the heir named."""
    return [*not_as_left(restored(act.changes)), *_named_since(act)]


def _named_since(act: DirectoryAct) -> Sequence[Registration]:
    """People of the heir who were put on the list of an event at which its invitation or seats came by the act."""
    heirs = numbers(act, "successor_ids")
    return db.session.scalars(
        select(Registration)
        .where(
            Registration.event_id.in_(numbers(act, "event_ids")),
            or_(Registration.seat_organisation_id.in_(heirs), Registration.organisation_id.in_(heirs)),
            Registration.registered_at > act.done_at,
        )
        .order_by(Registration.id)
    ).all()


def _facts(plan: MergerPlan) -> dict[str, object]:
    merger = plan.merger
    return {
        "predecessor_ids": list(merger.predecessor_ids),
        "successor_ids": list(merger.successor_ids),
        "effective_on": merger.effective_on.isoformat(),
        "legal_basis": merger.legal_basis,
        "ends": merger.ends,
        "event_ids": [effect.event_id for effect in plan.events],
        "people": plan.going.total(),
        "invitations": [plan.invitations_before, plan.invitations_after],
    }


def _free_later(event_ids: Collection[int], organisation_id: int, now: datetime) -> None:
    """The places that went over to an organisation become free when their time is over."""
    kept = select(SeatReservation).where(
        SeatReservation.event_id.in_(event_ids), SeatReservation.organisation_id == organisation_id,
        SeatReservation.places > 0, SeatReservation.until.is_not(None),
    )  # fmt: skip
    for row in db.session.scalars(kept):
        assert row.until is not None  # noqa: S101 - asked for
        key = f"{FREE_PLACES}:{row.event_id}:{organisation_id}:{row.until.timestamp():.0f}"
        payload = {"event_id": row.event_id, "organisation_id": organisation_id}
        plan_job(kind=FREE_PLACES, key=key, payload=payload, run_at=row.until, now=now)
