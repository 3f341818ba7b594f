"""The pages of Lịch, all on one blueprint."""

from kstthc_training.agenda.routes import days, event, mine, month
from kstthc_training.agenda.routes.blueprint import bp

__all__ = ["bp", "days", "event", "mine", "month"]
