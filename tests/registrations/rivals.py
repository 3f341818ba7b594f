"""Clients in processes of their own that all start at one instant; also ones that read before they write."""

import multiprocessing
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update

from kstthc_training import clock
from kstthc_training.application import create_app
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.ids import typed_code
from kstthc_training.people.models import Account
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from tests.nominations.digest_rivals import DIGEST_ACTS
from tests.nominations.naming_rivals import NAMING_ACTS
from tests.registrations.fair_rivals import FAIR_ACTS, READING_TAKES, Act
from tests.registrations.guest_rivals import GUEST_ACTS
from tests.reminders.reminding_rivals import REMINDING_ACTS
from tests.support.browser import CheckingClient, sign_in
from tests.support.databases import settings_for

PROCESSES = 4
PATIENCE = 120
CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED

Job = tuple[str, dict[str, Any]]


def product_at(address: str, folder: Path) -> Flask:
    """The product on the database at an address."""
    return create_app(settings_for(folder, DATABASE_URL=address))


class Rivals:
    """Four processes that stay, so that starting them costs once; use as a context."""

    def __enter__(self) -> "Rivals":
        spawning = multiprocessing.get_context("spawn")
        self._answers = spawning.Queue()
        self._tasks = [spawning.Queue() for _ in range(PROCESSES)]
        self._start = spawning.Barrier(PROCESSES)
        self._processes = [
            spawning.Process(target=_work, args=(tasks, self._start, self._answers), daemon=True) for tasks in self._tasks
        ]
        for process in self._processes:
            process.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        for tasks in self._tasks:
            tasks.put(None)
        for process in self._processes:
            process.join(PATIENCE)

    def run(self, address: str, folder: Path, jobs: Sequence[Job]) -> list[str]:
        """Do the jobs at one instant, with as many threads as needed; the answers in the order of the jobs."""
        numbered = list(enumerate(jobs))
        for number, tasks in enumerate(self._tasks):
            tasks.put((address, str(folder), numbered[number::PROCESSES]))
        found = dict(self._answers.get(timeout=PATIENCE) for _ in jobs)
        return [found[number] for number, _job in numbered]


def _work(tasks: Any, start: Any, answers: Any) -> None:
    """One process: it makes its clients ready, waits for the other processes, and lets all clients go at once."""
    while (task := tasks.get()) is not None:
        address, folder, jobs = task
        product = product_at(address, Path(folder))
        go = threading.Barrier(len(jobs) + 1)
        with ThreadPoolExecutor(len(jobs) + 1) as threads:
            for number, job in jobs:
                threads.submit(_report, number, answers, product, job, go)
            _meet(start, go)
        with product.app_context():
            db.engine.dispose()


def _meet(start: Any, go: threading.Barrier) -> None:
    while go.n_waiting < go.parties - 1:
        time.sleep(0.001)
    start.wait(PATIENCE)
    go.wait(PATIENCE)


def _report(number: int, answers: Any, product: Flask, job: Job, go: threading.Barrier) -> None:
    answers.put((number, _answer(product, job, go)))


def _answer(product: Flask, job: Job, go: threading.Barrier) -> str:
    kind, facts = job
    try:
        with product.app_context():
            act = ACTS[kind](product, **facts)
            db.session.remove()
            go.wait(PATIENCE)
            return act()
    except Exception:
        go.abort()
        return f"error: {traceback.format_exc()}"


def _press(product: Flask, account_id: int, address: str, data: dict[str, Any] | None = None) -> Act:
    """Press the button of a page in a browser that is signed in."""
    client = sign_in(CheckingClient(product), db.session.get_one(Account, account_id))

    def act() -> str:
        answer = client.post(address, data=data)
        return f"{answer.status_code} {answer.headers.get('Location', '')}"

    return act


def _cancel(_product: Flask, actor: Any, registration_id: int) -> Act:
    def act() -> str:
        with unit_of_work() as session:
            row = session.get_one(Registration, registration_id)
            service.cancel(actor=actor, registration=row, reason="", now=clock.now())
        return "done"

    return act


def _resize(_product: Flask, actor: Any, event_id: int, capacity: int) -> Act:
    def act() -> str:
        with unit_of_work() as session:
            event = session.get_one(Event, event_id)
            service.set_capacity(actor=actor, event=event, capacity=capacity, now=clock.now())
        return "done"

    return act


def _unguarded_register(_product: Flask, event_id: int, person_id: int) -> Act:
    """What a check before a write does: read how many are seated, decide, then write."""

    def act() -> str:
        seated = select(func.count()).where(Registration.event_id == event_id, Registration.state == CONFIRMED)
        pool = select(SeatPool.capacity, SeatPool.queue_last).where(SeatPool.event_id == event_id)
        taken, (capacity, last) = db.session.execute(seated).scalar_one(), db.session.execute(pool).one()
        db.session.rollback()
        time.sleep(READING_TAKES)
        full = taken >= capacity
        with unit_of_work() as session:
            session.execute(
                insert(Registration).values(
                    event_id=event_id, person_id=person_id, source=RegistrationSource.SELF,
                    state=WAITING if full else CONFIRMED, holds_seat=not full, queue_number=last + 1 if full else None,
                    registered_at=clock.now(), changed_at=clock.now(), ticket_code=typed_code(),
                )
            )  # fmt: skip
            written = {"queue_last": last + 1} if full else {"taken": taken + 1}
            session.execute(update(SeatPool).where(SeatPool.event_id == event_id).values(**written))
        return "done"

    return act


def _unguarded_cancel(_product: Flask, event_id: int, registration_id: int) -> Act:
    """Read who waits longest, then write that he has the seat."""

    def act() -> str:
        waiting = select(Registration.id).where(Registration.event_id == event_id, Registration.state == WAITING)
        first = db.session.scalars(waiting.order_by(Registration.queue_number).limit(1)).first()
        db.session.rollback()
        time.sleep(READING_TAKES)
        with unit_of_work() as session:
            _write_state(session, registration_id, CANCELLED)
            _write_state(session, first, CONFIRMED)
        return "done"

    return act


def _write_state(session: Any, registration_id: int | None, state: RegistrationState) -> None:
    row = update(Registration).where(Registration.id == registration_id)
    session.execute(row.values(state=state, holds_seat=state is CONFIRMED, queue_number=None, changed_at=clock.now()))


ACTS: dict[str, Callable[..., Act]] = {
    "press": _press,
    "cancel": _cancel,
    "resize": _resize,
    "unguarded register": _unguarded_register,
    "unguarded cancel": _unguarded_cancel,
    **FAIR_ACTS,
    **NAMING_ACTS,
    **GUEST_ACTS,
    **REMINDING_ACTS,
    **DIGEST_ACTS,
}
