"""A browser on one line that is kept open, as browsers do, and what its requests cost."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench.processes import Server


@dataclass(frozen=True)
class Request:
    """What is asked for; a form makes it a POST."""

    path: str
    headers: dict[str, str]
    form: dict[str, str] | None = None


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    size: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Cost:
    """Medians over the requests of a row, in milliseconds, and the last answer."""

    wall: float
    cpu: float
    size: int
    status: int


class Visitor:
    """Requests one after the other over one line."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, request: Request) -> Answer:
        """Send a request and read the whole answer."""
        body = None if request.form is None else urlencode(request.form)
        form = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
        headers = {"Accept-Encoding": "gzip", **form, **request.headers}
        self._line.request("GET" if body is None else "POST", request.path, body, headers)
        answer = self._line.getresponse()
        size = len(answer.read())
        return Answer(answer.status, size, {name.lower(): value for name, value in answer.getheaders()})


def cost_of(server: Server, requests: Iterator[Request], *, times: int, before: Callable[[], None] | None = None) -> Cost:
    """The median cost of `times` requests after a third as many to warm up.

    Processor time is read right before each request, so that what a server does after its answer counts too.
    """
    visitor = Visitor(server.port)
    walls, cpus, answer = [], [], None
    if before is None:
        for _ in range(max(2, times // 3)):
            visitor.ask(next(requests))
    for _ in range(times):
        if before is not None:
            before()
        cpu, began = server.cpu(), time.perf_counter()
        answer = visitor.ask(next(requests))
        walls.append(time.perf_counter() - began)
        time.sleep(0.001)
        cpus.append(server.cpu() - cpu)
    assert answer is not None
    return Cost(statistics.median(walls) * 1000, statistics.median(cpus) * 1000, answer.size, answer.status)
