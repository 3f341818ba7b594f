"""Answers of calendar programs to entries that were mailed: matched, judged, and acted on by the rules of the buttons."""

from kstthc_training.calendars.replies.confirming import confirm, decline_counter, undo
from kstthc_training.calendars.replies.taking import take_answer

__all__ = ["confirm", "decline_counter", "take_answer", "undo"]
