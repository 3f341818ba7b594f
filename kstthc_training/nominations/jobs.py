"""What the worker does for those who want one letter a morning."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.messages.queries import accounts_due
from kstthc_training.messages.service import DIGEST_HOUR
from kstthc_training.nominations.service import write_digest
from kstthc_training.working_days import is_working_day, next_working_day

DIGEST = "nominations.digest"


def write_digests(payload: Mapping[str, Any], now: datetime) -> None:
    """Write the digests of a day, each in a unit of work of its own, so that a second run goes on where one ended."""
    day = date.fromisoformat(payload["day"])
    for account_id in _due_on(day):
        with unit_of_work():
            write_digest(account_id=account_id, day=day, now=now)


def _due_on(day: date) -> Sequence[int]:
    """On a working day all for whom something waits; on others those for whom the next one would be too late."""
    waiting = accounts_due()
    if not waiting or is_working_day(day):
        return waiting
    return accounts_due(needed_before=clock.at_local(next_working_day(day), DIGEST_HOUR))
