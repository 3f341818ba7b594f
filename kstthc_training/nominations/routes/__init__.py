"""Đơn vị: what a focal point is asked, answered, and whom he names."""

from kstthc_training.nominations.routes import home, naming
from kstthc_training.nominations.routes.blueprint import bp

__all__ = ["bp", "home", "naming"]
