"""Marks of united registrations: what was seen of each is seen of the one person, and contradictions are chosen from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence
from kstthc_training.db import db
from kstthc_training.directory.changes import Change, added, changed, removed
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.directory.uniting.standing import Standing, United
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Session
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration

_FIRST = (MarkStatus.PRESENT, MarkStatus.LATE, MarkStatus.LEFT_EARLY, MarkStatus.EXCUSED, MarkStatus.ABSENT)


@dataclass(frozen=True)
class SessionMarks:
    """What the registrations say of one session: the latest mark of each, and whose holds."""

    united: United
    session: Session
    seen: tuple[Mark, ...]
    said: tuple[Mark, ...]
    holds: Mark

    @property
    def contradicts(self) -> bool:
        """Whether people saw different things; that one row was simply left unmarked is none."""
        return len({mark.status for mark in self.said}) > 1


@dataclass(frozen=True)
class NewMark:
    """A mark to be added: what holds (None: nothing any more) of a registration, and the mark it was before, if any."""

    session_id: int
    registration_id: int
    origin: Mark | None
    before: Mark | None


def marks_of(uniting: Uniting, united: Sequence[United]) -> tuple[SessionMarks, ...]:
    """Every session in which one of the registrations has a mark: one statement, none without any."""
    of = {row.id: each for each in united for row in each.rows}
    if not of:
        return ()
    statement = (
        select(Session, Mark)
        .join(Presence, Presence.session_id == Session.id)
        .join(Mark, Mark.id == Presence.mark_id)
        .where(Presence.registration_id.in_(of), Presence.status != MarkStatus.NONE)
        .order_by(Session.starts_at, Session.id, Mark.id)
    )
    sessions: dict[int, Session] = {}
    marks: dict[int, list[Mark]] = defaultdict(list)
    for session, mark in db.session.execute(statement, execution_options={"populate_existing": True}):
        sessions[session.id] = session
        marks[session.id].append(mark)
    return tuple(_session(uniting, of[seen[0].registration_id], sessions[each], seen) for each, seen in marks.items())


def _session(uniting: Uniting, united: United, session: Session, seen: Sequence[Mark]) -> SessionMarks:
    said = [mark for mark in seen if (mark.method, mark.status) != (MarkMethod.CLOSING, MarkStatus.ABSENT)] or list(seen)
    wanted = [mark for mark in said if mark.registration_id == uniting.marks.get(session.id)]
    order = {status: place for place, status in enumerate(_FIRST)}
    best = min(said, key=lambda mark: (order[mark.status], mark.registration_id != united.kept.id, mark.id))
    return SessionMarks(united, session, tuple(seen), tuple(said), wanted[0] if wanted else best)


def new_marks(sessions: Iterable[SessionMarks]) -> list[NewMark]:
    """The marks that are added: what holds goes to the row that stays, and is taken from those that lead on."""
    new = []
    for each in sessions:
        kept_id, latest = each.united.kept.id, {mark.registration_id: mark for mark in each.seen}
        own = latest.pop(kept_id, None)
        if own is None or own.status is not each.holds.status:
            new.append(NewMark(each.session.id, kept_id, each.holds, own))
        new += [NewMark(each.session.id, other, None, mark) for other, mark in latest.items()]
    return new


def result_changes(uniting: Uniting, standing: Standing, sessions: Collection[SessionMarks]) -> list[Change]:
    """What events that were held came to for the one person: his own results go over, united ones are reckoned anew by the
    event's rule. At most one statement."""
    ids = [row.id for row in standing.moved] + [row.id for each in standing.united for row in each.rows]
    if not ids:
        return []
    statement = select(AttendanceResult).where(AttendanceResult.registration_id.in_(ids))
    rows = db.session.scalars(statement, execution_options={"populate_existing": True})
    results = {row.registration_id: row for row in rows}
    moved = [results[row.id] for row in standing.moved if row.id in results]
    changes: list[Change | None] = [changed(result, person_id=uniting.kept_id) for result in moved]
    for united in standing.united:
        changes += _reckoned(uniting, united, results, [each for each in sessions if each.united is united])
    return [change for change in changes if change is not None]


def _reckoned(
    uniting: Uniting, united: United, results: dict[int, AttendanceResult], sessions: Collection[SessionMarks]
) -> list[Change | None]:
    known = [results[row.id] for row in united.rows if row.id in results]
    is_held = united.event.state is EventState.CLOSED and united.best.state is RegistrationState.CONFIRMED
    if not known or not is_held:
        return [removed(result) for result in known if result.registration_id != united.kept.id]
    values = _values(uniting, united, united.best, known[0].sessions_held, [each.holds.status for each in sessions])
    own = results.get(united.kept.id)
    gone: list[Change | None] = [removed(result) for result in known if result is not own]
    if own is not None:
        return [*gone, changed(own, **values)]
    fixed = {"registration_id": united.kept.id, "event_id": united.event.id}
    return [*gone, added(AttendanceResult, key=("registration_id",), **fixed, **values)]


def _values(
    uniting: Uniting, united: United, best: Registration, held: int, statuses: Sequence[MarkStatus]
) -> dict[str, object]:
    present = sum(status in rules.COUNTED_PRESENT for status in statuses)
    return {
        "person_id": uniting.kept_id,
        "organisation_id": best.organisation_id,
        "sessions_held": held,
        "sessions_present": present,
        "sessions_excused": sum(status is MarkStatus.EXCUSED for status in statuses),
        "attended": rules.attended(united.event.attendance_rule, present=present, held=held),
    }
