"""What may happen at the door and after it."""

from kstthc_training.attendance.service.marking import CheckIn, DoorOrder, Marked, MarkOrder, check_in, mark
from kstthc_training.attendance.service.sheets import close_session, reopen_session

__all__ = ["CheckIn", "DoorOrder", "MarkOrder", "Marked", "check_in", "close_session", "mark", "reopen_session"]
