"""What the worker does for organisations each day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.clock import local_date
from kstthc_training.db import unit_of_work
from kstthc_training.organisations.service import take_names_of

TAKE_NAMES = "organisations.take_names"


def take_names(payload: Mapping[str, Any], now: datetime) -> None:
    """Names that begin today are borne from today on."""
    with unit_of_work():
        take_names_of(local_date(now))
