"""A merger worked out whole: every row it changes, and what it comes to in figures that can be checked."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.clock import local_date
from kstthc_training.db import db
from kstthc_training.directory.changes import Change, added, changed
from kstthc_training.directory.errors import MergesIntoItself, NobodyMerges, NotYetEffective, PressAndOthers
from kstthc_training.directory.merging.coming import coming_events
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.merging.events import EventEffect, event_changes
from kstthc_training.directory.merging.people import (
    GroupEffect,
    Speaker,
    doubles_among,
    groups_of,
    people_changes,
    people_of,
    speakers_of,
)
from kstthc_training.organisations.errors import EndsBeforeItBegins
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.organisations.queries import get_organisations
from kstthc_training.organisations.service.rows import require_existing
from kstthc_training.people.models import Person

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MergerPlan:
    """What carrying a merger out would do; nothing is written yet.

    `going` is how many people go to each successor, `held` the attendances (lượt) on record under each predecessor, which
    stay there.
    """

    merger: Merger
    predecessors: tuple[Organisation, ...]
    successors: tuple[Organisation, ...]
    people: tuple[Person, ...]
    going: Counter[int]
    doubles: tuple[tuple[Person, Person], ...]
    speakers: tuple[Speaker, ...]
    groups: tuple[GroupEffect, ...]
    events: tuple[EventEffect, ...]
    held: Counter[int]
    changes: tuple[Change, ...]

    @property
    def invitations_before(self) -> int:
        """Open invitations of all who take part, before."""
        return sum(len(event.invited) for event in self.events)

    @property
    def invitations_after(self) -> int:
        """Open invitations that are left: one at each event."""
        return sum(bool(event.invited) for event in self.events)

    @property
    def seats(self) -> tuple[int, int]:
        """Seats held at events still to come, before and after."""
        return sum(e.seats_before for e in self.events), sum(e.seats_after for e in self.events)

    @property
    def choices(self) -> tuple[GroupEffect, ...]:
        """Groups of which the keeper must say whether the heir comes in: some predecessors only are in them."""
        return tuple(group for group in self.groups if group.in_part)


def plan_merger(merger: Merger, *, now: datetime) -> MergerPlan:
    """Work a merger out, in a number of statements that does not grow with people or events.

    Raises `NobodyMerges`, `MergesIntoItself`, `NotYetEffective`, `PressAndOthers`, `OutsideItsTime` when a successor does
    not exist on the day, `EndsBeforeItBegins`, and `Unknown`.
    """
    before, after = _parties(merger, now)
    everybody = people_of(merger)
    moves = people_changes(merger, everybody)
    speakers, grants = speakers_of(merger) if merger.ends else ([], [])
    groups, members = groups_of(merger) if merger.ends else ([], [])
    coming = [event_changes(merger, each, now) for each in coming_events(merger, now)] if merger.ends else []
    return MergerPlan(
        merger=merger,
        predecessors=before,
        successors=after,
        people=tuple(everybody),
        going=Counter(int(change.after["organisation_id"]) for change in moves if change.after),
        doubles=tuple(doubles_among(merger, everybody)),
        speakers=tuple(speakers),
        groups=tuple(groups),
        events=tuple(effect for effect, _changes in coming),
        held=_held(merger),
        changes=(
            *_succession(merger, before), *moves, *grants, *members,
            *(change for _effect, changes in coming for change in changes),
        ),
    )  # fmt: skip


def _parties(merger: Merger, now: datetime) -> tuple[tuple[Organisation, ...], tuple[Organisation, ...]]:
    if not merger.predecessor_ids or not merger.successor_ids:
        raise NobodyMerges()
    before, after = tuple(get_organisations(merger.predecessor_ids)), tuple(get_organisations(merger.successor_ids))
    for each in before:
        if each.id in merger.successor_ids:
            raise MergesIntoItself(name=each.name)
        if each.valid_from is not None and each.valid_from >= merger.effective_on:
            raise EndsBeforeItBegins(valid_from=each.valid_from)
    for each in after:
        require_existing(each, merger.effective_on)
    if merger.effective_on > local_date(now):
        raise NotYetEffective(day=merger.effective_on)
    _require_one_circle(before, after)
    return before, after


def _require_one_circle(before: tuple[Organisation, ...], after: tuple[Organisation, ...]) -> None:
    press = [each.name for each in (*before, *after) if each.kind.is_press]
    others = [each.name for each in (*before, *after) if not each.kind.is_press]
    if press and others:
        raise PressAndOthers(press=press[0], other=others[0])


def _succession(merger: Merger, before: tuple[Organisation, ...]) -> list[Change]:
    """Who continues whom, unless that is on record, and the last day of those who end and have none, or a later one."""
    recorded = select(Succession.predecessor_id, Succession.successor_id)
    theirs = recorded.where(Succession.predecessor_id.in_(merger.predecessor_ids))
    known = {(one, other) for one, other in db.session.execute(theirs)}
    day, changes = merger.effective_on, []
    for each in before:
        if merger.ends and (each.valid_to is None or each.valid_to >= day):
            changes.append(changed(each, valid_to=day - ONE_DAY))
        for successor_id in merger.successor_ids:
            if (each.id, successor_id) not in known:
                changes.append(
                    added(
                        Succession, key=("predecessor_id", "successor_id"), predecessor_id=each.id,
                        successor_id=successor_id, effective_on=day, whole=merger.whole, legal_basis=merger.legal_basis,
                    )
                )  # fmt: skip
    return [change for change in changes if change is not None]


def _held(merger: Merger) -> Counter[int]:
    statement = (
        select(AttendanceResult.organisation_id, func.count())
        .where(AttendanceResult.organisation_id.in_(merger.predecessor_ids), AttendanceResult.attended)
        .group_by(AttendanceResult.organisation_id)
    )
    return Counter({number: count for number, count in db.session.execute(statement) if number is not None})
