"""What the worker does for invitations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.invitations import service
from kstthc_training.invitations.service.reminders import OVERDUE_JOB, REMIND


def remind(payload: Mapping[str, Any], now: datetime) -> None:
    """Remind the invitees of an event who have not answered."""
    with unit_of_work():
        service.remind_due(event_id=payload["event_id"], at=datetime.fromisoformat(payload["at"]), now=now)


def tell_overdue(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell the leaders of organisations that let the deadline pass."""
    with unit_of_work():
        service.tell_overdue(event_id=payload["event_id"], at=datetime.fromisoformat(payload["at"]), now=now)


HANDLERS = {REMIND: remind, OVERDUE_JOB: tell_overdue}
