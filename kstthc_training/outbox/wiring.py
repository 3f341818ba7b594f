"""What the application tells the outbox about the features above it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

JobHandler = Callable[[Mapping[str, Any], datetime], None]
LinkAddress = Callable[[int], str]


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """Handlers of jobs by kind, hours of the daily ones, link addresses by purpose, and the sender's name at an instant.

    A handler takes the payload and `now` and opens its own unit of work; it may run again after a crash, so that doing
    it twice must be harmless. A daily kind runs once a day from its hour on the province's clocks, with `{"day": ISO date}`.
    A link address is derived from an id at the moment of sending; a link that is no longer good raises a refusal.
    """

    jobs: Mapping[str, JobHandler]
    daily: Mapping[str, time]
    links: Mapping[str, LinkAddress]
    sender_name: Callable[[datetime], str]
