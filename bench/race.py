"""Many run for few seats: four processes, each with its own lines, against the running server."""

import multiprocessing
import time
from typing import Any

from bench.rows import Targets, headers_of
from bench.visitor import Request, Visitor

RUNNERS, FIRST = 4, 100  # the visitors before are those of the table
PRESSES = 4  # of everyone, as impatient thumbs and lost answers make them


def race(port: int, targets: Targets) -> dict[str, Any]:
    """Everyone registers at once, again and again: how many, how long it took, and with which statuses all was answered."""
    visitors = targets["visitors"][FIRST:]
    once = [Request(f"/hop/{targets['few_seats']}/dang-ky", headers_of(known), {}) for known in visitors]
    # A press and its repeats run side by side, since each process takes every fourth of the list.
    requests = [request for request in once for _ in range(PRESSES)]
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(RUNNERS) as pool:
        statuses = pool.starmap(_run, [(port, requests[place::RUNNERS]) for place in range(RUNNERS)])
    seconds = time.perf_counter() - began
    flat = [status for each in statuses for status in each]
    counted = {str(status): flat.count(status) for status in sorted(set(flat))}
    return {"attempts": len(flat), "people": len(visitors), "seconds": seconds, "statuses": counted}


def _run(port: int, requests: list[Request]) -> list[int]:
    visitor = Visitor(port)
    return [visitor.ask(request).status for request in requests]


def verdict(outcome: dict[str, Any], seats: dict[str, Any]) -> list[str]:
    """What is wrong with the outcome; nothing when every seat was given once and the rest wait in order, each once."""
    left = outcome["people"] - seats["capacity"]
    wanted = {
        "statuses": {"303": outcome["attempts"]},
        "taken": seats["capacity"],
        "states": {"confirmed": seats["capacity"], "waiting": left},
        "queue": list(range(1, left + 1)),
    }
    found = {**seats, "statuses": outcome["statuses"]}
    return [f"{name}: expected {value}, found {found[name]}" for name, value in wanted.items() if found[name] != value]
