"""Workbooks (XLSX, XLS, ODS) read into numbered lines, by a process of their own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kstthc_training.sheets.refusals import (
    BrokenFile,
    LockedWorkbook,
    NoSuchSheet,
    SheetRefused,
    TooHeavy,
)

_CHILD = Path(__file__).with_name("workbook_child.py")
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class WorkbookLines:
    """What one sheet holds: the names of all visible sheets, its own, its first filled lines, and how many follow."""

    sheet_names: tuple[str, ...]
    sheet: str
    lines: list[tuple[int, Sequence[str]]]
    further: int


def read_workbook(filename: str, content: bytes, *, sheet: str | None, most_rows: int) -> WorkbookLines:
    """Up to `most_rows` filled rows of the named sheet, or of the first that is visible, every cell as text.

    In a block merged over several rows, each row that holds anything of its own carries the block's value. Refuses
    locked and broken files, sheets that are not there, and what takes over a gigabyte or twenty seconds to read.
    """
    answer = _answer(filename, content, {"sheet": sheet or "", "rows": most_rows})
    names = tuple(answer.get("sheet_names", ()))
    if reason := answer.get("refused"):
        raise _refusal(reason, filename, sheet, names)
    lines = [(line, cells) for line, cells in answer["rows"]]
    return WorkbookLines(names, answer["sheet"], lines, answer["count"] - len(lines))


def _answer(filename: str, content: bytes, question: dict[str, Any]) -> dict[str, Any]:
    asked = json.dumps(question).encode() + b"\n" + content
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise TooHeavy(filename=filename) from None
    if done.returncode < 0:
        raise TooHeavy(filename=filename)
    if done.returncode:
        raise BrokenFile(filename=filename, line=None)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(reason: str, filename: str, sheet: str | None, sheet_names: tuple[str, ...]) -> SheetRefused:
    if reason == "no sheet":
        return NoSuchSheet(sheet=sheet, sheet_names=sheet_names)
    if reason == "locked":
        return LockedWorkbook(filename=filename)
    return TooHeavy(filename=filename) if reason == "heavy" else BrokenFile(filename=filename, line=None)
