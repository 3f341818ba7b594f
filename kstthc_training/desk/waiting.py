"""What waits for an organizer, looked up across all events: each kind in one statement."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, literal, not_, or_, select

from kstthc_training.attendance.models import Sheet
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.events.queries import NOT_DISCARDED
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationRules
from kstthc_training.messages.policy import letters_seen_by
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.queries import may_go_again
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.enums import GONE, Admission, PoolKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationRules, SeatPool

MOST = 20


@dataclass(frozen=True)
class DueEvent:
    """An event of which something is due: `at` says since or until when, `count` how much."""

    year: int
    number: int
    title: str
    at: datetime
    count: int

    @property
    def code(self) -> str:
        """The event's number: `2026-118`."""
        return f"{self.year}-{self.number}"


def due_drafts(*, until: datetime) -> list[DueEvent]:
    """Drafts that begin before `until`, also those whose day is past; `at` is their beginning."""
    statement = (
        select(Event.year, Event.number, Event.title, Event.starts_at, literal(1))
        .where(Event.state == EventState.DRAFT, NOT_DISCARDED, Event.starts_at < until)
        .order_by(Event.starts_at, Event.id)
    )
    return _rows(statement)


def open_sheets(*, now: datetime) -> list[DueEvent]:
    """Released events with sessions that ended and are not closed: how many, and when the first of them ended."""
    statement = (
        select(Event.year, Event.number, Event.title, func.min(Session.ends_at), func.count())
        .join(Session, Session.event_id == Event.id)
        .outerjoin(Sheet, Sheet.session_id == Session.id)
        .where(Event.state == EventState.RELEASED, Session.ends_at <= now, Sheet.closed_at.is_(None))
        .group_by(Event.id)
        .order_by(func.min(Session.ends_at), Event.id)
    )
    return _rows(statement)


def queues_before_free_seats(*, now: datetime) -> list[DueEvent]:
    """Coming released events where people wait although seats are free: how many wait, and when it begins."""
    free = or_(SeatPool.capacity.is_(None), SeatPool.taken < SeatPool.capacity)
    statement = (
        _coming(now)
        .join(SeatPool, and_(SeatPool.event_id == Event.id, SeatPool.kind == PoolKind.EVENT, free))
        .join(Registration, Registration.event_id == Event.id)
        .where(Registration.state == RegistrationState.WAITING)
    )
    return _rows(statement)


def applicants(*, allocated: bool, now: datetime) -> list[DueEvent]:
    """Coming released events whose applicants await the organizer's decision, one over all where seats are `allocated`,
    else one for each: how many they are, and when it begins."""
    pending = and_(Registration.event_id == Event.id, Registration.state == RegistrationState.PENDING)
    at_once = exists().where(RegistrationRules.event_id == Event.id, RegistrationRules.admission == Admission.ALLOCATION)
    return _rows(_coming(now).join(Registration, pending).where(at_once if allocated else not_(at_once)))


def silent_invitees(*, now: datetime) -> list[DueEvent]:
    """Coming released events whose invitees let their deadline pass without an answer: how many they are, and when it
    begins. Who is on the list, or an organisation with somebody on it, has answered."""
    on_list = exists().where(
        Registration.event_id == Invitation.event_id,
        or_(Registration.organisation_id == Invitation.organisation_id, Registration.person_id == Invitation.person_id),
        Registration.state.not_in(GONE),
        Registration.source != RegistrationSource.WALK_IN,
    )
    statement = (
        _coming(now)
        .join(Invitation, Invitation.event_id == Event.id)
        .outerjoin(InvitationRules, InvitationRules.event_id == Event.id)
        .where(
            Invitation.answer == InvitationAnswer.NONE,
            Invitation.sent_at.is_not(None),
            Invitation.revoked_at.is_(None),
            func.coalesce(Invitation.answer_by, InvitationRules.answer_by) < now,
            not_(on_list),
        )
    )
    return _rows(statement)


def failed_letters(*, actor: Actor, event_id: int | None = None) -> int:
    """How many letters that `actor` may see, of one event or of all, were refused or came back and could still go out."""
    statement = select(func.count()).select_from(Message).where(may_go_again(), letters_seen_by(actor))
    if event_id is not None:
        statement = statement.where(Message.event_id == event_id)
    return db.session.execute(statement).scalar_one()


def _coming(now: datetime) -> Select[int, int, str, datetime, int]:
    """Released events that begin after `now`, each with how many rows of what is joined to it."""
    return (
        select(Event.year, Event.number, Event.title, Event.starts_at, func.count())
        .where(Event.state == EventState.RELEASED, Event.starts_at > now)
        .group_by(Event.id)
        .order_by(Event.starts_at, Event.id)
    )


def _rows(statement: Select[int, int, str, datetime, int]) -> list[DueEvent]:
    return [DueEvent(*row) for row in db.session.execute(statement.limit(MOST))]
