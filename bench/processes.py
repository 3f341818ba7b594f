"""The server as `make run` starts it, and what its processes cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60.0


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of an installation in a folder of its own, whatever else is set here."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    return {**kept, "DATA_DIR": str(folder), "SETTINGS_FILE": os.devnull, "LOG_LEVEL": "WARNING", **more}


def run(*arguments: str, folder: Path) -> str:
    """What a command of the product prints, run on the data of a folder."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


@dataclass
class Server:
    """A running server on a folder's data; `started_in` is the seconds from its start to its first answer."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    started_in: float = 0.0

    def __enter__(self) -> "Server":
        """Start it and wait for the first answer."""
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kstthc_training.serve"],
            cwd=ROOT, env=environment(self.folder, PORT=str(self.port)), stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                self.__exit__()
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        self.started_in = time.perf_counter() - began
        self.find_processes()
        return self

    def __exit__(self, *_: object) -> None:
        """End it as Ctrl-C does."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=30)

    def find_processes(self) -> None:
        """Learn which processes there are; by now all of them are."""
        first = psutil.Process(self._process.pid)
        self._pids = [first.pid, *(child.pid for child in first.children(recursive=True))]

    def cpu(self) -> float:
        """Seconds of processor time, user and system, that all processes had so far, to the microsecond."""
        # The clock of another process, as clock_getcpuclockid(3) names it.
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self._pids)

    def memory(self) -> int:
        """Octets of memory of all processes, what they share counted once (PSS)."""
        return sum(psutil.Process(pid).memory_full_info().pss for pid in self._pids)

    def _answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
