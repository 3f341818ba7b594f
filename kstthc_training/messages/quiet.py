"""Giờ yên tĩnh: when nothing goes out by itself that could as well go later or before.

What people do (they invite, cancel, move an event) and what answers an act of the reader is told at once; these hours are
kept by what the product sends of its own accord: reminders and digests.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from kstthc_training import clock
from kstthc_training.settings.queries import values_on
from kstthc_training.working_days import is_working_day

LEAST_BEFORE = timedelta(minutes=60)  # a reminder later than this before the start comes too late
AHEAD = timedelta(minutes=15)  # how long before quiet hours begin the last message goes
NAMES = ("quiet_from", "quiet_until", "quiet_days_off")


@dataclass(frozen=True)
class QuietHours:
    """From when to when nothing goes out, across midnight or not; equal hours are none. With `days_off` no message goes on
    Saturdays, Sundays and holidays either."""

    begins: time = time(21, 0)
    ends: time = time(6, 30)
    days_off: bool = False

    def hold_at(self, at: datetime) -> bool:
        """Whether an instant is quiet."""
        local = clock.local(at)
        hour = local.time()
        begun, over = hour >= self.begins, hour >= self.ends
        night = begun and not over if self.begins <= self.ends else begun or not over
        return night or (self.days_off and not is_working_day(local.date()))

    def end_after(self, at: datetime) -> datetime:
        """The first instant from `at` on that is not quiet."""
        while self.hold_at(at):
            at = min(edge for edge in self._edges(clock.local_date(at), 0, 1) if edge > at)
        return at

    def last_before(self, at: datetime) -> datetime:
        """The last good moment before the quiet time in which `at` lies, a little ahead of its beginning."""
        while self.hold_at(at):
            begin = at = max(edge for edge in self._edges(clock.local_date(at), -1, 0) if edge <= at)
            at -= timedelta(microseconds=1)
        awake_from = max(edge for edge in self._edges(clock.local_date(at), -1, 0) if edge <= at)
        return max(awake_from, begin - AHEAD)

    def on_the_day(self, wanted: datetime, anchor: datetime) -> "QuietHours":
        """The hours that a reminder keeps: on the day of what it reminds of, days off are no reason to be silent."""
        return replace(self, days_off=False) if clock.local_date(wanted) == clock.local_date(anchor) else self

    def _edges(self, day: date, *around: int) -> list[datetime]:
        """The instants at which quiet may begin or end, on the days around one."""
        days = (day + timedelta(days=n) for n in around)
        return [clock.at_local(each, hour) for each in days for hour in (time.min, self.begins, self.ends)]


def settled(at: datetime, *, quiet: QuietHours, anchor: datetime, now: datetime) -> datetime | None:
    """When a message that would go at `at` goes: then, or at the end of the quiet time; before its beginning when that
    leaves less than an hour to the `anchor` of which it reminds.

    None when no instant is left before the anchor. Settled again, the answer stays.
    """
    if not quiet.hold_at(at):
        return at if at < anchor else None
    end = quiet.end_after(at)
    if anchor - end >= LEAST_BEFORE:
        return end
    before = quiet.last_before(at)
    if now <= before < anchor:
        return before
    return end if end < anchor else None


def quiet_on(day: date) -> QuietHours:
    """The quiet hours in force on a day, the usual ones where nothing is set: one statement."""
    return quiet_of(values_on(day))


def quiet_of(values: dict[str, object]) -> QuietHours:
    """The quiet hours that settings of a day say."""
    usual = QuietHours()
    begins, ends, days_off = (values.get(name) for name in NAMES)
    return QuietHours(
        time.fromisoformat(str(begins)) if begins else usual.begins,
        time.fromisoformat(str(ends)) if ends else usual.ends,
        bool(days_off),
    )
