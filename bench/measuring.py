"""One province from an empty folder to the last figure."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.processes import ROOT, Server, environment, run
from bench.race import race, verdict
from bench.rows import FLOOR, ROWS, Row, Targets, address_of_style, headers_of
from bench.visitor import Cost, Request, Visitor, cost_of

_STARTS = 3
_SETTLED = 2.0  # seconds after which a started server is idle


def measure_province(folder: Path, scale: int, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Make a province in an empty folder and measure everything on it."""
    say(f"making a province of scale {scale} …")
    run("flask", "--app", "app", "db", "upgrade", folder=folder)
    began = time.perf_counter()
    run("flask", "--app", "app", "sample", "--scale", str(scale), "--measured", folder=folder)
    figures: dict[str, Any] = {"made_in": time.perf_counter() - began, "scale": scale}
    targets = json.loads(run("bench.targets", "asked-for", folder=folder))
    figures["started_in"] = statistics.median(_start(folder) for _ in range(_STARTS))
    with Server(folder) as server:
        time.sleep(_SETTLED)
        server.find_processes()
        figures["memory"] = server.memory()
        figures["rows"] = _rows(server, targets, say)
        figures["memory_after"] = server.memory()
        figures["race"] = _race(server, targets)
    figures["plans"] = _plans(folder, targets)
    return figures


def _start(folder: Path) -> float:
    with Server(folder) as server:
        return server.started_in


def _rows(server: Server, targets: Targets, say: Callable[[str], None]) -> dict[str, Any]:
    targets["css"] = address_of_style(_page(server.port, "/lich", headers_of(targets["visitors"][0])))
    for feed in ("feed", "public_feed"):
        targets[f"{feed}_tag"] = Visitor(server.port).ask(Request(targets[feed], {})).headers["etag"]
    floor = _cost(server, FLOOR, targets)
    found = {FLOOR.name: {**asdict(floor), "ratio": 1.0}}
    for row in ROWS:
        cost = _cost(server, row, targets)
        say(f"  {row.name}: {cost.wall:.1f} ms, {cost.cpu:.1f} ms of processor time, status {cost.status}")
        found[row.name] = {**asdict(cost), "ratio": cost.cpu / floor.cpu}
    return found


def _cost(server: Server, row: Row, targets: Targets) -> Cost:
    def forget() -> None:
        run("bench.targets", "forget-entries", folder=server.folder)

    return cost_of(server, row.requests(targets), times=row.times, before=forget if row.cold else None)


def _race(server: Server, targets: Targets) -> dict[str, Any]:
    outcome = race(server.port, targets)
    seats = json.loads(run("bench.targets", "seats", folder=server.folder))
    return {**outcome, "taken": seats["taken"], "wrong": verdict(outcome, seats)}


def _plans(folder: Path, targets: Targets) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.plans"], cwd=ROOT, env=environment(folder), check=True,
        input=json.dumps(targets), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def _page(port: int, path: str, headers: dict[str, str]) -> str:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers=headers)
    return line.getresponse().read().decode()
