"""Calendars of rows that became one, or part again: they hold what the rows come to now, and nothing else."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select, union_all

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling import service as scheduling
from kstthc_training.scheduling.queries import events_held_by


def settle_calendars(person_ids: Collection[int], now: datetime) -> None:
    """Tell the calendars of these rows what each holds now, event by event in order."""
    db.session.flush()
    holders = _holders(person_ids, now)
    for event_id in sorted({*holders, *events_held_by(person_ids, now)}):
        coming = holders.get(event_id, set())
        scheduling.move(event_id, coming=coming, leaving=set(person_ids) - coming, now=now)


def _holders(person_ids: Collection[int], now: datetime) -> dict[int, set[int]]:
    """Who of them has a seat at each event to come, or is invited in person and did not leave its list: one statement."""
    seated = select(Registration.event_id, Registration.person_id).where(
        Registration.person_id.in_(person_ids), Registration.state == RegistrationState.CONFIRMED
    )
    left = exists().where(
        Registration.event_id == Invitation.event_id,
        Registration.person_id == Invitation.person_id,
        Registration.state.in_(GONE),
    )
    invited = select(Invitation.event_id, Invitation.person_id).where(
        Invitation.person_id.in_(person_ids), Invitation.sent_at.is_not(None), Invitation.revoked_at.is_(None),
        Invitation.answer != InvitationAnswer.DECLINED, ~left,
    )  # fmt: skip
    both = union_all(seated, invited).subquery()
    to_come = select(both).join(Event, Event.id == both.c.event_id).where(Event.ends_at > now)
    found: dict[int, set[int]] = defaultdict(set)
    for event_id, person_id in db.session.execute(to_come):
        found[event_id].add(person_id)
    return found
