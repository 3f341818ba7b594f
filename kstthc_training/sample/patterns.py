"""Which events the sample holds, read from its tables, and when each takes place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from kstthc_training.clock import at_local, local_date
from kstthc_training.sample.tables import Line, read_table
from kstthc_training.sample.times import Span, before, end_of_next_quarter, near, spans, working_days_of
from kstthc_training.working_days import previous_working_day

_ROMAN = ("I", "II", "III", "IV")
_CROWDED = 4  # days around today that belong to the events that stand for a state


class Standing(StrEnum):
    """What became of an event until today."""

    HELD = "held"
    RUNNING = "running"
    OVER = "over"
    REOPENED = "reopened"
    OPEN = "open"
    FULL = "full"
    NOT_OPEN = "not_open"
    CLOSED = "closed"  # registration is, the decision over all who applied is awaited
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An event to be made: what its table says, its sessions, and the instants of its life so far."""

    line: Line
    title: str
    standing: Standing
    sessions: tuple[Span, ...]
    created_at: datetime
    released_at: datetime
    opens_at: datetime
    closes_at: datetime

    @property
    def year(self) -> int:
        """The year whose plan it fulfils."""
        return local_date(self.sessions[0].starts_at).year

    @property
    def guests(self) -> int:
        """How many people are to be registered."""
        return int(self.line["guests"])

    @property
    def rule_word(self) -> str:
        """The word for the rules by which it takes people in, '' for the usual ones."""
        return self.line.get("rules", "")

    @property
    def seats(self) -> int | None:
        """How many seats there are, None for no limit."""
        return int(self.line["seats"]) if self.line["seats"] else None


def planned_events(*, today: date, chance: Random) -> list[Planned]:
    """Every event from January of last year to the end of next quarter, in the order in which they were thought of."""
    events = [*_by_month(today, chance), *_around(today)]
    return sorted(events, key=lambda event: (event.created_at, event.sessions[0].starts_at, event.title))


def _by_month(today: date, chance: Random) -> Iterator[Planned]:
    last = end_of_next_quarter(today)
    for year in range(today.year - 1, last.year + 1):
        for month in range(1, 13):
            for line in read_table("events_by_month"):
                if str(month) not in line["months"].split():
                    continue
                day = _clear_of(today, chance.choice(working_days_of(year, month)))
                if day <= last:
                    yield _planned(line, day, today, _standing_by_day(day, today))


def _clear_of(today: date, day: date) -> date:
    return near(today, -_CROWDED - 2) if abs((day - today).days) <= _CROWDED else day


def _standing_by_day(day: date, today: date) -> Standing:
    if day < today:
        return Standing.HELD
    return Standing.OPEN if day - today < timedelta(days=60) else Standing.DRAFT


def _around(today: date) -> Iterator[Planned]:
    for line in read_table("events_around_today"):
        yield _planned(line, near(today, int(line["offset"])), today, Standing(line["standing"]))


def _planned(line: Line, day: date, today: date, standing: Standing) -> Planned:
    sessions = spans(line["shape"], day)
    begins = sessions[0].starts_at
    created_at = min(before(begins, days=30, hour=time(9, 15)), before(at_local(today, time.min), days=4, hour=time(9, 15)))
    released_at = max(
        created_at + timedelta(days=1),
        min(before(begins, days=20, hour=time(10, 0)), before(at_local(today, time.min), days=2, hour=time(10, 0))),
    )
    later = standing is Standing.NOT_OPEN
    last_day = previous_working_day(today if standing is Standing.CLOSED else local_date(begins))
    return Planned(
        line=line,
        title=_title(line["title"], day),
        standing=standing,
        sessions=sessions,
        created_at=created_at,
        released_at=released_at,
        opens_at=at_local(today + timedelta(days=4), time(8, 0)) if later else released_at,
        closes_at=at_local(last_day, time(17, 0)),
    )


def _title(pattern: str, day: date) -> str:
    quarter = (day.month - 1) // 3
    last = f"{_ROMAN[quarter - 1]}/{day.year - (quarter == 0)}"
    return pattern.format(year=day.year, month=day.month, quarter=_ROMAN[quarter], last_quarter=last)
