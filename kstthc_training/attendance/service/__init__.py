"""What may happen at the door and after it."""

from kstthc_training.attendance.service.marking import CheckIn, DoorOrder, Marked, MarkOrder, check_in, mark
from kstthc_training.attendance.service.sheets import close_session, reopen_session
from kstthc_training.attendance.service.walk_ins import Admitted, Arrival, admit, admit_newcomer

__all__ = [
    "Admitted", "Arrival", "CheckIn", "DoorOrder", "MarkOrder", "Marked", "admit", "admit_newcomer", "check_in",
    "close_session", "mark", "reopen_session",
]  # fmt: skip
