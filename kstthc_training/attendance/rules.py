"""The stated rules of attendance, as pure functions."""

from datetime import datetime, timedelta

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.events.enums import AttendanceRule, EventState

OPENS_BEFORE = timedelta(hours=2)
LATE_AFTER = timedelta(minutes=15)

TAKING_PLACE = (EventState.RELEASED, EventState.CLOSED)
COUNTED_PRESENT = (MarkStatus.PRESENT, MarkStatus.LATE, MarkStatus.LEFT_EARLY)
SEEN_BEFORE_OPENING = (MarkStatus.NONE, MarkStatus.EXCUSED)


def opens_at(starts_at: datetime) -> datetime:
    """From when on people are marked: two hours before the session."""
    return starts_at - OPENS_BEFORE


def is_noted_before_opening(status: MarkStatus, *, before: MarkStatus) -> bool:
    """Before a sheet opens an excuse may be noted, and one that was noted taken back; nothing else."""
    return status is MarkStatus.EXCUSED or (status is MarkStatus.NONE and before is MarkStatus.EXCUSED)


def status_at_door(*, starts_at: datetime, now: datetime) -> MarkStatus:
    """Whoever checks in more than fifteen minutes after the start is late."""
    return MarkStatus.LATE if now - starts_at > LATE_AFTER else MarkStatus.PRESENT


def attended(rule: AttendanceRule, *, present: int, held: int) -> bool:
    """Whether somebody present in `present` of `held` sessions attended the event: half (default), all, or any of them."""
    if rule is AttendanceRule.ALL:
        return present == held
    if rule is AttendanceRule.ANY:
        return present > 0
    return present * 2 >= held and present > 0
