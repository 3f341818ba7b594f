"""The product as a process tree of its own, for tests that start, ask, kill and end it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from tests.support.databases import SECRET

ROOT = Path(__file__).resolve().parents[2]


class Product:
    """One start of `python -m kstthc_training.serve`, in real use's settings, on a free port and a folder of its own."""

    def __init__(self, folder: Path, *arguments: str, port: int = 0, **settings: str) -> None:
        self.port = port or free_port()
        self.folder = folder
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
        environment |= {
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "SETTINGS_FILE": os.devnull,
            "ENVIRONMENT": "production",
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": "https://hop.example",
            **settings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kstthc_training.serve", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.tree = psutil.Process(self.process.pid)

    def children(self) -> list[psutil.Process]:
        """Every process below the first."""
        with suppress(psutil.NoSuchProcess):
            return self.tree.children(recursive=True)
        return []

    def web(self) -> psutil.Process | None:
        """The process that listens, if one does."""
        return next((child for child in self.children() if self._listens(child)), None)

    def worker(self) -> psutil.Process | None:
        """The spawned process that does not listen."""
        spawned = [child for child in self.children() if "spawn_main" in " ".join(_command(child))]
        return next((child for child in spawned if not self._listens(child)), None)

    def _listens(self, process: psutil.Process) -> bool:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            return any(each.laddr.port == self.port for each in process.net_connections() if each.status == "LISTEN")
        return False

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer, 0 when there is none."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                line.sendall(f"GET {path} HTTP/1.0\r\nHost: hop.example\r\n\r\n".encode())
                answer = b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            return 0, b""
        head, _, body = answer.partition(b"\r\n\r\n")
        return (int(head.split()[1]) if head else 0), body

    def answers(self) -> bool:
        """Whether it says that it is alive."""
        return self.get("/healthz") == (200, b"ok")

    def is_ready(self) -> bool:
        """Whether it says that it can do all its work."""
        return self.get("/readyz")[0] == 200

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and wait: its exit code."""
        self.process.send_signal(number)
        return self.process.wait(15)

    def outcome(self, seconds: float = 60) -> tuple[int, str, str]:
        """Exit code, what it said and what it complained of, when it has ended by itself."""
        said, complained = self.process.communicate(timeout=seconds)
        return self.process.returncode, said, complained

    def kill(self) -> None:
        """End everything that is left, whatever its state."""
        left = [*self.children(), self.tree]
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.communicate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(happens: Callable[[], object], seconds: float) -> bool:
    """Whether it happens within so many seconds."""
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def are_gone(processes: list[psutil.Process], seconds: float = 3) -> bool:
    """Whether all of them end within so many seconds."""
    return not psutil.wait_procs(processes, timeout=seconds)[1]


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return process.cmdline()
    return []
