"""What is due to one person's calendar for one session, from what was sent last and how things stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kstthc_training.events.enums import EventState
from kstthc_training.scheduling.enums import CalendarMail, Method

SUBSCRIBED_FOR = timedelta(days=30)
CALLED_OFF = (EventState.POSTPONED, EventState.CANCELLED)


class Due(StrEnum):
    """What a calendar is to be told next."""

    NOTHING = "nothing"
    ENTRY = "entry"  # to put it in, for the first time or again
    UPDATE = "update"  # to plan anew
    WORDING = "wording"  # to say the same in other words
    CALL_OFF = "call-off"  # that nobody comes
    REMOVAL = "removal"  # that this one does not come
    MOVE = "move"  # out of one mailbox and into another


@dataclass(frozen=True, kw_only=True)
class Held:
    """How a calendar stands with a session: what was sent last, and as what it was called off to everybody, if it was."""

    method: Method | None
    wanted: bool
    called_off: str
    is_behind: bool  # the SEQUENCE sent last is below that of now
    says_other: bool  # what was sent last has other words than now
    has_moved: bool  # the person is reached elsewhere than the entry was sent


def takes_mail(mail: CalendarMail, subscribed_at: datetime | None, now: datetime) -> bool:
    """Whether somebody gets entries by mail: always, never, or unless a program read his feed in the last 30 days."""
    if mail is not CalendarMail.AUTO:
        return mail is CalendarMail.ALWAYS
    return subscribed_at is None or now - subscribed_at > SUBSCRIBED_FOR


def due(held: Held, state: EventState | None, *, takes_entries: bool) -> Due:
    """What is due; `state` is None for a session that was taken out of its event.

    Whoever holds an entry is told all that becomes of it, whatever he chose; only a new entry asks `takes_entries`.
    """
    if held.method is Method.REQUEST:
        return _due_to_holder(held, state)
    if not held.wanted or state is None:
        return Due.NOTHING
    if state in CALLED_OFF:
        return Due.CALL_OFF if held.called_off and held.called_off != state else Due.NOTHING
    if state is not EventState.RELEASED:
        return Due.NOTHING
    return Due.ENTRY if held.called_off or takes_entries else Due.NOTHING


def _due_to_holder(held: Held, state: EventState | None) -> Due:
    if state is None or state in CALLED_OFF:
        return Due.CALL_OFF
    if not held.wanted:
        return Due.REMOVAL
    if held.has_moved:
        return Due.MOVE
    if held.is_behind:
        return Due.UPDATE
    return Due.WORDING if held.says_other else Due.NOTHING
