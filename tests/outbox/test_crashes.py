"""A real worker killed by SIGKILL at every step of a letter's way: each letter arrives, and a repeat is the same octets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from kstthc_training.outbox.enums import MessageState
from tests.outbox.letters import letter, posted
from tests.outbox.test_worker import ROOT, eventually
from tests.support import databases
from tests.support.mail_server import MailServer, listening

LETTERS = 12
DIES_AT = 3  # in the middle of a batch

# A worker whose leases are short; at the step that `STEP` names it ends as by a power cut, once `DIES_AT` letters came by.
PROCESS = """
import os, signal, sys
from datetime import timedelta
from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.outbox import composing, delivery, housekeeping, letter_round, queue
from kstthc_training.outbox.worker import work
from kstthc_training.serve.children import stop_on_signals

def dies(before, count):
    seen = []
    def dying(*given, **named):
        seen.append(1)
        if len(seen) >= count:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*given, **named)
    return dying

step = os.environ.get("STEP", "")
if step == "claimed":
    letter_round.LetterRound._carry_batch = dies(letter_round.LetterRound._carry_batch, 1)
elif step == "composing":
    letter_round.compose = dies(letter_round.compose, int(os.environ["DIES_AT"]))
elif step == "before-noting":
    queue.letters_sent = dies(queue.letters_sent, 1)
queue.LEASE, housekeeping.BEAT_EVERY = timedelta(seconds=1), 0.2
letter_round.REST, letter_round.KNOCK_EVERY = 0.2, 0.5
work(create_app(config.load()), stop_on_signals())
"""


class DeadlyServer(MailServer):
    """A mail server at one of whose answers the worker is killed, once."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step, self.seen, self.victim = step, 0, 0

    def _strike(self, step: str) -> None:
        if step == self.step and self.victim:
            self.seen += 1
            if self.seen == (1 if step == "connected" else DIES_AT):
                os.kill(self.victim, signal.SIGKILL)
                time.sleep(0.2)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._strike("connected")
        return responses

    async def handle_MAIL(self, *given: Any) -> str:  # noqa: N802
        self._strike("after-mail")
        return await super().handle_MAIL(*given)

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802
        self._strike("after-rcpt")
        return await super().handle_RCPT(*given)

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(*given)
        self._strike("after-data")  # the server has it, and its answer is never heard
        return answer


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.race
@pytest.mark.parametrize(
    "step", ["claimed", "composing", "connected", "after-mail", "after-rcpt", "after-data", "before-noting"]
)
def test_killed_at_any_step_every_letter_arrives_and_a_repeat_is_the_same(
    app: Flask, tmp_path: Path, started: list[subprocess.Popen[bytes]], step: str
) -> None:
    ids = [posted(f"{n}@mau.example", body=f"Thư {n}") for n in range(LETTERS)]
    server = DeadlyServer(step)
    environment = {
        **os.environ, "DATABASE_URL": app.config["SETTINGS"].database_url, "DATA_DIR": str(tmp_path),
        "SECRET_KEY": databases.SECRET, "SETTINGS_FILE": os.devnull, "SMTP_HOST": server.address[0],
        "SMTP_PORT": str(server.address[1]), "LOG_LEVEL": "ERROR", "DIES_AT": str(DIES_AT),
    }  # fmt: skip

    def start(**more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", PROCESS]
        started.append(subprocess.Popen(command, cwd=ROOT, env={**environment, **more}))
        return started[-1]

    with listening(server):
        first = start(STEP=step)
        server.victim = first.pid
        assert first.wait(120) == -signal.SIGKILL
        server.victim = 0
        start()
        assert eventually(lambda: all(letter(n).state is MessageState.SENT for n in ids), seconds=120)

    by_id: dict[str, set[bytes]] = {}
    for mail, octets in zip(server.taken, server.octets, strict=True):
        by_id.setdefault(str(mail["Message-ID"]), set()).add(octets)
    assert set(by_id) == {letter(n).message_id for n in ids}
    assert {len(different) for different in by_id.values()} == {1}
    repeats = len(server.octets) - LETTERS
    assert repeats > 0 if step in ("after-data", "before-noting") else repeats <= DIES_AT
