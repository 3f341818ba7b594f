"""The pages of the door, and what is pressed on the roster."""

from kstthc_training.attendance.routes import door, marks, walk_ins
from kstthc_training.attendance.routes.blueprint import bp

__all__ = ["bp", "door", "marks", "walk_ins"]
