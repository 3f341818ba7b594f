"""Names that sheets of a workbook may carry."""

import re
from collections.abc import Iterable

from kstthc_training.text import clean_line

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
_RESERVED = {"history", ""}


def usable_names(names: Iterable[str]) -> list[str]:
    """The names as Excel takes them: up to 31 characters, none of []:*?/\\, no two alike whatever their case."""
    taken = set(_RESERVED)
    return [_free_name(name, taken) for name in names]


def _free_name(name: str, taken: set[str]) -> str:
    plain = _cut(_FORBIDDEN.sub("-", clean_line(name)).strip("'"), _LONGEST) or "Sheet"
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        mark = f" ({number})"
        free = _cut(plain, _LONGEST - len(mark)) + mark
    taken.add(free.casefold())
    return free


def _cut(name: str, length: int) -> str:
    # Excel counts in UTF-16 units, so an emoji takes two.
    while len(name.encode("utf-16-le")) > 2 * length:
        name = name[:-1]
    return name.rstrip(" '")
