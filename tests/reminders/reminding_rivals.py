"""Workers that run the job of a reminder at one instant."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask

from kstthc_training.reminders import jobs
from tests.registrations.fair_rivals import Act


def _remind(_product: Flask, payload: dict[str, Any], now: str) -> Act:
    """Run the job as a worker does."""

    def act() -> str:
        jobs.send(payload, datetime.fromisoformat(now))
        return "done"

    return act


REMINDING_ACTS: dict[str, Callable[..., Act]] = {"remind": _remind}
