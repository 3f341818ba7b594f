"""How an event stands at an instant: its state seen together with its time."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kstthc_training.events.enums import EventState


class Standing(StrEnum):
    """What people call the state of an event; `over` is past but with attendance still open."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    RUNNING = "running"
    OVER = "over"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Dated(Protocol):
    """An event, or a row about one."""

    @property
    def state(self) -> EventState: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def standing_of(event: Dated, now: datetime) -> Standing:
    """The standing at `now`: a released event runs from its first start until its last end, both half-open."""
    if event.state is not EventState.RELEASED:
        return Standing(event.state.value)
    if now < event.starts_at:
        return Standing.UPCOMING
    return Standing.RUNNING if now < event.ends_at else Standing.OVER
