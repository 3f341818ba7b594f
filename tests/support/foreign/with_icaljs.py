"""What ical.js reads, the library of Thunderbird's and Nextcloud's calendars, in a Chromium of its own.

The browser is driven by a process of its own (`icaljs_browser`), so that a test may drive another one meanwhile.
"""

import atexit
import json
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.foreign.reading import Calendar, Entry

ROOT = Path(__file__).resolve().parents[3]


def read(octets: bytes) -> Calendar:
    """The file as ical.js has it; what it refuses to parse is a complaint."""
    browser = _browser()
    assert browser.stdin is not None and browser.stdout is not None
    browser.stdin.write(json.dumps(octets.decode()) + "\n")
    browser.stdin.flush()
    answer = json.loads(browser.stdout.readline())
    if "refused" in answer:
        return Calendar(complaints=(answer["refused"],))
    return Calendar(
        method=answer["method"],
        zones=tuple(answer["zones"]),
        entries=tuple(_entry(values) for values in answer["entries"]),
    )


def _entry(values: dict[str, Any]) -> Entry:
    instants = {name: values[name] for name in ("starts_at", "ends_at", "stamped_at", "changed_at")}
    lists = {name: tuple(values[name]) for name in ("categories", "attendees")}
    read_at = {name: None if at is None else datetime.fromtimestamp(at, UTC) for name, at in instants.items()}
    return Entry(**{**values, **lists, **read_at})


@cache
def _browser() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.support.foreign.icaljs_browser"]
    started = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def end() -> None:
        if started.stdin is not None:
            started.stdin.close()
        started.wait(timeout=30)

    atexit.register(end)
    return started
