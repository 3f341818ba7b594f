"""Words that requests of erasure are told by."""

from enum import StrEnum


class RequestState(StrEnum):
    """How a request stands: open until it is taken back by who made it, refused with a reason, or done."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DONE = "done"
