"""The same mark arriving many times at once, from several processes, is one mark with one answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.db import db
from tests.attendance.doors import sessions_of
from tests.support.databases import SECRET
from tests.support.factories import make_event, make_registration

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, PRESSES = 4, 5

pytestmark = pytest.mark.race


def press_from_all_doors(folder, *, nonce):
    """Four processes press the same cell five times each; all answers together, and how many marks there are."""
    event = make_event()
    registration = make_registration(event)
    session = sessions_of(event)[0]
    db.session.rollback()
    reach = {"DATA_DIR": str(folder), "DATABASE_URL": db.engine.url.render_as_string(hide_password=False)}
    environment = {**os.environ, **reach, "SECRET_KEY": SECRET, "SETTINGS_FILE": os.devnull}
    orders = map(str, (event.id, session.id, registration.id, session.starts_at.isoformat(), PRESSES, nonce))
    command = [sys.executable, "-m", "tests.attendance.presser", *orders]
    doors = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    answers = [word for door in doors for word in door.communicate(timeout=90)[0].split()]
    assert [door.returncode for door in doors] == [0] * PROCESSES
    db.session.rollback()
    return answers, db.session.scalar(select(func.count()).select_from(Mark))


def test_one_nonce_twenty_times_at_once_is_one_mark_and_one_answer(app, tmp_path):
    answers, marks = press_from_all_doors(tmp_path, nonce="the same for all of them")
    assert answers == ["present"] * PROCESSES * PRESSES
    assert marks == 1


def test_presses_with_nonces_of_their_own_are_marks_of_their_own_and_one_presence(app, tmp_path):
    _answers, marks = press_from_all_doors(tmp_path, nonce="")
    assert marks == PROCESSES * PRESSES
    latest = db.session.scalar(select(func.max(Mark.id)))
    assert db.session.scalars(select(Presence.mark_id)).all() == [latest]
