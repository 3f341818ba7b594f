"""The event page: everything somebody who comes needs, on one page."""

from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock
from kstthc_training.agenda.invited import own_invitation_href
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event, is_door_staff
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.events.words import Tag, invited_words, place_of
from kstthc_training.materials.queries import papers_of
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point, runs_events
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.offer import Offer, offer_to
from kstthc_training.registrations.policy import is_open
from kstthc_training.registrations.queries import (
    SeatCount,
    belonging_to,
    belongings_to,
    find_registration,
    place_in_queue,
    rules_of,
    seat_count,
    steps_of,
)
from kstthc_training.registrations.standing_words import standing_words
from kstthc_training.registrations.words import enter_words, event_tag, seats_left_words, state_tag, why_not
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.pages import page

_WHOLE = (
    joinedload(Event.kind),
    joinedload(Event.venue),
    joinedload(Event.host),
    selectinload(Event.sessions),
    selectinload(Event.agenda_items),
    selectinload(Event.topics),
)


@dataclass(frozen=True)
class Seats:
    """The registration box: the reader's own registration with its place in the queue, the seats, and what is offered."""

    count: SeatCount
    own: Registration | None
    own_tag: Tag | None
    place: int | None
    said: str
    offer: Offer
    why_not: str
    enter_words: str
    left_words: str
    invitation_href: str


@bp.get("/hop/<event_code:code>")
@access(signed_in)
def event(code: str) -> ResponseReturnValue:
    """One event, as those who come see it."""
    now, actor = clock.now(), me()
    found = get_event(actor=actor, code=code, options=_WHOLE)
    seats = _seats(found, now)
    return page(
        "agenda/event.html",
        event=found,
        standing=standing_of(found, now),
        Standing=Standing,
        tag=_tag(found, seats.count, now),
        place=place_of(found),
        audience=invited_words(found.audience),
        seats=seats,
        papers=papers_of(found, actor=actor, now=now),
        may_run=runs_events(actor),
        may_check_in=found.state is EventState.RELEASED and is_door_staff(actor=actor, event_id=found.id),
        nominating_id=_nominating_id(found, seats.count, now),
        now=now,
    )


def _seats(found: Event, now: datetime) -> Seats:
    own = find_registration(event_id=found.id, person_id=me().person_id)
    if own is not None and own.state is RegistrationState.CANCELLED:
        own = None
    count, place = seat_count(found.id), place_in_queue(own) if own else None
    belonging = belonging_to(me().organisation_id)
    own_state = own.state if own else None
    offer = offer_to(belonging, found, seats=count, own=own_state, rules=rules_of(found.id), now=now)
    return Seats(
        count=count,
        own=own,
        own_tag=state_tag(own.state) if own else None,
        place=place,
        said=_said(own, place, has_begun=offer.has_begun) if own else "",
        offer=offer,
        why_not=why_not(offer.refusal),
        enter_words=enter_words(offer),
        left_words=seats_left_words(count),
        invitation_href="" if own or offer.has_begun else own_invitation_href(found, me().person_id, now),
    )


def _said(own: Registration, place: int | None, *, has_begun: bool) -> str:
    steps = steps_of(own.id) if own.state is RegistrationState.REFUSED else []
    return standing_words(own, place, steps, has_begun=has_begun)


def _tag(found: Event, count: SeatCount, now: datetime) -> Tag | None:
    """How the event stands; that it was released alone is nothing to whoever sees it."""
    is_quiet = standing_of(found, now) is Standing.UPCOMING and not is_open(found, now)
    return None if is_quiet else event_tag(found, count, now)


def _nominating_id(found: Event, count: SeatCount, now: datetime) -> int | None:
    """The first of the organisations that the reader speaks for whose people may be named now."""
    if not is_focal_point(me()):
        return None
    belongings = belongings_to(me().focal_of)
    invited = [key for key, belonging in belongings.items() if offer_to(belonging, found, seats=count, now=now).may_enter]
    return min(invited, default=None)
