"""A PostgreSQL server of the tests' own: a temporary folder, a socket only its owner reaches, gone when its owner ends.

A keeper process holds the server. It lives as long as a pipe from the process that called `start()`: when that process
ends, whatever the way (finished, interrupted, killed), the pipe closes, the keeper stops the server and removes the folder.
The name of the folder stands in the environment, so that processes started later (the workers of one test run, web and
job processes of a journey) share the one server.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

OLDEST = 13
FOLDER_VARIABLE = "TEST_POSTGRES_FOLDER"
USER = "kstthc"
SECONDS_TO_START = 60
ROOT = Path(__file__).resolve().parents[2]

# Trust is enough: the only way in is the socket, in a folder that only its owner may enter.
INITDB_OPTIONS = ("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")

# Nothing here outlives a run, so nothing waits for a disk. The zone is the one servers in the province have.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_parallel_workers_per_gather": "0",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_timezone": "UTC",
}


class PostgresMissing(Exception):
    """No PostgreSQL server of version 13 or later is installed."""


_keepers: list[subprocess.Popen[str]] = []


def programs() -> Path:
    """The folder with `initdb` and `postgres` of the newest version found, 13 or later."""
    found = [(version, folder) for folder in _folders() if (version := _version(folder)) >= OLDEST]
    if not found:
        raise PostgresMissing(f"PostgreSQL {OLDEST} or later is missing. On Debian: sudo apt-get install postgresql")
    return max(found)[1]


def _folders() -> set[Path]:
    on_path = shutil.which("postgres")
    folders = set(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path:
        folders.add(Path(on_path).resolve().parent)
    return {folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()}


def _version(folder: Path) -> int:
    # "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    digits = said.partition("(PostgreSQL) ")[2].partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def start() -> None:
    """Make sure that a server runs for this process and those it starts from now on."""
    if os.environ.get(FOLDER_VARIABLE):
        return
    keeper = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C reaches the tests; the keeper ends after them
    )
    _keepers.append(keeper)
    atexit.register(stop)
    folder = keeper.stdout.readline().strip() if keeper.stdout else ""
    if not folder:
        stop()
        raise RuntimeError("The PostgreSQL server of the tests did not start: its reason stands above.")
    os.environ[FOLDER_VARIABLE] = folder


def stop() -> None:
    """End the server that this process started; one that another process started stays."""
    while _keepers:
        keeper = _keepers.pop()
        os.environ.pop(FOLDER_VARIABLE, None)
        keeper.communicate()


def dsn(database: str = "postgres") -> str:
    """The address of a database of the running server, as SQLAlchemy and DATABASE_URL take it."""
    return f"postgresql+psycopg://{USER}@/{database}?host={os.environ[FOLDER_VARIABLE]}"


def keep() -> None:
    """Run a server in a new folder until standard input closes, then stop it and remove the folder."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(1))
    binaries = programs()
    identity = _identity()
    # Root's own temporary folder may be closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="kstthc-pg-", dir="/tmp" if identity else None))
    server = None
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        _create(binaries, folder, identity)
        server = _launch(binaries, folder, identity)
        _wait_until_ready(server, folder)
        print(folder, flush=True)
        sys.stdin.read()
    finally:
        if server:
            _end(server)
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any]:
    """How to start a process as an ordinary user: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _create(binaries: Path, folder: Path, identity: dict[str, Any]) -> None:
    made = subprocess.run(
        [binaries / "initdb", "--pgdata", folder / "data", "--username", USER, *INITDB_OPTIONS],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **identity,
    )
    if made.returncode:
        raise RuntimeError(f"initdb: {made.stderr.strip()}")


def _launch(binaries: Path, folder: Path, identity: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-k", folder, *settings],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **identity,
        )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    # The eighth line of postmaster.pid is what pg_ctl itself waits for.
    status = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.02)
    raise RuntimeError(f"postgres: {(folder / 'log').read_text(encoding='utf-8', errors='replace').strip()}")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": sessions are cut, the server ends in order
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)


if __name__ == "__main__":
    try:
        keep()
    except (PostgresMissing, RuntimeError, OSError) as failure:
        sys.exit(str(failure))
