from enum import StrEnum


class MandateStanding(StrEnum):
    """Where a person stands with a training that is mandatory for him; exactly one."""

    DONE = "done"
    EXEMPT = "exempt"
    OVERDUE = "overdue"
    DUE = "due"
