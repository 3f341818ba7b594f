"""What the worker does for calendars."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.people.service.persons import ADDRESS_CHANGED
from kstthc_training.scheduling import service
from kstthc_training.scheduling.service.settling import SETTLE_WORDING


def settle_wording(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell calendars of an event what was only worded anew."""
    with unit_of_work():
        service.settle_wording(event_id=payload["event_id"], now=now)


def reach_elsewhere(payload: Mapping[str, Any], now: datetime) -> None:
    """Send what somebody holds to his new address."""
    with unit_of_work():
        service.reach_elsewhere(person_id=payload["person_id"], now=now)


HANDLERS = {SETTLE_WORDING: settle_wording, ADDRESS_CHANGED: reach_elsewhere}
