"""The joint verbs: what happens to an event, and telling everyone who is registered for it or invited to it.

Each holds the event first, so that nobody is registered or invited between the change and the letters.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.events import service as events
from kstthc_training.events.drafts import UNTOUCHED, EventDraft, Footprint
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session, Venue
from kstthc_training.invitations.event_notices import CANCELLED, CHANGED, POSTPONED, Happened
from kstthc_training.invitations.service.letters import letters_to_invitees
from kstthc_training.messages.service import tell_several
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import notices
from kstthc_training.registrations.enums import GONE
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.capacity import fit_seats
from kstthc_training.registrations.service.letters import Write, letters_to_everyone
from kstthc_training.registrations.service.seats import hold_event
from kstthc_training.scheduling import service as scheduling


def cancel_event(*, actor: Actor, event: Event, reason: str, now: datetime) -> int:
    """Call an event off for good and tell everyone registered or invited; the answer is how many letters go out.

    Raises what `events.service.cancel` raises. Registrations stay as they are: the event says that it is cancelled.
    """
    _require_running(actor, event)
    hold_event(event.id)
    event = events.cancel(actor=actor, event=event, reason=reason, now=now)
    happened = Happened(CANCELLED, reason)
    return _announce(event, lambda facts, to: notices.event_cancelled(facts, to, reason=reason), happened, now)


def postpone_event(*, actor: Actor, event: Event, reason: str, now: datetime) -> int:
    """Call an event off until it has new dates and tell everyone registered or invited; registrations and answers stay.

    Raises what `events.service.postpone` raises; the answer is how many letters go out.
    """
    _require_running(actor, event)
    before = _place_and_time(hold_event(event.id).event)
    event = events.postpone(actor=actor, event=event, reason=reason, now=now)
    happened = Happened(POSTPONED, reason, before)
    return _announce(
        event, lambda facts, to: notices.event_postponed(facts, to, reason=reason, before=before), happened, now
    )


def change_event(
    *, actor: Actor, event: Event, draft: EventDraft, version: int, footprint: Footprint = UNTOUCHED, now: datetime
) -> int:
    """Save an event anew, fit its seats, and tell those registered or invited when its time or place changed.

    The answer is how many letters go out. The registrations of the footprint are counted here. Raises what
    `events.service.edit_event` raises, and `BelowTaken` when there would be fewer seats than are taken.
    """
    _require_running(actor, event)
    held = hold_event(event.id)
    before, known = _place_and_time(held.event), _announced(held.event)
    counted = replace(footprint, registrations=_registered(event.id))
    event = events.edit_event(actor=actor, event=event, draft=draft, version=version, footprint=counted, now=now)
    fit_seats(actor=actor, held=replace(held, event=event), now=now)
    if event.state is not EventState.RELEASED or known == _announced(event):
        scheduling.follow(event.id, now=now)  # what is only worded anew
        return 0
    happened = Happened(CHANGED, before=before)
    return _announce(event, lambda facts, to: notices.event_changed(facts, to, before=before), happened, now)


def _announce(event: Event, write: Write, happened: Happened, now: datetime) -> int:
    """Tell everybody concerned, each by one letter that takes the entry for his calendar along; how many letters that is."""
    letters = [*letters_to_everyone(event, write, now=now), *letters_to_invitees(event, happened, now=now)]
    own = {each.person_id: each.letter for each in letters if each.person_id is not None}
    seated = [each.person_id for each in letters if each.person_id is not None and each.holds]
    carried = scheduling.follow(event.id, asked=seated, letters=own, now=now)
    tell_several([(carried.get(each.person_id or 0, each.letter), each.key) for each in letters], now=now)
    return len(letters)


def _require_running(actor: Actor, event: Event) -> None:
    if not runs_events(actor):
        raise NotAllowed(event_id=event.id)


def _registered(event_id: int) -> int:
    rows = select(func.count()).where(Registration.event_id == event_id, Registration.state.not_in(GONE))
    return db.session.execute(rows).scalar_one()


def _place_and_time(event: Event) -> notices.PlaceAndTime:
    venue = db.session.get(Venue, event.venue_id) if event.venue_id else None
    return notices.PlaceAndTime(event.starts_at, event.ends_at, venue.name if venue else "")


def _announced(event: Event) -> tuple[object, ...]:
    """What people have in their calendars: the times of the sessions, where, and how."""
    times = select(Session.starts_at, Session.ends_at).where(Session.event_id == event.id).order_by(Session.position)
    return tuple(map(tuple, db.session.execute(times))), event.venue_id, event.mode, event.online_url
