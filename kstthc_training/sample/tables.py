"""The tables of the sample, as they lie beside the program."""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("data")

Line = dict[str, str]


@cache
def read_table(name: str) -> tuple[Line, ...]:
    """The lines of `data/<name>.csv` by the names in its first line."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
