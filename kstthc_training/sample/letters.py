"""What became of the letters and jobs that the verbs wrote: all went out or ran, but for a letter that was refused."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from kstthc_training.db import db
from kstthc_training.events.service import TIMED
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.housekeeping import SENT_KEPT
from kstthc_training.outbox.models import Job, Message
from kstthc_training.outbox.path import keep_steps, step
from kstthc_training.reminders.service import plan_all

_CARRIED_IN = timedelta(seconds=20)
_REFUSED = "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown"


def settle_letters(*, now: datetime) -> None:
    """Leave no letter waiting; bodies are kept as long as those of letters that really went out."""
    letters = db.session.scalars(select(Message).order_by(Message.id)).all()
    for letter in letters:
        letter.state, letter.tries, letter.sent_at = MessageState.SENT, 1, letter.created_at + _CARRIED_IN
        if letter.sent_at < now - SENT_KEPT:
            letter.body = letter.calendar = None
    if letters:
        refused = letters[-1]
        refused.state, refused.sent_at = MessageState.FAILED, None
        refused.last_error = _REFUSED.format(recipient=refused.recipient)
    db.session.flush()
    keep_steps(_move(letter) for letter in letters)


def _move(letter: Message) -> dict[str, Any]:
    """What became of a letter, as its path tells it."""
    if letter.sent_at is None:
        return step(letter.id, PathStep.REFUSED, at=letter.run_at, said=letter.last_error or "")
    return step(letter.id, PathStep.TAKEN, at=letter.sent_at)


def settle_jobs(*, now: datetime) -> None:
    """The times of the events were told, and what reminds of them in the next days is planned, as a worker would have."""
    db.session.execute(delete(Job).where(Job.kind == TIMED, Job.run_at <= now))
    plan_all(now=now)
