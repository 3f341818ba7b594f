"""What became of the letters and jobs that the verbs wrote: most went out, one event's are held, and three met trouble."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from flask import current_app
from sqlalchemy import delete, select

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.events.service import TIMED
from kstthc_training.outbox import queue
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.housekeeping import SENT_KEPT
from kstthc_training.outbox.models import Job, Message
from kstthc_training.outbox.path import keep_steps, step
from kstthc_training.outbox.queries import is_held_by_hold
from kstthc_training.outbox.service import hold_letters
from kstthc_training.reminders.service import plan_all
from kstthc_training.sample.admission import RuleWord
from kstthc_training.sample.deciding import LATE
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_CARRIED_IN = timedelta(seconds=20)
_TAKEN, _REFUSED = "250 2.0.0 Ok: queued as {number:010X}", "550 5.7.1 <{recipient}>: Message rejected by content policy"
_DEFERRED = "451 4.7.1 <{recipient}>: Greylisting in action, please come back later"
_CLERK = "mau"  # in whose hands the letters are that no worker carried
_TRIED_UNTIL = time(7, 0)
_HELD_BEFORE = LATE + timedelta(minutes=10)
_HELD_WHY = "Chờ Phó Chánh Văn phòng xem danh sách được duyệt rồi mới báo"
_ALL_HELD_WHY = "Dữ liệu mẫu: địa chỉ trong đó không có thật, thư không ra máy chủ thư"


def keep_in_house() -> None:
    """Where a mail server is set, let no letter go to it: those of the sample are to people who do not exist."""
    if current_app.config["SETTINGS"].smtp_host:
        hold_letters(reason=_ALL_HELD_WHY, account_id=None, now=clock.now())


def hold_decisions(province: Province, made: Sequence[Made]) -> None:
    """What was decided of those who registered at one event is told only when the organizer's superior has seen it."""
    open_ones = (one for one in made if one.planned.rule_word == RuleWord.APPROVAL and one.planned.standing is Standing.OPEN)
    event, organizer, now = next(open_ones).event, province.accounts.organizer, province.midnight - _HELD_BEFORE
    hold_letters(reason=_HELD_WHY, event_id=event.id, account_id=organizer.account_id, now=now)
    record(actor=organizer, action="event.letters_held", subject_type="event", subject_id=event.id, now=now)


def settle_letters(*, now: datetime) -> None:
    """Send what was not tried and not held when it was written; what went long ago keeps neither text nor words."""
    untried = (Message.state == MessageState.WAITING) & (Message.tries == 0)
    free = (Message.created_at < now - _HELD_BEFORE) | ~is_held_by_hold()
    letters = db.session.scalars(select(Message).where(untried, free).order_by(Message.id)).all()
    steps = []
    for letter in letters:
        letter.state, letter.tries, letter.sent_at = MessageState.SENT, 1, letter.created_at + _CARRIED_IN
        is_old = letter.sent_at < now - SENT_KEPT
        if is_old:
            letter.body = letter.calendar = None
        said = "" if is_old else _TAKEN.format(number=letter.id * 7919 + 0x4C0FFEE)
        steps.append(step(letter.id, PathStep.TAKEN, at=letter.sent_at, said=said))
    db.session.flush()
    keep_steps(steps)


def meet_trouble(province: Province, refused: Message, put_off: Message) -> None:
    """Of two letters still to go one is refused for good, the other is put off again and again until this morning."""
    at = _in_hand(refused, refused.created_at + _CARRIED_IN)
    queue.refuse_letter(refused, reason=_REFUSED.format(recipient=refused.recipient), now=at)
    reason, until = _DEFERRED.format(recipient=put_off.recipient), at_local(province.today, _TRIED_UNTIL)
    at = put_off.created_at + _CARRIED_IN
    while at <= until:
        queue.pause_letter(put_off, reason=reason, now=_in_hand(put_off, at))
        db.session.refresh(put_off)
        at = put_off.run_at
    db.session.refresh(refused)


def _in_hand(letter: Message, at: datetime) -> datetime:
    letter.claimed_by, letter.tried_at, letter.tries = _CLERK, at, letter.tries + 1
    db.session.flush()
    return at


def settle_jobs(*, now: datetime) -> None:
    """The times of the events were told, and what reminds of them in the next days is planned, as a worker would have."""
    db.session.execute(delete(Job).where(Job.kind == TIMED, Job.run_at <= now))
    plan_all(now=now)
