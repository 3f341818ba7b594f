"""One mark for one person in one session: added, never changed, and the same however often it arrives."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.errors import NotExpected, NotTakingPlace, SheetClosed, TooEarly
from kstthc_training.attendance.models import Mark, Presence, Sheet
from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event, Session
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True, kw_only=True)
class MarkOrder:
    """What to note of whom; `nonce` is made where the mark is made and names it for ever."""

    session_id: int
    registration_id: int
    status: MarkStatus
    method: MarkMethod
    nonce: str


@dataclass(frozen=True, kw_only=True)
class DoorOrder:
    """Who stands at the door of which session; whether present or late is the door's rule to say."""

    session_id: int
    registration_id: int
    method: MarkMethod
    nonce: str

    def as_mark(self, status: MarkStatus) -> MarkOrder:
        """The same as an order to mark with a status."""
        return MarkOrder(
            session_id=self.session_id,
            registration_id=self.registration_id,
            status=status,
            method=self.method,
            nonce=f"{self.nonce}:{self.session_id}-{self.registration_id}",
        )


@dataclass(frozen=True)
class Marked:
    """The status that now holds, the one before, whether this very mark had arrived already, and when it first did."""

    status: MarkStatus
    before: MarkStatus
    repeated: bool
    at: datetime


def mark(*, actor: Actor, event: Event, order: MarkOrder, now: datetime) -> Marked:
    """Note what was seen; a repeated nonce changes nothing and answers the same.

    Before the sheet opens an excuse alone is noted, or taken back. Raises `Unknown` for a session or registration of
    another event, `NotTakingPlace`, `NotExpected`, `TooEarly`, `SheetClosed`.
    """
    session = _session_of(event, order.session_id)
    repeated = _known_mark(order)
    if repeated is not None:
        return Marked(repeated.status, repeated.status, repeated=True, at=repeated.at)
    _require_expected(event, order.registration_id)
    hold_sheet_open(session.id)
    before = current_status(session.id, order.registration_id)
    opening = rules.opens_at(session.starts_at)
    if now < opening and not rules.is_noted_before_opening(order.status, before=before):
        raise TooEarly(opens_at=opening)
    return _add(actor, order, before, now)


@dataclass(frozen=True)
class CheckIn:
    """What the door shows: the status that holds, since when, and whether it held already before this scan."""

    status: MarkStatus
    since: datetime
    already: bool


def check_in(*, actor: Actor, event: Event, order: DoorOrder, now: datetime) -> CheckIn:
    """Note somebody at the door as present, or late after fifteen minutes; who is in already gets no second mark.

    The same nonce is answered as the first time. Raises what `mark` raises.
    """
    session = _session_of(event, order.session_id)
    inside = _present_by(session.id, order.registration_id)
    if inside is not None:
        return CheckIn(inside.status, inside.at, already=inside.nonce != order.as_mark(inside.status).nonce)
    status = rules.status_at_door(starts_at=session.starts_at, now=now)
    marked = mark(actor=actor, event=event, order=order.as_mark(status), now=now)
    return CheckIn(marked.status, now, already=marked.repeated)


def _present_by(session_id: int, registration_id: int) -> Mark | None:
    """The mark by which somebody is in; none while he is not."""
    statement = (
        select(Mark)
        .join(Presence, Presence.mark_id == Mark.id)
        .where(Presence.session_id == session_id, Presence.registration_id == registration_id)
        .where(Presence.status.in_(rules.COUNTED_PRESENT))
    )
    return db.session.scalar(statement)


def current_status(session_id: int, registration_id: int) -> MarkStatus:
    """What holds of a person in a session at present."""
    presence = db.session.get(Presence, (session_id, registration_id), populate_existing=True)
    return presence.status if presence else MarkStatus.NONE


def hold_sheet_open(session_id: int) -> None:
    """Keep the session's sheet from being closed while this unit of work lasts; `SheetClosed` when it is already."""
    sheet = select(Sheet.closed_at).where(Sheet.session_id == session_id).with_for_update(read=True)
    held = db.session.execute(sheet).one_or_none()
    if held is None:
        db.session.execute(added_once(Sheet, {"session_id": session_id}))
        held = db.session.execute(sheet).one()
    if held.closed_at is not None:
        raise SheetClosed(session_id=session_id)


def _session_of(event: Event, session_id: int) -> Session:
    session = db.session.scalar(select(Session).where(Session.id == session_id, Session.event_id == event.id))
    if session is None:
        raise Unknown(session_id=session_id)
    if event.state not in rules.TAKING_PLACE:
        raise NotTakingPlace(state=event.state)
    return session


def _known_mark(order: MarkOrder) -> Mark | None:
    known = db.session.scalar(select(Mark).where(Mark.nonce == order.nonce))
    if known and (known.session_id, known.registration_id) != (order.session_id, order.registration_id):
        raise Unknown(nonce=order.nonce)
    return known


def _require_expected(event: Event, registration_id: int) -> None:
    statement = select(Registration.state).where(Registration.id == registration_id, Registration.event_id == event.id)
    state = db.session.scalar(statement)
    if state is None:
        raise Unknown(registration_id=registration_id)
    if state is not RegistrationState.CONFIRMED:
        raise NotExpected(state=state)


def _add(actor: Actor, order: MarkOrder, before: MarkStatus, now: datetime) -> Marked:
    values = {
        "session_id": order.session_id,
        "registration_id": order.registration_id,
        "status": order.status,
        "method": order.method,
        "nonce": order.nonce,
        "at": now,
        "account_id": actor.account_id,
    }
    mark_id = db.session.scalar(added_once(Mark, values).returning(Mark.id))
    if mark_id is None:  # another request with the same nonce was faster
        return Marked(order.status, order.status, repeated=True, at=now)
    _let_latest_hold(order, mark_id)
    return Marked(order.status, before, repeated=False, at=now)


def _let_latest_hold(order: MarkOrder, mark_id: int) -> None:
    key = {"session_id": order.session_id, "registration_id": order.registration_id}
    values = {"status": order.status, "mark_id": mark_id}
    if db.session.scalar(added_once(Presence, {**key, **values}).returning(Presence.mark_id)) is None:
        db.session.execute(
            update(Presence)
            .where(Presence.session_id == order.session_id, Presence.registration_id == order.registration_id)
            .where(Presence.mark_id < mark_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
