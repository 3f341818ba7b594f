"""What the worker does for the directory each day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.directory.service import forget_uploads

FORGET_UPLOADS = "directory.forget_uploads"


def forget_old_uploads(payload: Mapping[str, Any], now: datetime) -> None:
    """Files handed in and not taken into the directory are kept for a day."""
    with unit_of_work():
        forget_uploads(now=now)
