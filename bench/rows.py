"""The rows of the table: what is asked for, how often, and what it may cost."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any
from urllib.parse import quote

from bench.visitor import Request

Targets = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A row: `aim` is how many times the processor time of the floor it may take, `wall` how many milliseconds."""

    name: str
    requests: Callable[[Targets], Iterator[Request]]
    aim: float | None = None
    wall: float | None = None
    times: int = 40
    status: int = 200
    cold: bool = False


def _get(path: Callable[[Targets], str], who: str = "visitor", **headers: str) -> Callable[[Targets], Iterator[Request]]:
    def requests(targets: Targets) -> Iterator[Request]:
        return repeat(Request(path(targets), {**signed_in(targets, who), **headers}))

    return requests


def signed_in(targets: Targets, who: str) -> dict[str, str]:
    """The headers of a browser of somebody: `visitor`, `organizer`, or nobody."""
    if not who:
        return {}
    known = targets["organizer"] if who == "organizer" else targets["visitors"][0]
    return headers_of(known)


def headers_of(known: dict[str, str]) -> dict[str, str]:
    """The cookie of a sign-in, and the token for what it posts."""
    return {"Cookie": known["cookie"], "X-CSRFToken": known["token"]}


def _month(targets: Targets) -> str:
    today = date.fromisoformat(targets["today"])
    return f"/lich/{today.year}/{today.month}"


def _marks(targets: Targets) -> Iterator[Request]:
    """One person after the other, each marked for the first time."""
    headers = {**signed_in(targets, "organizer"), "Accept": "application/json"}
    for registration in targets["unmarked"]:
        form = {
            "o": f"{targets['crowded_session']}-{registration}", "status": "present", "nonce": uuid.uuid4().hex,
        }  # fmt: skip
        yield Request(f"/hop/{targets['crowded']}/diem-danh", headers, form)


def _registrations(targets: Targets) -> Iterator[Request]:
    """One visitor after the other, each registered for the first time."""
    for known in targets["visitors"][1:]:
        yield Request(f"/hop/{targets['sought']}/dang-ky", headers_of(known), {})


def _taken_in(targets: Targets) -> Iterator[Request]:
    """The list that was handed in, taken in once."""
    yield Request(f"/danh-ba/nhap/{targets['list']}", signed_in(targets, "organizer"), {})


def _unchanged(feed: str) -> Callable[[Targets], Iterator[Request]]:
    return lambda targets: repeat(Request(targets[feed], {"If-None-Match": targets[f"{feed}_tag"]}))


def _feed(targets: Targets) -> str:
    return str(targets["feed"])


def _public_feed(targets: Targets) -> str:
    return str(targets["public_feed"])


def _dead_feed(targets: Targets) -> str:
    return _feed(targets).replace("cua-toi", "bao-chi")


def _report(ending: str) -> Callable[[Targets], str]:
    return lambda targets: f"/bao-cao/{date.fromisoformat(targets['today']).year}/nam{ending}"


def _registrants(ending: str) -> Callable[[Targets], str]:
    return lambda targets: f"/hop/{targets['crowded']}/quan-ly/dang-ky{ending}"


FLOOR = Row("floor: two octets", _get(lambda _: "/healthz", ""), times=200)
ROWS = (
    Row("static file (css)", _get(lambda t: t["css"], ""), aim=4, times=100),
    Row("feed polled again: 304", _unchanged("feed"), aim=4, wall=1, times=100, status=304),
    Row("public feed polled again: 304", _unchanged("public_feed"), aim=4, wall=1, times=100, status=304),
    Row(
        "dead address of a feed: 404", _get(lambda t: f"{t['feed']}".replace("cua-toi", "bao-chi"), ""), times=60, status=404
    ),
    Row("one event .ics", _get(lambda t: f"/hop/{t['shown']}.ics"), aim=8, wall=1, times=100),
    Row("event page", _get(lambda t: f"/hop/{t['shown']}"), aim=15, wall=5, times=60),
    Row("one mark (POST)", _marks, aim=15, wall=3, times=60),
    Row("one registration (POST)", _registrations, aim=25, wall=5, times=60, status=303),
    Row("agenda", _get(lambda _: "/lich"), aim=30, wall=12),
    Row("month", _get(_month), aim=30, wall=25),
    Row("search by part of a name", _get(lambda t: f"/tim?q={quote(t['name'])}", "organizer"), aim=30, wall=12),
    Row(
        "roster of 1,000", _get(lambda t: f"/hop/{t['crowded']}/quan-ly/diem-danh", "organizer"), aim=120, wall=40, times=12
    ),
    Row("registrants, 1,000", _get(_registrants(""), "organizer"), aim=120, wall=40, times=12),
    Row("registrants as CSV", _get(_registrants(".csv"), "organizer"), aim=200, wall=50, times=12),
    Row("registrants as XLSX", _get(_registrants(".xlsx"), "organizer"), aim=400, wall=100, times=8),
    Row("feed of 1,000, built", _get(_feed, ""), aim=240, wall=60, times=12),
    Row("public feed of 1,000, built", _get(_public_feed, ""), aim=240, wall=60, times=12),
    Row("feed of 1,000, nothing kept", _get(_feed, ""), times=3, cold=True),
    Row("the year's summary", _get(_report(""), "organizer"), aim=400, times=8),
    Row("summary as DOCX", _get(_report(".docx"), "organizer"), times=5),
    Row("summary as XLSX", _get(_report(".xlsx"), "organizer"), times=5),
    Row("5,000 from a file registered (POST)", _taken_in, times=1, status=303, cold=True),
    Row("registrants, 5,000", _get(lambda t: f"/hop/{t['sought']}/quan-ly/dang-ky", "organizer"), times=4),
)


def address_of_style(page: str) -> str:
    """The address of the style sheet that a page names."""
    found = re.search(r'href="([^"]+\.css[^"]*)"', page)
    if found is None:
        raise RuntimeError("the page names no style sheet")
    return found[1]
