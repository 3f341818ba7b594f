"""Looking up of rosters and of people at the door."""

from kstthc_training.attendance.queries.counts import counts_after_press, people_seen, status_counts
from kstthc_training.attendance.queries.door import (
    MOST_COUNTED,
    Hit,
    expected_count,
    find_by_code,
    hit_of,
    hits,
    recent_marks,
)
from kstthc_training.attendance.queries.roster import (
    Column,
    LastMark,
    Roster,
    RosterRow,
    get_session,
    get_session_columns,
    narrowed,
    roster_of,
)

__all__ = [
    "MOST_COUNTED", "Column", "Hit", "LastMark", "Roster", "RosterRow", "counts_after_press", "expected_count",
    "find_by_code", "get_session", "get_session_columns", "hit_of", "hits", "narrowed", "people_seen", "recent_marks",
    "roster_of", "status_counts",
]  # fmt: skip
