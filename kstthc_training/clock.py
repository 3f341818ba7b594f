"""The one reader of the time, and the only place that knows where the province lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1900, 2200  # of days that people type; others are slips of the finger

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC, to the microsecond."""
    return _frozen or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the time of this process still at `at`, an aware instant: for samples and tests."""
    global _frozen
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


def local(at: datetime) -> datetime:
    """The same instant on the wall clocks of the province (+07, no daylight saving)."""
    return at.astimezone(ZONE)


def local_date(at: datetime) -> date:
    """The day of the province on which an instant falls."""
    return local(at).date()


def at_local(day: date, hour: time) -> datetime:
    """The instant in UTC at which the province's clocks show `hour` on `day`."""
    return datetime.combine(day, hour, ZONE).astimezone(UTC)


def year_to(day: date) -> tuple[date, date]:
    """The twelve months that end with `day`, both ends included."""
    try:
        return day.replace(year=day.year - 1) + timedelta(days=1), day
    except ValueError:  # the 29th of February
        return date(day.year - 1, 3, 1), day


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The half-open span in UTC covering the local days `first` to `last`, both included."""
    return at_local(first, time.min), at_local(last + timedelta(days=1), time.min)
