"""One turn of the worker at jobs: take one that is due, run its handler, write down what became of it."""

import logging

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.enums import KnownTrouble
from kstthc_training.outbox.models import Job
from kstthc_training.outbox.wiring import JobHandler, Wiring

log = logging.getLogger(__name__)


class JobRound:
    """Jobs in the hands of one worker, one at a time; `in_hand` are the ids whose lease is worth renewing."""

    def __init__(self, wiring: Wiring, *, worker: str) -> None:
        self._wiring, self._worker = wiring, worker
        self.in_hand: tuple[int, ...] = ()

    def turn(self) -> bool:
        """Run one job, if one is due; whether there may be more at once."""
        due = queries.jobs_due(clock.now())
        db.session.rollback()
        job = self._claim() if due else None
        if job is None:
            return False
        try:
            self.in_hand = (job.id,)
            self._run(job)
        finally:
            self.in_hand = ()
        return True

    def _claim(self) -> Job | None:
        now = clock.now()
        with unit_of_work():
            jobs = queue.claim(queries.job_is_due(now), Job, worker=self._worker, limit=1, now=now)
        return jobs[0] if jobs else None

    def _run(self, job: Job) -> None:
        handler = self._wiring.jobs.get(job.kind)
        if handler is None:
            log.error("no handler for jobs of kind %s", job.kind)
            with unit_of_work():
                queue.give_up_job(job, reason=KnownTrouble.NO_HANDLER)
        elif (failure := _failure(handler, job)) is None:
            with unit_of_work():
                queue.job_done(job, now=clock.now())
        else:
            with unit_of_work():
                queue.pause_job(job, reason=f"{type(failure).__name__}: {failure}", now=clock.now())


def _failure(handler: JobHandler, job: Job) -> Exception | None:
    try:
        handler(job.payload, clock.now())
    except Exception as failure:  # whatever a handler raises, the next job must run
        log.exception("job %s of kind %s failed", job.id, job.kind)
        return failure
    finally:
        db.session.rollback()
    return None
