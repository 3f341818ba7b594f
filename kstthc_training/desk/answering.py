"""How the invitees of an event answered: each with his deadline, and whether he was late."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.queries import InvitationRow, deadlines_of, invitations_at
from kstthc_training.invitations.queries.first_answers import first_answers


class Timeliness(StrEnum):
    """Whether an answer came by its deadline; without one, whether the deadline has passed."""

    IN_TIME = "in-time"
    LATE = "late"
    AWAITED = "awaited"
    OVERDUE = "overdue"


class Answered(NamedTuple):
    """An invitation with its deadline, when it was first answered, and whether that was in time."""

    row: InvitationRow
    deadline: datetime
    first_at: datetime | None
    timeliness: Timeliness


def answers_of(event: Event, *, now: datetime) -> list[Answered]:
    """Every invitation to an event; the deadline is its own, else the event's, else its beginning: seven statements."""
    deadlines, first = deadlines_of(event.id), first_answers(event.id)
    answered = []
    for row in invitations_at(event.id):
        deadline = row.answer_by or deadlines.answer_by or event.starts_at
        has_answered = bool(row.named) or row.answer is not InvitationAnswer.NONE
        at = (first.get(row.id) or row.answered_at) if has_answered else None
        answered.append(Answered(row, deadline, at, _timeliness(has_answered, at, deadline, now)))
    return answered


def _timeliness(has_answered: bool, at: datetime | None, deadline: datetime, now: datetime) -> Timeliness:
    if not has_answered:
        return Timeliness.OVERDUE if now >= deadline else Timeliness.AWAITED
    return Timeliness.LATE if at is not None and at > deadline else Timeliness.IN_TIME
