"""Many letters at once to a mail server on this machine, carried by a worker; one is killed half-way."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bench.processes import ROOT, environment, free_port, run

LETTERS = 10_000
_PATIENCE = 600.0


def measure_letters(count: int = LETTERS) -> dict[str, Any]:
    """Post `count` letters, start a worker, kill it half-way, let another end it: rate, memory, what came in."""
    with tempfile.TemporaryDirectory(prefix="bench-letters-") as name:
        folder = Path(name)
        run("flask", "--app", "app", "db", "upgrade", folder=folder)
        run("bench.letters", "post", str(count), folder=folder)
        return _carried(folder, count)


def lost_or_changed(found: dict[str, Any]) -> list[str]:
    """What is wrong with what came in: letters that did not, and repeats that were not the same octets."""
    lost = found["wanted"] - found["letters"]
    said = {"lost": lost, "repeated with other octets": found["changed"]}
    return [f"{count} {words}" for words, count in said.items() if count]


def _carried(folder: Path, count: int) -> dict[str, Any]:
    port = free_port()
    sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    sink.stdout.readline()
    began = time.perf_counter()
    peaks = [_worker(folder, port, until=count // 2, kill=True), _worker(folder, port, until=count, kill=False)]
    seconds = time.perf_counter() - began
    sink.terminate()
    return {"wanted": count, "memory": max(peaks), "whole": seconds, **json.loads(sink.communicate(timeout=30)[0])}


def _worker(folder: Path, port: int, *, until: int, kill: bool) -> int:
    """Run a worker until so many letters are sent; its peak of memory, in octets."""
    settings = environment(folder, SMTP_HOST="127.0.0.1", SMTP_PORT=str(port))
    command = [sys.executable, "-m", "bench.letters", "work"]
    process = psutil.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    peak, deadline = 0, time.monotonic() + _PATIENCE
    while _sent(folder) < until:
        peak = max(peak, sum(each.memory_full_info().pss for each in (process, *process.children(recursive=True))))
        if time.monotonic() > deadline:
            raise RuntimeError("the letters did not go out")
        time.sleep(0.5)
    for each in (*process.children(recursive=True), process):
        each.kill() if kill else each.terminate()
    process.wait(30)
    return peak


def _sent(folder: Path) -> int:
    from pysqlite3 import dbapi2 as sqlite

    line = sqlite.connect(f"file:{folder / 'kstthc.sqlite3'}?mode=ro", uri=True)
    try:
        return int(line.execute("SELECT count(*) FROM outbox_messages WHERE state = 'sent'").fetchone()[0])
    finally:
        line.close()


def post(count: int) -> None:
    """Write letters as an act does: inside the product, with a calendar entry each, to twenty hosts."""
    from kstthc_training import clock
    from kstthc_training.application import create_app
    from kstthc_training.db import unit_of_work
    from kstthc_training.outbox.service import Letter, post_letter

    body = "Kính gửi Ông/Bà,\n\n" + "Văn phòng trân trọng kính mời Ông/Bà dự cuộc họp. " * 12
    calendar = "BEGIN:VCALENDAR\r\n" + "X-NOTE:Cuộc họp mẫu\r\n" * 40 + "END:VCALENDAR\r\n"
    with create_app().app_context(), unit_of_work():
        for number in range(count):
            letter = Letter(
                kind="bench", recipient=f"nguoi{number}@co-quan-{number % 20}.example", recipient_name=f"Người {number}",
                subject=f"Giấy mời số {number}", body=body, calendar=calendar, calendar_method="REQUEST",
            )  # fmt: skip
            post_letter(letter, key=f"bench:{number}", now=clock.now())


def work_here() -> None:
    """The worker's process, as `make run` starts it."""
    from kstthc_training import config
    from kstthc_training.application import create_app
    from kstthc_training.outbox.worker import work
    from kstthc_training.serve.children import stop_on_signals

    work(create_app(config.load()), stop_on_signals())


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work_here()
    elif sys.argv[1:2] == ["post"]:
        post(int(sys.argv[2]))
    else:
        print(json.dumps(measure_letters(int(sys.argv[1]) if sys.argv[1:] else LETTERS)))
