"""What proxies and supervisors ask."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queue
from kstthc_training.web.migrations import newest
from tests.support.browser import CheckingClient
from tests.support.statements import Statements


def test_alive_is_two_octets_for_anyone_without_database_or_cookie(
    client: CheckingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with statements() as seen:
        answer = client.get("/healthz")

    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"ok", "text/plain")
    assert (len(seen), answer.headers.getlist("Set-Cookie")) == (0, [])


@pytest.fixture
def worker(now: datetime) -> None:
    with unit_of_work():
        queue.see_worker(worker="one", trouble=None, now=now)


def test_ready_when_the_database_is_migrated_and_a_worker_lives(client: CheckingClient, worker: None) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"database": True, "migrations": True, "worker": True})
    assert answer.headers.getlist("Set-Cookie") == []


def test_not_ready_without_a_worker(client: CheckingClient) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"database": True, "migrations": True, "worker": False})


@pytest.mark.parametrize(("seconds", "status"), [(59.9, 200), (60, 503)])
def test_worker_counts_as_alive_for_a_minute(
    client: CheckingClient, worker: None, now: datetime, seconds: float, status: int
) -> None:
    with clock.frozen(now + timedelta(seconds=seconds)):
        assert client.get("/readyz").status_code == status


@pytest.mark.parametrize("version", ["0001", "9999"])
def test_not_ready_before_the_last_migration_nor_after_one_that_is_unknown(
    client: CheckingClient, worker: None, version: str
) -> None:
    with unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})

    assert client.get("/readyz").json == {"database": True, "migrations": False, "worker": True}


def test_not_ready_on_an_empty_database(client: CheckingClient) -> None:
    with unit_of_work() as session:
        session.execute(text("DROP TABLE alembic_version"))
        session.execute(text("DROP TABLE outbox_workers"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"database": True, "migrations": False, "worker": False})


def test_newest_migration_is_the_one_the_library_finds(app: Flask) -> None:
    folder = Path(app.extensions["migrate"].directory)

    assert newest(folder) == set(ScriptDirectory(str(folder)).get_heads())


def test_newest_migrations_of_a_history_that_parts_and_joins(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    for name, down in {"a": "None", "b": "'a'", "c": '"a"', "d": '("b", "c")', "e": "'a'"}.items():
        words = f'"""Step."""\nrevision: str = "{name}"\ndown_revision = {down}\nbranch_labels = None\n'
        (tmp_path / "versions" / f"{name}_step.py").write_text(words)

    assert newest(tmp_path) == {"d", "e"}
