"""Killed between any two steps, or two at once: every letter is taken once, and what it says is done once."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState
from kstthc_training.registrations.enums import RegistrationState
from tests.calendars.answering import mail_of, registration, seated
from tests.inbox.boxes import taken
from tests.support import databases
from tests.support.factories import make_event

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    "keep",
    "settle_box",
    "settled_box",
    "note_read",
    "noted",
    "settle",
    "settled_but_not_committed",
    "committed",
)

# A worker's hand at the mailbox that dies at one step, as a power cut would have it.
PROCESS = """
import os, signal, sys, threading, time
from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.inbox import round, service
from kstthc_training.inbox.maildir import MaildirBox

def dying(owner, name, before, after):
    real = getattr(owner, name)
    def step(*args, **kwargs):
        if os.environ["DIES_AT"] == before:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*args, **kwargs)
        if os.environ["DIES_AT"] == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(owner, name, step)

dying(service, "keep", "keep", "-")
dying(MaildirBox, "settle", "settle_box", "settled_box")
dying(service, "note_read", "note_read", "-")
dying(service, "settle", "settle", "settled_but_not_committed")
dying(round.InboxRound, "_note_read", "-", "noted")
dying(round.InboxRound, "_settle", "-", "committed")
settings = config.load()
hand = round.InboxRound(settings, stopping=threading.Event())
with create_app(settings).app_context():
    for _turn in range(int(sys.argv[1])):
        hand.turn()
        time.sleep(0.3)
"""


def environment(app: Flask, folder: Path, dies_at: str = "") -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": app.config["SETTINGS"].database_url, "DATA_DIR": str(folder), "LOG_LEVEL": "ERROR",
        "SECRET_KEY": databases.SECRET, "SETTINGS_FILE": os.devnull, "MAIL_READ_SECONDS": "1", "DIES_AT": dies_at,
    }  # fmt: skip


def started(app: Flask, folder: Path, dies_at: str = "", turns: int = 6) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", PROCESS, str(turns)]
    return subprocess.Popen(command, cwd=ROOT, env=environment(app, folder, dies_at))


def next_month() -> datetime:
    """A month from the time that other processes read."""
    return datetime.fromtimestamp(time.time(), UTC).replace(microsecond=0) + timedelta(days=30)


def acts(action: str) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)) or 0


@pytest.mark.race
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_answer_is_taken_and_done_once(app: Flask, tmp_path: Path, step: str) -> None:
    event = make_event(starts_at=next_month(), capacity=1)
    person, next_one = seated(event), seated(event)
    new = tmp_path / "mail-in" / "new"
    new.mkdir(parents=True)
    (new / "1.test").write_bytes(mail_of(event, person))

    killed = started(app, tmp_path, step)
    killed.wait(60)
    again = started(app, tmp_path)
    again.wait(60)

    assert (killed.returncode, again.returncode) == (-9, 0)
    assert [row.state for row in taken()] == [MailState.HANDLED]
    found = [registration(event, each) for each in (person, next_one)]
    assert [each and each.state for each in found] == [RegistrationState.CANCELLED, RegistrationState.CONFIRMED]
    assert (acts("registration.cancelled"), acts("calendar.answered")) == (1, 1)
    assert list(new.iterdir()) == []


@pytest.mark.race
def test_workers_that_read_at_once_take_each_letter_once(app: Flask, tmp_path: Path) -> None:
    event = make_event(starts_at=next_month())
    people = [seated(event) for _ in range(8)]
    new = tmp_path / "mail-in" / "new"
    new.mkdir(parents=True)
    for number, person in enumerate(people):
        (new / f"{number}.test").write_bytes(mail_of(event, person))

    workers = [started(app, tmp_path, turns=12) for _ in range(3)]
    for worker in workers:
        worker.wait(90)

    assert [row.state for row in taken()] == [MailState.HANDLED] * len(people)
    assert acts("registration.cancelled") == len(people)
