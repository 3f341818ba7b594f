"""What may happen at the door and after it."""

from kstthc_training.attendance.service.marking import Marked, MarkOrder, mark
from kstthc_training.attendance.service.sheets import close_session, reopen_session

__all__ = ["MarkOrder", "Marked", "close_session", "mark", "reopen_session"]
