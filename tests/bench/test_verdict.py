"""The measuring sees what is wrong: seats given twice, requests that failed, figures that miss their aim."""

from typing import Any

import pytest

from bench.race import verdict
from bench.report import table
from bench.rows import FLOOR, ROWS, address_of_style

OUTCOME = {"attempts": 20, "people": 5, "seconds": 1.0, "statuses": {"303": 20}}
LETTERS = {"wanted": 3, "letters": 3, "changed": 0, "repeats": 0, "seconds": 0.01, "memory": 9e7}
SEATS = {"capacity": 3, "taken": 3, "states": {"confirmed": 3, "waiting": 2}, "queue": [1, 2]}


def province(**changes: Any) -> dict[str, Any]:
    """Figures of a province in which everything meets its aim."""
    rows = {
        row.name: {"wall": 0.5, "cpu": 0.5, "size": 2, "status": row.status, "ratio": 1.0, **changes.get(row.name, {})}
        for row in (FLOOR, *ROWS)
    }
    race = {"attempts": 5, "seconds": 1.0, "taken": 3, "wrong": []}
    return {"rows": rows, "memory": 1e8, "memory_after": 2e8, "started_in": 1.0, "made_in": 9.0, "race": race, "plans": []}


def drawn(base: dict[str, Any] | None = None, **changes: Any) -> str:
    """The table of a small province in which all is well, and a big one with changes."""
    provinces = {"small": province(), "big": province(**changes)}
    return table({"at": "today", "seconds": 1, "provinces": provinces, "letters": LETTERS}, base)


def test_every_seat_given_once_is_right() -> None:
    assert verdict(OUTCOME, SEATS) == []


@pytest.mark.parametrize(
    ("outcome", "seats", "named"),
    [
        ({}, {"taken": 4}, "taken"),
        ({}, {"states": {"confirmed": 4, "waiting": 1}, "queue": [1]}, "states"),
        ({}, {"queue": [1, 3]}, "queue"),
        ({"statuses": {"303": 19, "500": 1}}, {}, "statuses"),
    ],
)
def test_anything_else_is_named(outcome: dict[str, Any], seats: dict[str, Any], named: str) -> None:
    assert verdict({**OUTCOME, **outcome}, {**SEATS, **seats})[0].startswith(named)


def test_figures_within_their_aims_are_plain() -> None:
    assert "**" not in drawn()


@pytest.mark.parametrize(
    ("change", "bold"),
    [
        ({"ratio": 30.5}, "**30.5**"),
        ({"wall": 12.5}, "**12.5**"),
        ({"status": 404}, "**status 404**"),
        ({"ratio": 1.6}, "**1.60**"),
    ],
)
def test_a_figure_that_misses_its_aim_is_bold(change: dict[str, Any], bold: str) -> None:
    assert bold in drawn(agenda=change)


def test_a_base_shows_what_changed_since() -> None:
    base = {"provinces": {"big": province(agenda={"ratio": 2.0})}}
    line = next(line for line in drawn(base).splitlines() if line.startswith("| agenda"))
    assert line.endswith("| -50% |")


def test_the_style_sheet_is_the_one_that_the_page_names() -> None:
    assert address_of_style('<link rel="stylesheet" href="/static/css/app.css?v=1">') == "/static/css/app.css?v=1"
    with pytest.raises(RuntimeError):
        address_of_style("<html>")
