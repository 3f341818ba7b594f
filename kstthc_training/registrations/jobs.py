"""What the worker does for registrations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.registrations.service import offers, reserve
from kstthc_training.registrations.service.queue import EXPIRE_OFFER
from kstthc_training.registrations.service.reserve import FREE_PLACES


def expire_offer(payload: Mapping[str, Any], now: datetime) -> None:
    """Take back a seat that was offered and not taken in time."""
    with unit_of_work():
        offers.expire_offer(event_id=payload["event_id"], registration_id=payload["registration_id"], now=now)


def free_places(payload: Mapping[str, Any], now: datetime) -> None:
    """Free the places that an organisation held and gave no names for."""
    with unit_of_work():
        reserve.free_places(event_id=payload["event_id"], organisation_id=payload["organisation_id"], now=now)


HANDLERS = {EXPIRE_OFFER: expire_offer, FREE_PLACES: free_places}
