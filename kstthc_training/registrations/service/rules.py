"""How an event takes people in: its rules and its further limits, changed together."""

from dataclasses import asdict, replace
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db, written_over
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Stale
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import Vacancy
from kstthc_training.registrations.errors import SeatsSettled
from kstthc_training.registrations.models import Registration, RegistrationRules
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.service.limits import set_limits
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions


def set_rules(*, actor: Actor, event_id: int, rules: Rules, limits: Limits, now: datetime) -> list[Registration]:
    """Change how an event takes people in; `rules.version` is the version that was seen, and the next one is stored.

    Who awaits the decision keeps awaiting it, offers that run keep their end; who may move up by the new rules or limits
    does, and is the answer. Raises `NotAllowed`, `SeatsSettled`, `Stale`, and `LimitBelowTaken`.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    if not policy.may_resize(held.event):
        raise SeatsSettled(state=held.event.state)
    if rules.version != held.rules.version:
        raise Stale(saved_version=held.rules.version)
    _write(held, replace(rules, version=held.rules.version + 1))
    _record(actor, held, rules, now)
    promoted = set_limits(actor=actor, event_id=event_id, limits=limits, now=now)
    more = promote_waiting(actor=actor, held=hold_event(event_id), vacancy=Vacancy.CAPACITY_RAISED, now=now)
    raise_calendar_revisions(r.person_id for r in more)
    return [*promoted, *more]


def _write(held: HeldEvent, rules: Rules) -> None:
    db.session.execute(written_over(RegistrationRules, {"event_id": held.event.id, **asdict(rules)}))


def _record(actor: Actor, held: HeldEvent, rules: Rules, now: datetime) -> None:
    before, after = asdict(held.rules), asdict(rules)
    shown = {name: (_plain(before[name]), _plain(after[name])) for name in before if before[name] != after[name]}
    if shown:
        record(actor=actor, action="event.rules_set", subject_type="event", subject_id=held.event.id, now=now, changes=shown)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
