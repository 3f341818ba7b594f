"""One letter with its path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.messages.policy import letters_seen_by, may_see
from kstthc_training.outbox.enums import PathStep
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.queries import is_held_by_hold
from kstthc_training.outbox.service.readdressing import FOLLOW
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Account, Person
from kstthc_training.refusals import NotAllowed, Unknown


class StepRow(NamedTuple):
    """One move on a letter's path; `by` is '' when nobody did it."""

    at: datetime
    what: PathStep
    said: str
    until: datetime | None
    by: str


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """A letter, whether a hold keeps it back, its event, and its path from the first move."""

    letter: Message
    is_held: bool
    event: Event | None
    path: Sequence[StepRow]


def get_letter(*, actor: Actor, message_id: int) -> LetterView:
    """One letter that `actor` may see: two statements. `Unknown` when there is none, `NotAllowed` when it is private."""
    found = db.session.execute(
        select(Message, is_held_by_hold(), Event)
        .outerjoin(Event, Event.id == Message.event_id)
        .where(Message.id == message_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise Unknown(message_id=message_id)
    letter, is_held, event = found
    if not may_see(actor, letter):
        raise NotAllowed(message_id=message_id)
    return LetterView(letter=letter, is_held=bool(is_held), event=event, path=_path(message_id))


def _path(message_id: int) -> list[StepRow]:
    rows = db.session.execute(
        select(Step.at, Step.what, Step.said, Step.until, func.coalesce(Person.full_name, ""))
        .outerjoin(Account, Account.id == Step.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Step.message_id == message_id)
        .order_by(Step.id)
    )
    return [StepRow(*row) for row in rows]


def others_to(letter: Message, *, actor: Actor) -> int:
    """How many other letters to the same address wait or are held, that `actor` may see: one statement."""
    same = (Message.recipient == letter.recipient) & (Message.id != letter.id) & Message.state.in_(FOLLOW)
    return db.session.scalar(select(func.count()).select_from(Message).where(same, letters_seen_by(actor))) or 0
