"""What the worker does for notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.messages import service

FORGET_OLD = "messages.forget_old"


def forget_old(payload: Mapping[str, Any], now: datetime) -> None:
    """Erase the notices of long ago."""
    with unit_of_work():
        service.forget_old(now=now)
