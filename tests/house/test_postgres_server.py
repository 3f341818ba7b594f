"""The PostgreSQL server that the tests start for themselves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support import postgres

OWNER = """
import sys
from tests.support import postgres
postgres.start()
print(postgres.dsn(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owner() -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if name != postgres.FOLDER_VARIABLE}
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=postgres.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    process.kill()
    process.communicate()


def gone_within(folder: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_server_answers_and_ends_with_its_owner(owner: subprocess.Popen[str], ending: signal.Signals) -> None:
    assert owner.stdout
    dsn = owner.stdout.readline().strip()
    folder = Path(dsn.partition("host=")[2])
    engine = create_engine(dsn)
    with engine.connect() as connection:
        version = int(connection.scalar(text("SHOW server_version_num")) or 0)
        encoding = connection.scalar(text("SHOW server_encoding"))
    engine.dispose()
    mode = folder.stat().st_mode

    os.killpg(owner.pid, ending)
    owner.wait()

    assert version >= postgres.OLDEST * 10000
    assert encoding == "UTF8"
    assert mode & 0o077 == 0
    assert gone_within(folder, 15)


def add_server(folder: Path, version: str) -> None:
    for name in ("initdb", "postgres"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)


def test_newest_server_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_server(tmp_path, "99.1 (Debian 99.1-1)")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    assert postgres.programs() == tmp_path


def test_server_too_old_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = postgres.programs()
    add_server(tmp_path, "12.22")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    assert postgres.programs() == installed
