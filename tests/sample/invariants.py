"""What must hold of any province, however it came about."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence, Sheet
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, EventNumber, Session
from kstthc_training.inbox.enums import MailKind, MailState
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.messages.models import Notice
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Message, Step
from kstthc_training.registrations.enums import PoolKind, RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool, SeatReservation
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending


def rows(*columns: Any) -> list[tuple[Any, ...]]:
    """All values of some columns."""
    return [tuple(row) for row in db.session.execute(select(*columns))]


def seats_by_registrations() -> dict[int, int]:
    """How many seats are taken at each event, counted one by one: by people, and held by organisations without a name."""
    counted = select(Registration.event_id, func.count()).where(Registration.holds_seat).group_by(Registration.event_id)
    taken = Counter(dict(map(tuple, db.session.execute(counted))))
    for event_id, places in rows(SeatReservation.event_id, SeatReservation.places):
        taken[event_id] += places
    return dict(taken)


def seats_by_pools() -> dict[int, int]:
    """How many seats the pools say are taken, where any are."""
    pools = rows(SeatPool.event_id, SeatPool.kind, SeatPool.taken)
    return {event_id: taken for event_id, kind, taken in pools if taken and kind is PoolKind.EVENT}


Limit = tuple[int, PoolKind, str]


def limits_by_pools() -> dict[Limit, int]:
    """How many seats the further limits say are taken: those of the press, of the room, of each organisation."""
    pools = rows(SeatPool.event_id, SeatPool.kind, SeatPool.subject, SeatPool.taken)
    return {(event_id, kind, subject): taken for event_id, kind, subject, taken in pools if kind is not PoolKind.EVENT}


def limits_by_registrations(limits: Iterable[Limit]) -> dict[Limit, int]:
    """The same, counted one by one; nobody is of no organisation, and places held without a name have no room yet."""
    taken: Counter[Limit] = Counter()
    seat = (Registration.event_id, Registration.circle, Registration.place, Registration.seat_organisation_id)
    for event_id, circle, place, organisation_id in db.session.execute(select(*seat).where(Registration.holds_seat)):
        taken[event_id, PoolKind.AUDIENCE, str(circle)] += 1
        taken[event_id, PoolKind.MODE, str(place)] += 1
        taken[event_id, PoolKind.ORGANISATION, str(organisation_id)] += 1
    for event_id, organisation_id, places in rows(
        SeatReservation.event_id, SeatReservation.organisation_id, SeatReservation.places
    ):
        taken[event_id, PoolKind.ORGANISATION, str(organisation_id)] += places
    return {limit: taken[limit] for limit in limits}


def latest_marks() -> dict[tuple[int, int], tuple[MarkStatus, int]]:
    """The last mark of each person in each session."""
    marks = sorted(rows(Mark.id, Mark.session_id, Mark.registration_id, Mark.status))
    return {(session, registration): (status, number) for number, session, registration, status in marks}


def presences() -> dict[tuple[int, int], tuple[MarkStatus, int]]:
    """What is kept of each person in each session."""
    kept = rows(Presence.session_id, Presence.registration_id, Presence.status, Presence.mark_id)
    return {(session, registration): (status, mark) for session, registration, status, mark in kept}


def results_by_rule() -> dict[int, tuple[Any, ...]]:
    """What held events came to, reckoned from presences and each event's rule."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for registration, status in rows(Presence.registration_id, Presence.status):
        counts[registration][0] += status in rules.COUNTED_PRESENT
        counts[registration][1] += status is MarkStatus.EXCUSED
    held = _sessions()
    confirmed = db.session.execute(
        select(Registration.id, Registration.event_id, Registration.person_id, Registration.organisation_id, Event)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.state == EventState.CLOSED, Registration.state == RegistrationState.CONFIRMED)
    )
    return {
        number: (event_id, person_id, organisation_id, held[event_id], *counts[number],
                 rules.attended(event.attendance_rule, present=counts[number][0], held=held[event_id]))
        for number, event_id, person_id, organisation_id, event in confirmed
    }  # fmt: skip


def results() -> dict[int, tuple[Any, ...]]:
    """What is kept as the outcome of held events."""
    kept = rows(
        AttendanceResult.registration_id, AttendanceResult.event_id, AttendanceResult.person_id,
        AttendanceResult.organisation_id, AttendanceResult.sessions_held, AttendanceResult.sessions_present,
        AttendanceResult.sessions_excused, AttendanceResult.attended,
    )  # fmt: skip
    return {row[0]: row[1:] for row in kept}


def wrongly_held() -> list[int]:
    """Events whose state does not follow from their sheets, or whose day is not that of their last session."""
    open_sessions = dict.fromkeys(_sessions(), 0)
    closed = {session for session, at in rows(Sheet.session_id, Sheet.closed_at) if at is not None}
    for session, event_id in rows(Session.id, Session.event_id):
        open_sessions[event_id] += session not in closed
    return [
        event.id for event in db.session.scalars(select(Event))
        if (event.state is EventState.CLOSED) != (open_sessions[event.id] == 0)
        or (event.held_on != clock.local_date(event.ends_at) if event.state is EventState.CLOSED else event.held_on)
    ]  # fmt: skip


def misplaced_events() -> list[int]:
    """Events that do not begin and end with their sessions."""
    spans = db.session.execute(
        select(Session.event_id, func.min(Session.starts_at), func.max(Session.ends_at)).group_by(Session.event_id)
    )
    known = {event.id: (event.starts_at, event.ends_at) for event in db.session.scalars(select(Event))}
    return [event_id for event_id, starts_at, ends_at in spans if known[event_id] != (starts_at, ends_at)]


def unexplained_registrations() -> set[int]:
    """Registrations whose last step does not lead to the state they are in."""
    last = {number: state for _, number, state in sorted(
        rows(RegistrationStep.id, RegistrationStep.registration_id, RegistrationStep.to_state)
    )}  # fmt: skip
    return {number for number, state in rows(Registration.id, Registration.state) if last.get(number) is not state}


def last_numbers() -> tuple[dict[int, int], dict[int, int]]:
    """The last number of each year as counted, and as kept for the next event."""
    counted = db.session.execute(select(Event.year, func.max(Event.number)).group_by(Event.year)).all()
    return dict(counted), dict(rows(EventNumber.year, EventNumber.last_number))


def misled_letters() -> set[int]:
    """Letters that stand elsewhere than their path leads, but for those that wait untried."""
    last = {number: what for _, number, what in sorted(rows(Step.id, Step.message_id, Step.what))}
    standing = rows(Message.id, Message.state, Message.tries)
    return {
        number for number, state, tries in standing if last.get(number) not in _ENDS[state] and (last.get(number) or tries)
    }


_ENDS = {
    MessageState.SENT: {PathStep.TAKEN},
    MessageState.WAITING: {PathStep.PUT_OFF},
    MessageState.FAILED: {PathStep.REFUSED},
    MessageState.BOUNCED: {PathStep.BOUNCED},
}


def answers_not_kept() -> list[int]:
    """Answers by mail that count and are not what is kept of the session and person that they name."""
    kept = {
        (str(uid), email): (partstat, method)
        for uid, email, partstat, method in rows(
            CalendarSending.uid, CalendarSending.email, CalendarSending.partstat, CalendarSending.method
        )
    }
    wrong = []
    counted = (InboxMessage.kind == MailKind.CALENDAR) & (InboxMessage.state == MailState.HANDLED)
    for row in db.session.scalars(select(InboxMessage).where(counted)):
        partstat, method = kept[row.facts["uid"], row.facts["attendee"]]
        gone = method is Method.CANCEL
        if partstat != row.facts["partstat"] or gone != (row.facts["partstat"] == PartStat.DECLINED):
            wrong.append(row.id)
    return wrong


def unsent_entries() -> list[int]:
    """Entries of people that were sent and that no letter on its way, or gone, carries with that number of the version."""
    carried = set(rows(Message.person_id, Message.calendar_uid, Message.calendar_method))
    gone = {(person, event) for person, event in rows(Message.person_id, Message.event_id)}
    return [
        number
        for number, person, event, uid, method in rows(
            CalendarSending.id, CalendarSending.person_id, CalendarSending.event_id, CalendarSending.uid,
            CalendarSending.method,
        )
        if method is not None and (person, str(uid), method) not in carried and (person, event) not in gone
    ]  # fmt: skip


def unmatched_notices() -> set[str]:
    """Notices for an account whose person has no letter under the same key: everybody of the sample is told by mail too."""
    return {key for (key,) in rows(Notice.key)} - {key for (key,) in rows(Message.key)}


def _sessions() -> dict[int, int]:
    counted = select(Session.event_id, func.count()).group_by(Session.event_id)
    return dict(db.session.execute(counted).all())
