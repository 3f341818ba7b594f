from enum import StrEnum


class MessageState(StrEnum):
    """Where a letter stands on its way out."""

    HELD = "held"  # by somebody, until he lets it go
    WAITING = "waiting"
    SENT = "sent"  # the mail server took it; what became of it there is not known
    FAILED = "failed"  # refused by the mail server, or given up after days of trying
    BOUNCED = "bounced"  # taken, and returned later as undeliverable
    DISCARDED = "discarded"  # given up by somebody before it went


class PathStep(StrEnum):
    """What happened to a letter after it was written."""

    TAKEN = "taken"
    REFUSED = "refused"
    PUT_OFF = "put-off"
    GIVEN_UP = "given-up"
    BOUNCED = "bounced"
    HELD = "held"
    RELEASED = "released"
    SENT_AGAIN = "sent-again"
    READDRESSED = "readdressed"
    DISCARDED = "discarded"
    UNDONE = "undone"
    INTERRUPTED = "interrupted"  # the worker ended while it had the letter in hand


class JobState(StrEnum):
    """Where a piece of later work stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class KnownTrouble(StrEnum):
    """Troubles of our own making, kept as `last_error` beside the texts of mail servers; the page has the words."""

    WORKER_LOST = "worker-lost"
    NO_HANDLER = "no-handler"
    NO_LINK = "no-link"
    NO_BODY = "no-body"
