"""Đơn vị: what a focal point is asked, answered, and whom he names."""

from kstthc_training.nominations.routes import answers, home, link, link_answers, listing, naming, swapping
from kstthc_training.nominations.routes.blueprint import bp

__all__ = ["answers", "bp", "home", "link", "link_answers", "listing", "naming", "swapping"]
