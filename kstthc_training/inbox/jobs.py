"""What the worker does for letters that came in, beside taking and settling them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.inbox import service

ERASE_RAW = "inbox.erase_raw"
SETTLED_KEPT, OPEN_KEPT = timedelta(days=30), timedelta(days=90)


def erase_raw(payload: Mapping[str, Any], now: datetime) -> None:
    """Erase letters as they came: thirty days after they did, ninety when nobody settled them."""
    with unit_of_work():
        service.erase_raw(settled_before=now - SETTLED_KEPT, open_before=now - OPEN_KEPT)
