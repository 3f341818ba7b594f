"""The worker as a process and its threads: it ends at once, and what a killed one had in hand is found."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.delivery import MaildirCarrier
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.letter_round import NOTED_TOGETHER
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import plan_job
from kstthc_training.outbox.worker import work
from tests.outbox.letters import letter, posted
from tests.support import databases
from tests.support.mail_server import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]

# A worker whose leases are short, so that a test need not wait for them.
PROCESS = """
from datetime import timedelta
from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.outbox import housekeeping, queue
from kstthc_training.outbox.worker import work
from kstthc_training.serve.children import stop_on_signals
queue.LEASE, housekeeping.BEAT_EVERY = timedelta(seconds=1), 0.2
work(create_app(config.load()), stop_on_signals())
"""


def eventually(happens: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        db.session.rollback()  # what others committed meanwhile
        if happens():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def running(app: Flask) -> Iterator[threading.Event]:
    """A worker in this process, on the database of the test."""
    stopping = threading.Event()
    thread = threading.Thread(target=work, args=(app, stopping), daemon=True)
    thread.start()
    yield stopping
    stopping.set()
    thread.join(5)


def test_worker_carries_letters_and_runs_jobs_as_they_come(app: Flask, running: threading.Event) -> None:
    assert eventually(queries.worker_seen_at)
    posted_id = posted()
    with unit_of_work():
        plan_job(kind="unheard-of", key="1", payload={}, run_at=letter(posted_id).run_at, now=letter(posted_id).run_at)

    assert eventually(lambda: letter(posted_id).state is MessageState.SENT)
    assert eventually(queries.failed_jobs)
    mail = MaildirCarrier(app.config["SETTINGS"].maildir).path(letter(posted_id).message_id)
    assert "Xác nhận đăng ký" in str(message_from_bytes(mail.read_bytes(), policy=default)["Subject"])


def test_worker_that_ends_in_order_is_no_longer_listed(running: threading.Event) -> None:
    assert eventually(queries.workers)

    running.set()

    assert eventually(lambda: not queries.workers(), seconds=2)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as listening_server:
        yield listening_server


class Workers:
    """Worker processes on a database of their own."""

    def __init__(self, address: str, folder: Path, server: MailServer) -> None:
        self.address = address
        self.environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DATA_DIR": str(folder),
            "SECRET_KEY": databases.SECRET,
            "SETTINGS_FILE": os.devnull,
            "SMTP_HOST": server.address[0],
            "SMTP_PORT": str(server.address[1]),
            "LOG_LEVEL": "ERROR",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        self.processes.append(subprocess.Popen([sys.executable, "-c", PROCESS], cwd=ROOT, env=self.environment))
        return self.processes[-1]


@pytest.fixture
def workers(
    app: Flask, engine_name: str, server: MailServer, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workers]:
    """Worker processes on the database of the test, all ended afterwards."""
    url = app.config["SETTINGS"].database_url
    made = Workers(url, tmp_path, server)
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


@pytest.mark.race
def test_nothing_is_lost_when_a_worker_is_killed_between_claim_and_done(workers: Workers, server: MailServer) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(5)]
    server.manner = "hang"
    first = workers.start()
    assert server.got_data.wait(60)
    in_hand = [letter(n).claimed_by is not None for n in ids]

    first.kill()
    first.wait()
    server.manner = "take"
    workers.start()

    assert in_hand == [True] * 5
    assert eventually(lambda: all(letter(n).state is MessageState.SENT for n in ids))
    assert sorted(mail["Message-ID"] for mail in server.taken) == sorted(letter(n).message_id for n in ids)


@pytest.mark.race
def test_killed_at_any_moment_every_letter_arrives_and_a_repeat_is_the_same(workers: Workers, server: MailServer) -> None:
    ids = [posted(f"{n}@mau.example", body=f"Thư {n}") for n in range(60)]
    for more in range(3):
        process = workers.start()
        goal = len(server.octets) + 5 + more
        eventually(lambda goal=goal: len(server.octets) >= goal)  # type: ignore[misc]
        process.kill()
        process.wait()

    workers.start()

    assert eventually(lambda: all(letter(n).state is MessageState.SENT for n in ids), seconds=60)
    by_id: dict[str, set[bytes]] = {}
    for mail, octets in zip(server.taken, server.octets, strict=True):
        by_id.setdefault(str(mail["Message-ID"]), set()).add(octets)
    assert set(by_id) == {letter(n).message_id for n in ids}
    assert {len(different) for different in by_id.values()} == {1}
    assert len(server.octets) <= 60 + 3 * (NOTED_TOGETHER + 1)  # what was not written down yet, and that on the line


@pytest.mark.race
def test_workers_that_claim_at_once_never_get_one_letter_twice(app: Flask, now: datetime) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(90)]
    start, claims = threading.Barrier(3), list[int]()

    def claim_all(name: str) -> None:
        start.wait()
        while taken := claim_some(name):
            claims.extend(taken)

    def claim_some(name: str) -> list[int]:
        with app.app_context(), unit_of_work():
            due = queries.letter_is_due(now)
            return [each.id for each in queue.claim(due, Message, worker=name, limit=3, now=now)]

    hands = [threading.Thread(target=claim_all, args=(str(n),)) for n in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert sorted(claims) == ids


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_at_once_on_a_signal_even_while_the_mail_server_hangs(
    workers: Workers, server: MailServer, number: signal.Signals
) -> None:
    posted()
    server.manner = "hang"
    process = workers.start()
    assert server.got_data.wait(60)

    began = time.monotonic()
    process.send_signal(number)
    process.wait(10)

    assert time.monotonic() - began < 6  # a second on a quiet machine; the mail server would be waited for twenty
    assert process.returncode == 0


def test_worker_outlives_a_database_that_does_not_answer(
    workers: Workers, engine_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine_name == "sqlite":
        return
    process = workers.start()
    assert eventually(queries.workers)
    seen = queries.worker_seen_at()
    db.session.rollback()
    engine = create_engine(workers.address)
    with engine.connect() as connection:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
    engine.dispose()

    assert eventually(lambda: (queries.worker_seen_at() or seen) > seen)  # type: ignore[operator]
    assert process.poll() is None
