"""Marks at the door and on the roster of events that are over or running; sheets are closed by the verb for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from kstthc_training.attendance import service
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.events.models import Session
from kstthc_training.sample.events import Made
from kstthc_training.sample.past_registrations import Past, arrival
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province
from kstthc_training.sample.raw_rows import count_on, insert_rows, next_id

MARK_COLUMNS = ("id", "session_id", "registration_id", "status", "method", "nonce", "at", "account_id")
PRESENCE_COLUMNS = ("session_id", "registration_id", "status", "mark_id")
_CLOSED_AFTER = timedelta(minutes=25)
_METHODS = (MarkMethod.TICKET, MarkMethod.TICKET, MarkMethod.TICKET, MarkMethod.NAME, MarkMethod.ROSTER)
_REOPENED = "Bổ sung đại biểu đến muộn theo phiếu ký nhận giấy"


def seen(chance: Random) -> tuple[MarkStatus, ...]:
    """What is noted of one person in one session, in order; nothing of those who did not come."""
    lot = chance.random()
    if lot < 0.80:
        return (MarkStatus.PRESENT,)
    if lot < 0.87:
        return (MarkStatus.LATE,)
    if lot < 0.90:
        return (MarkStatus.PRESENT, MarkStatus.LEFT_EARLY)
    return (MarkStatus.EXCUSED,) if lot < 0.94 else ()


def mark_past(province: Province, made: Sequence[Made], past: dict[int, list[Past]]) -> None:
    """Marks for every session that is over, then closed sheets as each event's standing asks."""
    first = next_id(Mark)
    marks: list[tuple[object, ...]] = []
    for one in made:
        for session in _over(one, province.midnight):
            for order in _marks_of(province, session, past[one.event.id]):
                marks.append((first + len(marks), *order))
    insert_rows(Mark, MARK_COLUMNS, marks)
    latest = {(mark[1], mark[2]): (mark[3], mark[0]) for mark in marks}
    insert_rows(Presence, PRESENCE_COLUMNS, ((*key, *value) for key, value in latest.items()))
    count_on(Mark)
    for one in made:
        close_sheets(province, one)


def _over(made: Made, midnight: datetime) -> list[Session]:
    return [session for session in made.sessions if session.ends_at < midnight]


def _marks_of(province: Province, session: Session, people: Sequence[Past]) -> Iterator[tuple[object, ...]]:
    chance, door = province.chance, province.accounts.organizer.account_id
    for person in people:
        if not person.is_expected:
            continue
        at = arrival(chance, session.starts_at)
        for place, status in enumerate(seen(chance)):
            method = chance.choice(_METHODS) if status is MarkStatus.PRESENT else MarkMethod.ROSTER
            if place or status is MarkStatus.LEFT_EARLY:
                at = session.ends_at - timedelta(minutes=30)
            elif status is MarkStatus.LATE:
                at = session.starts_at + timedelta(minutes=16 + chance.randrange(30))
            nonce = f"sample-{session.id}-{person.id}-{place}"
            yield session.id, person.id, status, method, nonce, at, door


def close_sheets(province: Province, made: Made) -> None:
    """Close the sheets of sessions that are over: all of an event that was held, all but the last where one is left open."""
    actor, event = province.accounts.organizer, made.event
    sessions = _over(made, province.midnight)
    if made.planned.standing is Standing.OVER:
        sessions = sessions[:-1]
    for session in sessions:
        service.close_session(actor=actor, event=event, session=session, now=session.ends_at + _CLOSED_AFTER)
    if made.planned.standing is Standing.REOPENED:
        at = sessions[-1].ends_at + timedelta(hours=18)
        service.reopen_session(actor=actor, event=event, session=sessions[-1], reason=_REOPENED, now=at)
