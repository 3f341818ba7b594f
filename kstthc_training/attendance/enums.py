from enum import StrEnum


class MarkStatus(StrEnum):
    """What was seen of one person in one session; `none` takes an earlier mark back."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    EXCUSED = "excused"
    ABSENT = "absent"
    NONE = "none"


class MarkMethod(StrEnum):
    """How a mark came about; before there was `code`, codes that were typed were noted as tickets that were scanned."""

    ROSTER = "roster"
    TICKET = "ticket"
    CODE = "code"
    NAME = "name"
    CLOSING = "closing"
    UNDO = "undo"


class SheetAction(StrEnum):
    """What was done to a session's sheet as a whole."""

    CLOSED = "closed"
    REOPENED = "reopened"
