"""What was decided of those who registered where an event has rules of its own, and what awaits the organizer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries import rules_of
from kstthc_training.registrations.queries.limits import limits_of
from kstthc_training.sample.admission import OFFERS, RuleWord
from kstthc_training.sample.allocating import allocate
from kstthc_training.sample.events import Made
from kstthc_training.sample.province import Province

_LEFT_PENDING, _REFUSED = 3, 1
_NOT_HIS_WORK = "Đơn vị đã có người quản trị Hệ thống dự lớp trước"
_GIVEN_BACK = "Tham gia đoàn kiểm tra cải cách hành chính"
LATE, _LATER = timedelta(hours=2), timedelta(hours=1)  # before today


def decide(province: Province, made: Made) -> None:
    """Do what the organizer has done until today by the rules of an event; events with the usual rules stay as they are."""
    act = _ACTS.get(made.planned.rule_word)
    if act is not None:
        act(province, made)


def _approve_some(province: Province, made: Made) -> None:
    """Most are approved, one is refused with a reason, the last to register wait for a decision."""
    organizer, event_id, at = province.accounts.organizer, made.event.id, province.midnight - LATE
    pending = [row.id for row in _rows(made, RegistrationState.PENDING)]
    approved = len(pending) - _LEFT_PENDING - _REFUSED
    service.approve(actor=organizer, event_id=event_id, registration_ids=pending[:approved], now=at)
    refused = pending[approved : approved + _REFUSED]
    service.refuse(actor=organizer, event_id=event_id, registration_ids=refused, reason=_NOT_HIS_WORK, now=at)


def _offer_a_seat(province: Province, made: Made) -> None:
    """From now on the first in the queue is asked; then somebody withdraws, and the offer of his seat still runs today."""
    organizer, event_id, now = province.accounts.organizer, made.event.id, province.midnight
    rules = replace(OFFERS, version=rules_of(event_id).version)
    service.set_rules(actor=organizer, event_id=event_id, rules=rules, limits=limits_of(event_id), now=now - LATE)
    tried = {actor.person_id for actor in province.accounts.by_login.values()}
    leaving = next(row for row in _rows(made, RegistrationState.CONFIRMED) if row.person_id not in tried)
    service.cancel(actor=organizer, registration=leaving, reason=_GIVEN_BACK, now=now - _LATER)


def _substitute_one(province: Province, made: Made) -> None:
    """The focal point with an account to try cannot come, and names a colleague in his own place; one who lives by another
    organisation does it where all of his are registered."""
    own = {actor.organisation_id for actor in province.accounts.by_login.values()}
    rows = [row for row in _rows(made, RegistrationState.CONFIRMED) if row.source is RegistrationSource.NOMINATION]
    for row in sorted(rows, key=lambda row: row.organisation_id not in own):
        actor, colleague = province.accounts.by_organisation[row.organisation_id or 0], _colleague(made, row)
        if colleague is not None:
            service.substitute(actor=actor, registration=row, person=colleague, now=province.midnight - LATE)
            return


def _colleague(made: Made, registration: Registration) -> Person | None:
    """The first of the same organisation who is not registered."""
    there = select(Registration.person_id).where(Registration.event_id == made.event.id)
    others = select(Person).where(Person.organisation_id == registration.organisation_id, Person.id.not_in(there))
    return db.session.scalars(others.order_by(Person.id).limit(1)).first()


def _rows(made: Made, state: RegistrationState) -> list[Registration]:
    rows = select(Registration).where(Registration.event_id == made.event.id, Registration.state == state)
    return list(db.session.scalars(rows.order_by(Registration.id)))


_ACTS: Mapping[str, Callable[[Province, Made], None]] = {
    RuleWord.ALLOCATION: allocate,
    RuleWord.APPROVAL: _approve_some,
    RuleWord.LIMITS: _substitute_one,
    RuleWord.OFFER: _offer_a_seat,
}
