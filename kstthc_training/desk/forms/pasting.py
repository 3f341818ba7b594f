"""A programme copied from a table in Word: lines of time, matter and speakers between tabs."""

import re
from dataclasses import dataclass
from datetime import time

from kstthc_training.text import clean_line

_HOUR = r"(\d{1,2})\s*(?:[:.hg]\s*(\d{2})?|giờ\s*(\d{2})?)?\s*(?:phút)?"
_SPAN = re.compile(rf"{_HOUR}(?:\s*(?:-|–|—|đến)\s*{_HOUR})?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class PastedLine:
    """A line of the programme as read."""

    starts: time
    ends: time | None
    title: str
    speakers: str


def read_programme(pasted: str) -> tuple[list[PastedLine], list[str]]:
    """The lines read, and those that could not be: `from–to⇥matter⇥speakers`, hours as 07:30, 7h30 or 7 giờ 30.

    A line without a time continues the matter above it, as Word breaks lines within a cell.
    """
    read: list[PastedLine] = []
    unread: list[str] = []
    for line in pasted.splitlines():
        cells = [clean_line(cell.strip('"')) for cell in line.split("\t")]
        if not any(cells):
            continue
        times = _times(cells[0])
        if times and any(cells[1:]):
            read.append(PastedLine(*times, title=cells[1], speakers=", ".join(c for c in cells[2:] if c)))
        elif read and not times:
            read[-1] = _continued(read[-1], cells)
        else:
            unread.append(clean_line(line))
    return read, unread


def _times(cell: str) -> tuple[time, time | None] | None:
    match = _SPAN.match(cell)
    if match is None:
        return None
    starts, ends = _time(*match.group(1, 2, 3)), _time(*match.group(4, 5, 6))
    return (starts, ends) if starts else None


def _time(hour: str | None, *minutes: str | None) -> time | None:
    minute = int(next((m for m in minutes if m), "0"))
    return time(int(hour), minute) if hour and int(hour) < 24 and minute < 60 else None


def _continued(line: PastedLine, cells: list[str]) -> PastedLine:
    matter, speakers = (cells[0], cells[1:]) if cells[0] else (cells[1], cells[2:])
    return PastedLine(
        line.starts, line.ends, clean_line(f"{line.title} {matter}"), ", ".join(s for s in (line.speakers, *speakers) if s)
    )
