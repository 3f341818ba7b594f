"""The worker's verbs on letters and jobs: take, finish, put back, find again; each inside a unit of work."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, select, update

from kstthc_training.db import added_once, db
from kstthc_training.outbox.enums import JobState, KnownTrouble, MessageState, PathStep
from kstthc_training.outbox.models import Job, Message, Worker
from kstthc_training.outbox.pace import Pace, next_letters, wait_for_turn
from kstthc_training.outbox.path import keep_steps, step
from kstthc_training.outbox.queries import letter_is_paused

Row = TypeVar("Row", Message, Job)

LEASE = timedelta(seconds=45)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
LETTER_GIVEN_UP_AFTER = timedelta(days=3)
MOST_TRIES = 10
SILENT_FORGOTTEN_AFTER = timedelta(minutes=5)
_FREE: dict[str, Any] = {"claimed_by": None, "lease_until": None}
_LONGEST_REASON = 300


def claim(wanted: ColumnElement[bool], table: type[Row], *, worker: str, limit: int, now: datetime) -> Sequence[Row]:
    """Take up to `limit` rows, longest due first, into the hands of `worker` for `LEASE`; two workers never take one row.

    The rows are detached: what is read from them afterwards is what was claimed.
    """
    pick = select(table).where(wanted).order_by(table.run_at, table.id).limit(limit).with_for_update(skip_locked=True)
    rows = db.session.scalars(pick).all()
    for row in rows:
        row.claimed_by, row.lease_until = worker, now + LEASE
        row.tries += 1
        if isinstance(row, Message):
            row.tried_at = now
    db.session.flush()
    for row in rows:
        db.session.expunge(row)
    return rows


def claim_letters(wanted: ColumnElement[bool], *, worker: str, limit: int, pace: Pace, now: datetime) -> Sequence[Message]:
    """Take letters as `claim` does, no more than the pace allows all workers together."""
    if pace.is_limited:
        wait_for_turn()
        wanted = Message.id.in_(next_letters(wanted, pace, limit=limit, now=now)) & wanted
    return claim(wanted, Message, worker=worker, limit=limit, now=now)


def letters_sent(letters: Mapping[Message, str], *, now: datetime) -> None:
    """The mail server has them, whoever else may have taken them meanwhile; each with what the server said."""
    sent = {"state": MessageState.SENT, "sent_at": now, "last_error": None, **_FREE}
    db.session.execute(update(Message).where(Message.id.in_([each.id for each in letters])).values(**sent))
    keep_steps(step(each.id, PathStep.TAKEN, at=now, said=said) for each, said in letters.items())


def job_done(job: Job, *, now: datetime) -> None:
    """The handler came to its end."""
    done = {"state": JobState.DONE, "done_at": now, "last_error": None, **_FREE}
    db.session.execute(update(Job).where(Job.id == job.id).values(**done))


def refuse_letter(letter: Message, *, reason: str, now: datetime) -> None:
    """It will never be taken; `reason` is kept for whoever can mend it."""
    if _settle(letter, state=MessageState.FAILED, last_error=reason[:_LONGEST_REASON]):
        keep_steps([step(letter.id, PathStep.REFUSED, at=now, said=reason)])


def pause_letter(letter: Message, *, reason: str, now: datetime) -> None:
    """Try later: the pause is the letter's age, from a minute to four hours; after three days it is given up."""
    age = now - (letter.due_at or letter.created_at)
    values: dict[str, Any]
    if age >= LETTER_GIVEN_UP_AFTER:
        values, what, until = {"state": MessageState.FAILED}, PathStep.GIVEN_UP, None
    else:
        until = now + min(max(age, SHORTEST_PAUSE), LONGEST_PAUSE)
        values, what = {"run_at": until}, PathStep.PUT_OFF
    if _settle(letter, last_error=reason[:_LONGEST_REASON], **values):
        keep_steps([step(letter.id, what, at=now, said=reason, until=until)])


def give_up_job(job: Job, *, reason: str) -> None:
    """It failed for good; `reason` is kept for administrators."""
    _settle(job, state=JobState.FAILED, last_error=reason[:_LONGEST_REASON])


def pause_job(job: Job, *, reason: str, now: datetime) -> None:
    """Try again after one minute, two, four … up to four hours; the tenth failure is the last."""
    if job.tries >= MOST_TRIES:
        give_up_job(job, reason=reason)
    else:
        pause = min(SHORTEST_PAUSE * 2 ** (job.tries - 1), LONGEST_PAUSE)
        _settle(job, run_at=now + pause, last_error=reason[:_LONGEST_REASON])


def put_back(rows: Collection[Row]) -> None:
    """Lay down what was taken and not tried: it is due as before, and no try is counted, for the pace neither."""
    for row in rows:
        untried: dict[str, Any] = {"tried_at": None} if isinstance(row, Message) else {}
        _settle(row, tries=row.tries - 1, **untried)


def hasten_paused_letters(*, now: datetime) -> int:
    """A letter got through that had not before: all that wait for their next try are due now; answers how many."""
    hastened = update(Message).where(letter_is_paused(now)).values(run_at=now).returning(Message.id)
    return len(db.session.execute(hastened).all())


def renew_leases(table: type[Row], ids: Collection[int], *, worker: str, now: datetime) -> None:
    """Say that `worker` still has these in hand."""
    held = table.id.in_(ids) & (table.claimed_by == worker) & (table.state == _waiting(table))
    db.session.execute(update(table).where(held).values(lease_until=now + LEASE))


def find_lost(*, now: datetime) -> int:
    """Free what workers held that no longer renew their leases; a job that ended ten workers fails. Answers how many."""
    lost_letters = (Message.state == MessageState.WAITING) & (Message.lease_until <= now)
    lost_jobs = (Job.state == JobState.WAITING) & (Job.lease_until <= now)
    values = {"last_error": KnownTrouble.WORKER_LOST, **_FREE}
    letters = db.session.scalars(update(Message).where(lost_letters).values(**values).returning(Message.id)).all()
    keep_steps(step(letter_id, PathStep.INTERRUPTED, at=now) for letter_id in letters)
    statements = (
        update(Job).where(lost_jobs, Job.tries >= MOST_TRIES).values(state=JobState.FAILED, **values).returning(Job.id),
        update(Job).where(lost_jobs).values(**values).returning(Job.id),
    )
    return len(letters) + sum(len(db.session.execute(statement).all()) for statement in statements)


def see_worker(*, worker: str, trouble: str | None, now: datetime) -> None:
    """Note that `worker` lives, and why its line to the mail server fails, None when it does not; forget the silent ones."""
    row = {"name": worker, "started_at": now, "seen_at": now}
    db.session.execute(added_once(Worker, row))
    db.session.execute(update(Worker).where(Worker.name == worker).values(seen_at=now, line_trouble=trouble))
    db.session.execute(delete(Worker).where(Worker.seen_at < now - SILENT_FORGOTTEN_AFTER))


def leave(*, worker: str) -> None:
    """`worker` ends in order: what it still holds is free at once."""
    for table in (Message, Job):
        held = (table.claimed_by == worker) & (table.state == _waiting(table))
        db.session.execute(update(table).where(held).values(**_FREE))
    db.session.execute(delete(Worker).where(Worker.name == worker))


def erase_bodies(*, sent_before: datetime, failed_before: datetime) -> list[str]:
    """Erase the texts of letters whose time is over; answers their Message-IDs."""
    sent = (Message.state == MessageState.SENT) & (Message.sent_at < sent_before)
    bounced = (Message.state == MessageState.BOUNCED) & (Message.sent_at < failed_before)
    failed = Message.state.in_((MessageState.FAILED, MessageState.DISCARDED)) & (Message.run_at < failed_before)
    erased: list[str] = []
    for over in (sent, bounced, failed):
        erase = update(Message).where(over, Message.body.is_not(None)).values(body=None, calendar=None)
        erased += db.session.scalars(erase.returning(Message.message_id))
    return erased


def forget_done_jobs(*, done_before: datetime) -> int:
    """Remove jobs that came to their end long ago; what failed stays until somebody has looked. Answers how many."""
    over = (Job.state == JobState.DONE) & (Job.done_at < done_before)
    return len(db.session.execute(delete(Job).where(over).returning(Job.id)).all())


def _settle(row: Row, **values: Any) -> bool:
    """Lay down a row with new values, if it is still in the hands of the worker that took it; whether it was."""
    table = type(row)
    mine = (table.id == row.id) & (table.claimed_by == row.claimed_by)
    return bool(db.session.scalars(update(table).where(mine).values(**values, **_FREE).returning(table.id)).all())


def _waiting(table: type[Message] | type[Job]) -> MessageState | JobState:
    return MessageState.WAITING if table is Message else JobState.WAITING
