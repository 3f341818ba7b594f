"""What the application tells the outbox about the features above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from threading import Event
from typing import Any

from kstthc_training.config import Config

JobHandler = Callable[[Mapping[str, Any], datetime], None]
LinkAddress = Callable[[int], str]
# Called again and again by a thread of its own; answers whether there is more to do at once.
Turn = Callable[[], bool | None]
Hand = Callable[[Config, Event], Turn]


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """Handlers of jobs by kind, hours of the daily ones, link addresses by purpose, and the sender's name at an instant.

    A handler takes the payload and `now` and opens its own unit of work; it may run again after a crash, so that doing
    it twice must be harmless. A daily kind runs once a day from its hour on the province's clocks, with `{"day": ISO date}`.
    A link address is derived from an id at the moment of sending; a link that is no longer good raises a refusal.
    Further `hands` of the worker run beside its letters and jobs, each in a thread of its own; they are made from the
    settings and the event that ends the worker, and cut off wherever they are then.
    """

    jobs: Mapping[str, JobHandler]
    daily: Mapping[str, time]
    links: Mapping[str, LinkAddress]
    sender_name: Callable[[datetime], str]
    hands: Sequence[Hand] = ()
