"""Which events each scope holds, and how its reader takes part in them: the statements of feeds, each built once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from kstthc_training.calendars.enums import FeedScope, Show
from kstthc_training.calendars.models import CalendarEntry
from kstthc_training.calendars.queries.following import Follower
from kstthc_training.db import Instant
from kstthc_training.events.enums import Audience, EventState, Part
from kstthc_training.events.models import DoorStaff, Event, EventKind, Session, Venue
from kstthc_training.events.policy import may_see_drafts
from kstthc_training.events.queries import known
from kstthc_training.ical.vcalendar import MOST_ENTRIES
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, RoleGrant
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling.models import CalendarSending

Rows = Select[*tuple[Any, ...]]

_PARTS = {
    RegistrationState.CONFIRMED: Part.REGISTERED,
    RegistrationState.WAITING: Part.WAITING,
    RegistrationState.PENDING: Part.PENDING,
    RegistrationState.OFFERED: Part.OFFERED,
}
NAMES = (EventKind.name_vi, EventKind.name_en, Venue.name, Venue.address)


@dataclass(frozen=True)
class Reach:
    """What the statements of a feed depend on, besides the values that are bound to them."""

    scope: FeedScope
    audience: str
    sees_drafts: bool
    runs_events: bool
    shows: frozenset[Show]


@dataclass(frozen=True)
class Statements:
    """`state` tells whether a feed changed; `ahead` and `back` hold its sessions from today on and before, the nearest
    first, as many as a feed can hold."""

    state: Rows
    ahead: Rows
    back: Rows


def statements_for(follower: Follower) -> Statements:
    """The statements of a feed, as its reader may see what is on now."""
    is_own = follower.scope.kind is FeedScope.MINE
    return _statements(
        Reach(
            follower.scope.kind,
            follower.scope.subject if follower.scope.kind is FeedScope.AUDIENCE else "",
            may_see_drafts(follower.actor),
            is_own and runs_events(follower.actor),
            follower.shows if is_own else frozenset(),
        )
    )


@cache
def _statements(reach: Reach) -> Statements:
    source = _own(reach) if reach.scope is FeedScope.MINE else _EVERYTHING
    shown = (*_shown(reach), *_of_scope(reach))
    sessions = _sessions(source).where(*shown)
    near = sessions.where(Session.starts_at >= bindparam("noon")).order_by(Session.starts_at, Session.id)
    past = sessions.where(Session.starts_at < bindparam("noon")).order_by(Session.starts_at.desc(), Session.id.desc())
    return Statements(_state(source).where(*shown), near.limit(MOST_ENTRIES), past.limit(MOST_ENTRIES))


@dataclass(frozen=True)
class _Source:
    """Where events come from, how the reader takes part in each, and since when."""

    events: FromClause
    part: ColumnElement[str]
    since: ColumnElement[Any]
    is_own: bool = False


_NEVER = cast(null(), Instant())
_EVERYTHING = _Source(Event.__table__, literal(Part.NONE.value), _NEVER)


def _shown(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    """Known to the reader, within the window, and called off not too long ago."""
    called_off = Event.state.in_((EventState.CANCELLED, EventState.POSTPONED))
    return (
        known(drafts_too=reach.sees_drafts),
        Event.ends_at >= bindparam("begins"),
        Event.starts_at < bindparam("ends"),
        or_(~called_off, Event.changed_at >= bindparam("forgotten")),
    )


def _of_scope(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    subject: ColumnElement[int] = bindparam("subject_id")
    conditions: dict[FeedScope, tuple[ColumnElement[bool], ...]] = {
        FeedScope.HOST: (Event.host_id == subject,),
        FeedScope.KIND: (Event.kind_id == subject,),
        FeedScope.ROOM: (Event.venue_id == subject,),
        FeedScope.ORGANISATION: (Event.id.in_(_events_of_organisation(subject)),),
        FeedScope.AUDIENCE: (Event.audience.in_(_audiences(reach.audience)),),
    }
    return conditions.get(reach.scope, ())


def _audiences(audience: str) -> tuple[Audience, ...]:
    """As the agenda counts them: what is for both is for the press and for officials."""
    if audience == Audience.INTERNAL:
        return (Audience.INTERNAL,)
    return (Audience(audience), Audience.BOTH) if audience else ()


def _events_of_organisation(subject: ColumnElement[int]) -> Any:
    """What an organisation hosts, is asked to and did not decline, or sends somebody to."""
    asked = (Invitation.revoked_at.is_(None), Invitation.answer != InvitationAnswer.DECLINED)
    return union(
        select(Event.id).where(Event.host_id == subject),
        select(Invitation.event_id).where(Invitation.organisation_id == subject, *asked),
        select(Registration.event_id).where(Registration.organisation_id == subject, Registration.state.not_in(GONE)),
    )


def _own(reach: Reach) -> _Source:
    """What one takes part in, as far as it is switched on."""
    parts: list[Rows] = []
    states = [state for state, part in _PARTS.items() if _show_of(part) in reach.shows]
    if states:
        parts.append(_registered(states))
    if Show.INVITED in reach.shows:
        parts.extend(_invited())
    if Show.ORGANISED in reach.shows:
        parts.extend(_organised(reach))
    own = union_all(*parts or [_registered([])]).subquery("own")
    table = own.join(Event.__table__, Event.id == own.c.event_id)
    return _Source(table, own.c.part, own.c.since, is_own=True)


def _show_of(part: Part) -> Show:
    return Show.REGISTERED if part is Part.REGISTERED else Show.WAITING


def _registered(states: list[RegistrationState]) -> Rows:
    part = case(*((Registration.state == state, part.value) for state, part in _PARTS.items()), else_="")
    return select(Registration.event_id.label("event_id"), part.label("part"), Registration.changed_at.label("since")).where(
        Registration.person_id == bindparam("person"), Registration.state.in_(states)
    )


def _invited() -> list[Rows]:
    """Invitations without an answer, by name and of the organisations that one speaks for, until the event's day is over."""
    spoken_for = (
        select(RoleGrant.organisation_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(Account.person_id == bindparam("person"), RoleGrant.role == Role.FOCAL_POINT)
    )
    asked = {
        Part.INVITED: Invitation.person_id == bindparam("person"),
        Part.UNIT: Invitation.organisation_id.in_(spoken_for),
    }
    since = func.coalesce(_registered_at(Invitation.event_id), Invitation.sent_at, Invitation.made_at)
    return [
        select(Invitation.event_id, literal(part.value), since)
        .join(Event, Event.id == Invitation.event_id)
        .where(whom, Invitation.revoked_at.is_(None), Invitation.answer == InvitationAnswer.NONE)
        .where(Event.ends_at >= bindparam("today"))
        for part, whom in asked.items()
    ]


def _organised(reach: Reach) -> list[Rows]:
    runs = Part.RUNS if reach.runs_events else Part.DOOR
    owned = select(Event.id, literal(runs.value), _registered_at(Event.id))
    door = select(DoorStaff.event_id, literal(Part.DOOR.value), _registered_at(DoorStaff.event_id))
    return [owned.where(Event.owner_id == bindparam("person")), door.where(DoorStaff.person_id == bindparam("person"))]


def _registered_at(event_id: Any) -> ColumnElement[Any]:
    """When one's registration for an event last moved, also out of the list: what is left of one's part dates from it."""
    own = (Registration.event_id == event_id, Registration.person_id == bindparam("person"))
    return select(Registration.changed_at).where(*own).correlate_except(Registration).scalar_subquery()


def _state(source: _Source) -> Rows:
    """How many events a feed holds and with which revisions, weighted by number, which tells one event from another; how
    its reader takes part and since when; and the names of others that entries show."""
    state = select(
        source.part, func.count(), func.sum(Event.id), func.sum(Event.revision), func.sum(Event.id * Event.revision),
        func.max(source.since), _all_of(EventKind.id, EventKind.name_vi, EventKind.name_en),
        _all_of(Venue.id, Venue.name, Venue.address),
    ).select_from(source.events)  # fmt: skip
    sent = select(func.sum(CalendarSending.raised)).where(CalendarSending.person_id == bindparam("person"))
    last = select(func.max(CalendarSending.stamped_at)).where(CalendarSending.person_id == bindparam("person"))
    state = state.add_columns(sent.scalar_subquery(), last.scalar_subquery())
    return state.group_by(source.part).order_by(source.part) if source.is_own else state


def _all_of(number: Any, one: Any, other: Any) -> ColumnElement[str]:
    """Every pair of names of a small table in one text."""
    named = select((one + "|" + other).label("names")).order_by(number).subquery()
    return select(func.aggregate_strings(named.c.names, ";")).scalar_subquery()


def _sessions(source: _Source) -> Rows:
    """The sessions of a feed, each with the entry last rendered for readers like this one, if it is of now."""
    entry = CalendarEntry
    current = and_(
        entry.session_id == Session.id,
        entry.circle == source.part.concat(bindparam("suffix")),
        entry.revision == Event.revision,
    )
    own = and_(CalendarSending.person_id == bindparam("person"), CalendarSending.uid == Session.uid)
    return (
        select(
            Session.id, Session.event_id, Session.starts_at, Session.changed_at, source.part, source.since, *NAMES,
            entry.made_of, entry.body, CalendarSending.raised, CalendarSending.stamped_at,
        )
        .select_from(source.events)
        .join(Session, Session.event_id == Event.id)
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(entry, current)
        .outerjoin(CalendarSending, own)
        .where(Session.starts_at >= bindparam("begins"), Session.starts_at < bindparam("ends"))
    )  # fmt: skip
