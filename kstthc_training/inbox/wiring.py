"""What the application tells the mailbox about the features above it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.origin import Origin
from kstthc_training.inbox.reading import Mail


@dataclass(frozen=True, kw_only=True)
class CalendarLetter:
    """An answer of a calendar program: `calendar` is the object as text; `by_machine`: perhaps nobody pressed a button."""

    row_id: int
    mail: Mail
    calendar: str
    origin: Origin
    by_machine: bool


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of a letter: where it stands, the code of why, what was understood and changed, whom it is about."""

    state: MailState
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    event_id: int | None = None
    person_id: int | None = None


# Called inside the unit of work in which the letter is settled: what it changes and the letter's standing are one.
CalendarHandler = Callable[[CalendarLetter, datetime], Verdict]


@dataclass(frozen=True, kw_only=True)
class InboxWiring:
    """Who handles answers of calendar programs."""

    calendar: CalendarHandler
