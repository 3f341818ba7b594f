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


class KnownTrouble(StrEnum):
    """Troubles of our own making, kept as `last_error` beside the texts of mail servers; the page has the words."""

    WORKER_LOST = "worker-lost"
    DISCARDED = "discarded"
    NO_HANDLER = "no-handler"
    NO_LINK = "no-link"
    NO_BODY = "no-body"
