"""Which rows of a file belong beneath which, and whether any belongs beneath itself."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

N = TypeVar("N")


def parents_first(lines: Iterable[int], parent_line: Mapping[int, int]) -> list[int]:
    """The lines in an order in which each comes after the line of its parent, where that is in the file."""
    ordered: dict[int, None] = {}
    for line in lines:
        above = []
        step: int | None = line
        while step is not None and step not in ordered and step not in above:
            above.append(step)
            step = parent_line.get(step)
        ordered.update(dict.fromkeys(reversed(above)))
    return list(ordered)


def is_beneath_itself(start: N, parent_of: Callable[[N], N | None]) -> bool:
    """Whether the way up from `start` comes back to it."""
    seen: set[N] = set()
    step = parent_of(start)
    while step is not None and step not in seen:
        if step == start:
            return True
        seen.add(step)
        step = parent_of(step)
    return False
