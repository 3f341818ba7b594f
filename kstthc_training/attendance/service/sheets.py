"""Closing a session makes the unmarked absent; when the last one is closed the event was held and has results."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, insert, literal, select

from kstthc_training import clock
from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus, SheetAction
from kstthc_training.attendance.errors import NotTakingPlace, ReasonMissing, SheetClosed, SheetOpen, TooEarly
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence, Sheet, SheetStep
from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.events.enums import AttendanceRule, EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.seats import hold_event

T = TypeVar("T")


def close_session(*, actor: Actor, event: Event, session: Session, now: datetime) -> int:
    """Close a session that has begun, and answer how many unmarked became absent.

    The last closing of an event's sessions makes it held: results by its attendance rule, state closed, and the local
    day of its last session as the day that decides the reporting period.
    """
    event, session, sheet = _held(event.id, session.id)
    if event.state is not EventState.RELEASED:
        raise NotTakingPlace(state=event.state)
    if now < session.starts_at:
        raise TooEarly(opens_at=session.starts_at)
    if sheet.closed_at is not None:
        raise SheetClosed(session_id=session.id)
    step = _note_step(actor, session, SheetAction.CLOSED, "", now)
    absent = _mark_rest_absent(actor, event, session, step.id, now)
    sheet.closed_at = now
    db.session.flush()
    if not _open_sessions(event.id):
        _let_be_held(event)
    record(
        actor=actor, action="session.closed", subject_type="event", subject_id=event.id, now=now,
        session_id=session.id, absent=absent,
    )  # fmt: skip
    return absent


def reopen_session(*, actor: Actor, event: Event, session: Session, reason: str, now: datetime) -> None:
    """Open a closed session again, for a stated reason; an event that was held is not until it is closed again.

    Raises `ReasonMissing`, `SheetOpen`, and `NotTakingPlace` for an event that was called off meanwhile.
    """
    if not reason.strip():
        raise ReasonMissing()
    event, session, sheet = _held(event.id, session.id)
    if event.state not in rules.TAKING_PLACE:
        raise NotTakingPlace(state=event.state)
    if sheet.closed_at is None:
        raise SheetOpen(session_id=session.id)
    sheet.closed_at = None
    _note_step(actor, session, SheetAction.REOPENED, reason, now)
    if event.state is EventState.CLOSED:
        event.state, event.held_on = EventState.RELEASED, None
        event.revision += 1
        db.session.execute(delete(AttendanceResult).where(AttendanceResult.event_id == event.id))
    record(
        actor=actor, action="session.reopened", subject_type="event", subject_id=event.id, now=now,
        session_id=session.id, reason=reason,
    )  # fmt: skip


def _held(event_id: int, session_id: int) -> tuple[Event, Session, Sheet]:
    """The event, the session and its sheet as they are now; nobody else changes them while this unit of work lasts.

    Seats first, then the event, as the verbs that call an event off do, then the sheet, as marks do: what is counted is
    complete, of the last two sessions closed at once one sees the other, and nobody waits for somebody who waits.
    """
    db.session.flush()  # what this unit of work changed before is not read over
    hold_event(event_id)
    event = db.session.execute(_newest(select(Event).where(Event.id == event_id)).with_for_update()).scalar_one()
    session = db.session.scalar(_newest(select(Session).where(Session.id == session_id, Session.event_id == event_id)))
    if session is None:
        raise Unknown(session_id=session_id)
    db.session.execute(added_once(Sheet, {"session_id": session_id}))
    sheet = _newest(select(Sheet).where(Sheet.session_id == session_id)).with_for_update()
    return event, session, db.session.execute(sheet).scalar_one()


def _newest(statement: Select[T]) -> Select[T]:
    return statement.execution_options(populate_existing=True)


def _note_step(actor: Actor, session: Session, action: SheetAction, reason: str, now: datetime) -> SheetStep:
    step = SheetStep(session_id=session.id, action=action, reason=reason, at=now, account_id=actor.account_id)
    db.session.add(step)
    db.session.flush()
    return step


def _mark_rest_absent(actor: Actor, event: Event, session: Session, step_id: int, now: datetime) -> int:
    unmarked = (
        select(Registration.id)
        .outerjoin(Presence, and_(Presence.registration_id == Registration.id, Presence.session_id == session.id))
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
        .where(func.coalesce(Presence.status, MarkStatus.NONE) == MarkStatus.NONE)
        .order_by(Registration.id)
    )
    registration_ids = db.session.scalars(unmarked).all()
    if not registration_ids:
        return 0
    rows = [
        {
            "session_id": session.id,
            "registration_id": registration_id,
            "status": MarkStatus.ABSENT,
            "method": MarkMethod.CLOSING,
            "nonce": f"closing:{step_id}:{registration_id}",
            "at": now,
            "account_id": actor.account_id,
        }
        for registration_id in registration_ids
    ]
    db.session.execute(insert(Mark), rows)
    _let_closing_marks_hold(session.id, step_id)
    return len(rows)


def _let_closing_marks_hold(session_id: int, step_id: int) -> None:
    made = Mark.nonce.startswith(f"closing:{step_id}:", autoescape=True)
    mine = and_(Mark.session_id == session_id, Mark.method == MarkMethod.CLOSING, made)
    people = select(Mark.registration_id).where(mine)
    db.session.execute(delete(Presence).where(Presence.session_id == session_id, Presence.registration_id.in_(people)))
    source = select(Mark.session_id, Mark.registration_id, Mark.status, Mark.id).where(mine)
    db.session.execute(insert(Presence).from_select(["session_id", "registration_id", "status", "mark_id"], source))


def _open_sessions(event_id: int) -> int:
    statement = (
        select(func.count())
        .select_from(Session)
        .outerjoin(Sheet, Sheet.session_id == Session.id)
        .where(Session.event_id == event_id, Sheet.closed_at.is_(None))
    )
    return db.session.execute(statement).scalar_one()


def _let_be_held(event: Event) -> None:
    write_results(event)
    event.state, event.held_on = EventState.CLOSED, clock.local_date(event.ends_at)
    event.revision += 1


def write_results(event: Event) -> None:
    """Write what the event came to for each confirmed registration, by its attendance rule, in one statement."""
    held = select(func.count()).select_from(Session).where(Session.event_id == event.id).scalar_subquery()
    present = func.coalesce(func.sum(case((Presence.status.in_(rules.COUNTED_PRESENT), 1), else_=0)), 0)
    excused = func.coalesce(func.sum(case((Presence.status == MarkStatus.EXCUSED, 1), else_=0)), 0)
    source = (
        select(
            Registration.id, Registration.event_id, Registration.person_id, Registration.organisation_id,
            held, present, excused, _attended(event.attendance_rule, present, held),
        )
        .outerjoin(Presence, Presence.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(Registration.id, Registration.event_id, Registration.person_id, Registration.organisation_id)
    )  # fmt: skip
    columns = [
        "registration_id", "event_id", "person_id", "organisation_id",
        "sessions_held", "sessions_present", "sessions_excused", "attended",
    ]  # fmt: skip
    db.session.execute(delete(AttendanceResult).where(AttendanceResult.event_id == event.id))
    db.session.execute(insert(AttendanceResult).from_select(columns, source))


def _attended(rule: AttendanceRule, present: ColumnElement[int], held: ColumnElement[int]) -> ColumnElement[bool]:
    """`rules.attended` as SQL; a test holds the two together."""
    if rule is AttendanceRule.ALL:
        return case((present == held, literal(True)), else_=literal(False))
    if rule is AttendanceRule.ANY:
        return case((present > 0, literal(True)), else_=literal(False))
    return case((and_(present * 2 >= held, present > 0), literal(True)), else_=literal(False))
