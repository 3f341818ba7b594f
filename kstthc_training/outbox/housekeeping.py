"""What a worker does beside carrying and running: says that it lives, finds what was lost, plans each day's jobs, erases."""

import logging
import time
from datetime import date, datetime, timedelta

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queue, service
from kstthc_training.outbox.delivery import MaildirCarrier
from kstthc_training.outbox.job_round import JobRound
from kstthc_training.outbox.letter_round import LetterRound
from kstthc_training.outbox.models import Job, Message
from kstthc_training.outbox.wiring import Wiring

log = logging.getLogger(__name__)

BEAT_EVERY = 15.0  # seconds; three in a lease
ERASE_EVERY = 3600.0
SENT_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=30)
DONE_KEPT = timedelta(days=14)


class Housekeeping:
    """The chores of one worker, beside its letters and jobs."""

    def __init__(self, config: Config, wiring: Wiring, letters: LetterRound, jobs: JobRound, *, worker: str) -> None:
        self._config, self._wiring, self._worker = config, wiring, worker
        self._letters, self._jobs = letters, jobs
        self._beats_at = self._erases_at = 0.0
        self._planned: set[tuple[str, date]] = set()

    def turn(self) -> None:
        """Do what its hour has come for."""
        now, tick = clock.now(), time.monotonic()
        if tick >= self._beats_at:
            self._beats_at = tick + BEAT_EVERY
            self._beat(now)
            self._plan_day(now)
        if tick >= self._erases_at:
            self._erases_at = tick + ERASE_EVERY
            self._erase(now)

    def _beat(self, now: datetime) -> None:
        with unit_of_work():
            queue.renew_leases(Message, self._letters.in_hand, worker=self._worker, now=now)
            queue.renew_leases(Job, self._jobs.in_hand, worker=self._worker, now=now)
            queue.see_worker(worker=self._worker, trouble=self._letters.trouble, now=now)
            lost = queue.find_lost(now=now)
        if lost:
            log.warning("%s letters and jobs of workers that ended wait again", lost)

    def _plan_day(self, now: datetime) -> None:
        today = clock.local_date(now)
        due = {kind: at for kind, hour in self._wiring.daily.items() if (at := clock.at_local(today, hour)) <= now}
        new = {kind: at for kind, at in due.items() if (kind, today) not in self._planned}
        if not new:
            return
        with unit_of_work():
            for kind, at in new.items():
                day = today.isoformat()
                service.plan_job(kind=kind, key=f"{kind}:{day}", payload={"day": day}, run_at=at, now=now)
        self._planned = {(kind, today) for kind in due}

    def _erase(self, now: datetime) -> None:
        with unit_of_work():
            erased = queue.erase_bodies(sent_before=now - SENT_KEPT, failed_before=now - FAILED_KEPT)
            queue.forget_done_jobs(done_before=now - DONE_KEPT)
        box = MaildirCarrier(self._config.maildir)
        for message_id in erased:
            box.discard(message_id)
