"""When reminders go: relative to the event or the deadline, kept out of quiet hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kstthc_training.invitations.policy import mornings_before
from kstthc_training.messages.quiet import QuietHours, settled
from kstthc_training.reminders.enums import Reminded

MOST = 6
LONGEST_BEFORE = timedelta(days=30)
FRESH = timedelta(hours=3)  # who got his seat as lately knows it, and is not reminded


@dataclass(frozen=True)
class Rules:
    """How long before the event people are reminded, in minutes, and how many days before the deadline those who owe
    names; the usual ones of the product."""

    minutes_before: tuple[int, ...] = (24 * 60, 2 * 60)
    names_days: tuple[int, ...] = (3, 0)
    version: int = 0


@dataclass(frozen=True)
class Reminder:
    """One reminder of an event: of what, how long before the `anchor` (minutes, or days), and when it is due."""

    what: Reminded
    offset: int
    anchor: datetime
    due: datetime

    @property
    def mark(self) -> str:
        """Its name, with the instant of which it reminds: what was moved has other reminders."""
        return f"{self.what}:{self.offset}:{self.anchor.timestamp():.0f}"


def start_reminders(rules: Rules, starts_at: datetime, *, quiet: QuietHours, now: datetime) -> list[Reminder]:
    """Those of the event's beginning."""
    wanted = ((minutes, starts_at - timedelta(minutes=minutes)) for minutes in rules.minutes_before)
    return _placed(Reminded.START, wanted, starts_at, quiet, now)


def names_reminders(rules: Rules, until: datetime, *, quiet: QuietHours, now: datetime) -> list[Reminder]:
    """Those of names that are due at `until`: mornings before it."""
    wanted = ((days, at) for days in rules.names_days for at in mornings_before(until, [days]))
    return _placed(Reminded.NAMES, wanted, until, quiet, now)


def answer_reminders(mornings: Mapping[datetime, datetime]) -> list[Reminder]:
    """Those of answers to invitations: mornings that the invitations' own rules name, each with the instant it goes."""
    return [Reminder(Reminded.ANSWER, 0, at, due) for at, due in mornings.items()]


def overtaken(reminder: Reminder, reminders: Iterable[Reminder], now: datetime) -> bool:
    """Whether a later reminder of the same is due already, so that this one would only repeat it."""
    same = (each for each in reminders if (each.what, each.anchor) == (reminder.what, reminder.anchor))
    return reminder.what is not Reminded.ANSWER and any(each.offset < reminder.offset and each.due <= now for each in same)


def _placed(
    what: Reminded, wanted: Iterable[tuple[int, datetime]], anchor: datetime, quiet: QuietHours, now: datetime
) -> list[Reminder]:
    """The reminders at their instants outside quiet hours; of several at one instant the nearest to the anchor."""
    placed: dict[datetime, Reminder] = {}
    for offset, at in sorted(wanted, reverse=True):
        due = settled(at, quiet=quiet.on_the_day(at, anchor), anchor=anchor, now=now)
        if due is not None:
            placed[due] = Reminder(what, offset, anchor, due)
    return sorted(placed.values(), key=lambda each: each.due)
