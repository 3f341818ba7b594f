"""What becomes of invitations, quotas, held places and registrations at an event still to come, when organisations merge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kstthc_training.directory.changes import Change, changed, removed
from kstthc_training.directory.merging.coming import Coming
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.merging.people import destination
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.registrations.models import SeatPool


@dataclass(frozen=True)
class EventEffect:
    """One event in the preview: the places each invitation had and the one has, people and held places that go over."""

    event_id: int
    code: str
    title: str
    starts_at: datetime
    invited: tuple[int, ...]
    places: int
    people: int
    kept: int
    seats_before: int
    seats_after: int
    kept_id: int | None
    moved_ids: tuple[int, ...]


def event_changes(merger: Merger, coming: Coming, now: datetime) -> tuple[EventEffect, list[Change]]:
    """What is written at one event, and what it comes to: places add up, nobody loses a seat, nobody is asked anew."""
    open_ones = [i for i in coming.invitations.values() if i.revoked_at is None]
    kept, invitations = _invitations(merger, coming, now)
    registrations = _registrations(merger, coming)
    places, after = _places(merger, coming)
    before = sum(row.places for row in coming.places.values())
    changes = [*invitations, *registrations, *places, *_pools(merger, coming), *_host(merger, coming)]
    held = sum(r.holds_seat for r in coming.registrations)
    moved = tuple(change.key["id"] for change in invitations)
    effect = EventEffect(
        event_id=coming.event.id,
        code=coming.event.code,
        title=coming.event.title,
        starts_at=coming.event.starts_at,
        invited=tuple(i.places for i in sorted(open_ones, key=lambda i: i.id)),
        places=sum(i.places for i in open_ones),
        people=len(registrations),
        kept=before,
        seats_before=held + before,
        seats_after=held + after,
        kept_id=kept,
        moved_ids=moved,
    )
    return effect, changes


def _invitations(merger: Merger, coming: Coming, now: datetime) -> tuple[int | None, list[Change]]:
    """One open invitation is left, the heir's own where it has one; the others are revoked and lead on to it."""
    heir = coming.invitations.get(merger.heir_id)
    open_ones = sorted((i for i in coming.invitations.values() if i.revoked_at is None), key=lambda i: i.id)
    if not [i for i in open_ones if i.organisation_id != merger.heir_id]:
        return (heir.id if heir else None), []
    kept = heir or next((i for i in open_ones if i.sent_at is not None), open_ones[0])
    united = _united(open_ones)
    if kept.revoked_at is not None:  # its old link stays dead
        united |= {"revoked_at": None, "generation": kept.generation + 1, "sent_at": now}
    changes = [changed(kept, organisation_id=merger.heir_id, **united)]
    for each in open_ones:
        if each is not kept:
            changes.append(changed(each, revoked_at=now, merged_into_id=kept.id))
    return kept.id, _real(changes)


def _united(invitations: list[Invitation]) -> dict[str, Any]:
    """What several invitations say together: a yes of one is a yes, a no is one only of all."""
    yes = [i for i in invitations if i.answer is InvitationAnswer.ACCEPTED]
    no = [i for i in invitations if i.answer is InvitationAnswer.DECLINED]
    said = max(yes or (no if len(no) == len(invitations) else []), key=lambda i: i.answered_at or i.made_at, default=None)
    deadlines = [i.answer_by for i in invitations]
    return {
        "places": sum(i.places for i in invitations),
        "places_accepted": sum(i.places_accepted for i in yes),
        "answer": said.answer if said else InvitationAnswer.NONE,
        "answered_at": said.answered_at if said else None,
        "answered_by_id": said.answered_by_id if said else None,
        "reason": said.reason if said else "",
        "answer_by": None if None in deadlines else max(d for d in deadlines if d),
    }


def _registrations(merger: Merger, coming: Coming) -> list[Change]:
    """Whoever was of a predecessor is of his successor; the seats all count in the heir's quota."""
    old, changes = merger.predecessor_ids, []
    for row in coming.registrations:
        values: dict[str, Any] = {}
        if row.organisation_id in old:
            values["organisation_id"] = destination(merger, row.person_id)
        if row.seat_organisation_id in old:
            values["seat_organisation_id"] = merger.heir_id
        if values:
            changes.append(changed(row, **values))
    return _real(changes)


def _places(merger: Merger, coming: Coming) -> tuple[list[Change], int]:
    """Places held without a name add up, for as long as the longest of them were held."""
    rows = sorted(coming.places.values(), key=lambda row: (row.organisation_id != merger.heir_id, row.id))
    total = sum(row.places for row in rows)
    if not [row for row in rows if row.organisation_id != merger.heir_id]:
        return [], total
    kept, holding = rows[0], [row.until for row in rows if row.places]
    until = max((u for u in holding if u), default=None) if None not in holding else None
    gone = [removed(row) for row in rows[1:]]
    return [*gone, *_real([changed(kept, organisation_id=merger.heir_id, places=total, until=until)])], total


def _pools(merger: Merger, coming: Coming) -> list[Change]:
    """Quotas add up; where somebody who has seats has no limit, there is none."""
    pools = sorted(coming.pools.values(), key=lambda pool: (pool.subject != str(merger.heir_id), pool.id))
    if not [pool for pool in pools if pool.subject != str(merger.heir_id)]:
        return _heirs_pool(merger, coming, pools)
    parties = _with_seats(coming) | {int(pool.subject) for pool in pools}
    limits = [coming.pools[each].capacity if each in coming.pools else None for each in parties]
    capacity = None if None in limits else sum(limit for limit in limits if limit is not None)
    kept, gone = pools[0], [removed(pool) for pool in pools[1:]]
    follows = kept.follows_default and len(parties) == 1
    values = {"subject": str(merger.heir_id), "taken": _seats(coming), "capacity": capacity, "follows_default": follows}
    return [*gone, *_real([changed(kept, **values)])]


def _heirs_pool(merger: Merger, coming: Coming, pools: list[SeatPool]) -> list[Change]:
    """The heir alone has a quota: those who come without one lift it."""
    if not pools or not _with_seats(coming) - {merger.heir_id}:
        return []
    return _real([changed(pools[0], taken=_seats(coming), capacity=None, follows_default=False)])


def _with_seats(coming: Coming) -> set[int]:
    seated = {
        each for each in coming.parties if any(r.holds_seat and r.seat_organisation_id == each for r in coming.registrations)
    }
    return seated | {row.organisation_id for row in coming.places.values() if row.places}


def _seats(coming: Coming) -> int:
    named = sum(r.holds_seat and r.seat_organisation_id in coming.parties for r in coming.registrations)
    return named + sum(row.places for row in coming.places.values())


def _host(merger: Merger, coming: Coming) -> list[Change]:
    event = coming.event
    return _real([changed(event, host_id=merger.heir_id)]) if event.host_id in merger.predecessor_ids else []


def _real(changes: Iterable[Change | None]) -> list[Change]:
    return [change for change in changes if change is not None]
