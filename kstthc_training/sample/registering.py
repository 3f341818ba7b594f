"""People registered by the verbs, one after the other, as they would have done it: at events that are still to come."""

from datetime import datetime, timedelta

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Place, RegistrationSource
from kstthc_training.registrations.models import Registration
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province

_LATEST = timedelta(hours=3)
_FEWER_AHEAD = 3  # of an event weeks ahead a third has answered by today
_ONLINE = 3  # of three guests of an event in a room and online one sits at a screen
_GIVE_BACK = {Standing.FULL: 3, Standing.RUNNING: 1}
_REASON = "Trùng lịch công tác của cơ quan"


def register_guests(province: Province, made: Made) -> None:
    """Those invited register, are named by their focal point, or are put on the list by the organizer; some withdraw."""
    planned = made.planned
    until = min(planned.closes_at, province.midnight) - _LATEST
    if planned.opens_at >= until:
        return
    count = planned.guests
    if planned.standing is Standing.OPEN and planned.sessions[0].starts_at - province.midnight > timedelta(days=15):
        count //= _FEWER_AHEAD
    guests = province.guests(planned.line["who"], count)
    people = {p.id: p for p in db.session.scalars(select(Person).where(Person.id.in_([g.id for g in guests])))}
    step = (until - planned.opens_at) / (len(guests) + 5)
    at = planned.opens_at
    entered = []
    for number, guest in enumerate(guests, start=1):
        at += step
        place = None if number % _ONLINE or made.event.mode is not EventMode.BOTH else Place.ONLINE
        entered.append(_register(province, made, people[guest.id], guest, place, at))
    for registration in entered[: _GIVE_BACK.get(planned.standing, 0)]:
        at += step
        actor = province.accounts.organizer
        service.cancel(actor=actor, registration=registration, reason=_REASON, now=at)


def who_registers(province: Province, made: Made, guest: Member) -> tuple[Actor, RegistrationSource]:
    """Journalists register themselves, focal points name their people, the organizer does it for the others.

    Who comes to an internal meeting is the organizer's alone to say.
    """
    accounts = province.accounts
    if made.planned.line["audience"] == Audience.INTERNAL:
        return accounts.organizer, RegistrationSource.ORGANIZER
    if guest.kind in ("press", "broadcast") and guest.id in accounts.by_person:
        return accounts.by_person[guest.id], RegistrationSource.SELF
    if guest.organisation_id in accounts.by_organisation:
        return accounts.by_organisation[guest.organisation_id], RegistrationSource.NOMINATION
    return accounts.organizer, RegistrationSource.ORGANIZER


def _register(
    province: Province, made: Made, person: Person, guest: Member, place: Place | None, at: datetime
) -> Registration:
    actor, source = who_registers(province, made, guest)
    return service.register(actor=actor, event=made.event, person=person, source=source, place=place, now=at)
