"""What the worker does for reminders."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.events.service import TIMED
from kstthc_training.invitations.service.reminders import OVERDUE_JOB, REMIND
from kstthc_training.reminders import service
from kstthc_training.reminders.queries import coming_events

PLAN_DAY = "reminders.plan_day"


def plan(payload: Mapping[str, Any], now: datetime) -> None:
    """An event has its times: plan what reminds of it."""
    with unit_of_work():
        service.plan(event_id=payload["event_id"], now=now)


def plan_day(payload: Mapping[str, Any], now: datetime) -> None:
    """Plan what reminds today and tomorrow, each event in a unit of work of its own."""
    for event_id in coming_events(now):
        with unit_of_work():
            service.plan(event_id=event_id, now=now)


def send(payload: Mapping[str, Any], now: datetime) -> None:
    """Send one reminder of an event."""
    with unit_of_work():
        service.send(event_id=payload["event_id"], mark=payload["mark"], at=datetime.fromisoformat(payload["at"]), now=now)


def remind_of_answer(payload: Mapping[str, Any], now: datetime) -> None:
    """Remind the invitees of an event who have not answered, unless that is left out."""
    with unit_of_work():
        at = datetime.fromisoformat(payload["at"])
        planned = datetime.fromisoformat(payload.get("run_at", payload["at"]))
        service.remind_of_answer(event_id=payload["event_id"], at=at, planned=planned, now=now)


def tell_overdue(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell the leaders of organisations that let the deadline pass, out of quiet hours."""
    with unit_of_work():
        service.tell_late(event_id=payload["event_id"], at=datetime.fromisoformat(payload["at"]), now=now)


HANDLERS = {
    TIMED: plan, PLAN_DAY: plan_day, service.SEND: send, REMIND: remind_of_answer, OVERDUE_JOB: tell_overdue,
}  # fmt: skip
