"""Cells as the values they name."""

import re
from datetime import date

from kstthc_training.clock import FIRST_YEAR, LAST_YEAR

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WHOLE = re.compile(r"-?\d+|-?\d{1,3}([. ]\d{3})+", re.ASCII)


def date_of(text: str) -> date | None:
    """The date of `15/3/2024`, `15-03-2024`, `15.3.2024` or `2024-03-15`, from 1900 to 2200; None for anything else."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def integer_of(text: str) -> int | None:
    """The whole number of `1200`, `1.200` or `1 200`; None for anything else."""
    return int(re.sub(r"[. ]", "", text)) if _WHOLE.fullmatch(text) else None
