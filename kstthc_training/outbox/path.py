"""Writing down what happens to letters, in the unit of work in which it happens."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from kstthc_training.db import db
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.models import Step

_LONGEST = 300


def step(
    message_id: int,
    what: PathStep,
    *,
    at: datetime,
    said: str = "",
    until: datetime | None = None,
    account_id: int | None = None,
    act: str | None = None,
    was: MessageState | None = None,
) -> dict[str, Any]:
    """One move of a letter, to be kept by `keep_steps`."""
    return {
        "message_id": message_id, "what": what, "at": at, "said": said[:_LONGEST], "until": until,
        "account_id": account_id, "act": act, "was": was,
    }  # fmt: skip


def keep_steps(steps: Iterable[dict[str, Any]]) -> None:
    """Add moves to the paths of letters: one statement."""
    if rows := list(steps):
        db.session.execute(insert(Step), rows)
