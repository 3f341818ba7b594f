"""The figures as tables of Markdown, each with its aim."""

from typing import Any

from bench.letters import lost_or_changed
from bench.rows import FLOOR, ROWS, Row

_GROWTH = 1.5
_LETTERS_A_SECOND = 100
_MEMORY, _START, _MADE = 250, 1.5, 120

Figures = dict[str, Any]


def table(results: Figures, base: Figures | None) -> str:
    """Everything that was measured; what misses its aim is bold, and with a base what changed since."""
    small, big = results["provinces"]["small"], results["provinces"]["big"]
    parts = [
        f"# Measured {results['at']}, in {results['seconds']} s",
        _table_of_rows(small, big, base),
        _table_of_whole(small, big),
        _race(small, big),
        _letters(results["letters"]),
        _plans(big),
    ]
    return "\n\n".join(parts)


def _table_of_rows(small: Figures, big: Figures, base: Figures | None) -> str:
    head = [
        "work",
        "aim: x floor",
        "small: x floor",
        "ms",
        "ms cpu",
        "octets",
        "big: x floor",
        "ms",
        "ms cpu",
        "octets",
        "growth",
    ]
    lines = [head + (["since base"] if base else []), ["---"] * (len(head) + bool(base))]
    for row in (FLOOR, *ROWS):
        one, other = small["rows"][row.name], big["rows"][row.name]
        line = [row.name, f"{row.aim:g}" if row.aim else "", *_cells(row, one), *_cells(row, other), _growth(one, other)]
        if base:
            line.append(_change(base, row.name, other))
        lines.append(line)
    return _drawn(lines)


def _cells(row: Row, cost: Figures) -> list[str]:
    if cost["status"] != row.status:
        return [f"**status {cost['status']}**", "", "", ""]
    ratio = _marked(f"{cost['ratio']:.1f}", row.aim is not None and cost["ratio"] > row.aim)
    wall = _marked(f"{cost['wall']:.1f}", row.wall is not None and cost["wall"] > row.wall)
    return [ratio, wall, f"{cost['cpu']:.2f}", f"{cost['size']:,}"]


def _growth(small: Figures, big: Figures) -> str:
    grown = big["ratio"] / small["ratio"]
    return _marked(f"{grown:.2f}", grown > _GROWTH)


def _change(base: Figures, name: str, now: Figures) -> str:
    before = base["provinces"]["big"]["rows"].get(name)
    return f"{now['ratio'] / before['ratio'] - 1:+.0%}" if before else "new"


def _table_of_whole(small: Figures, big: Figures) -> str:
    lines = [["whole", "aim", "small", "big"], ["---"] * 4]
    for name, key, unit, aim in (
        ("memory of everything, idle (PSS)", "memory", 1e6, _MEMORY),
        ("memory after the rows (PSS)", "memory_after", 1e6, None),
        ("start to first answer, s", "started_in", 1, _START),
        ("time to make the province, s", "made_in", 1, _MADE),
    ):
        cells = [_marked(f"{p[key] / unit:.1f}", aim is not None and p[key] / unit > aim) for p in (small, big)]
        lines.append([name, str(aim or ""), *cells])
    return _drawn(lines)


def _race(small: Figures, big: Figures) -> str:
    lines = [["many for few seats", "attempts", "seats given", "attempts a second", "verdict"], ["---"] * 5]
    for name, province in (("small", small), ("big", big)):
        race = province["race"]
        verdict = "; ".join(race["wrong"]) or "exact"
        speed = f"{race['attempts'] / race['seconds']:.0f}"
        lines.append([name, str(race["attempts"]), str(race["taken"]), speed, _marked(verdict, bool(race["wrong"]))])
    return _drawn(lines)


def _letters(found: Figures) -> str:
    rate, memory = found["letters"] / found["seconds"], found["memory"] / 1e6
    wrong = "; ".join(lost_or_changed(found))
    lines = [
        ["letters, one worker killed half-way", "a second (aim 100)", "memory of the worker, MB (PSS)", "repeats", "verdict"]
    ]
    lines += [["---"] * 5]
    shown = [_marked(f"{rate:.0f}", rate < _LETTERS_A_SECOND), f"{memory:.0f}", str(found["repeats"])]
    lines += [[f"{found['letters']:,}", *shown, _marked(wrong or "each arrived, repeats to the octet", bool(wrong))]]
    return _drawn(lines)


def _plans(big: Figures) -> str:
    lines = [["page", "statements", "large tables read from end to end"], ["---"] * 3]
    for plan in big["plans"]:
        lines.append([plan["name"], str(plan["statements"]), _marked(", ".join(plan["scanned"]), bool(plan["scanned"]))])
    return _drawn(lines)


def _marked(words: str, missed: bool) -> str:
    return f"**{words}**" if missed else words


def _drawn(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
