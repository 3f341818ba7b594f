from enum import StrEnum


class MessageState(StrEnum):
    """Where a letter stands on its way out."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class JobState(StrEnum):
    """Where a piece of later work stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
