"""The pages of Quản trị."""

from kstthc_training.administration.routes import (
    accounts,
    invitations,
    jobs,
    log,
    personal_data,
    reminding,
    settings,
    texts,
)
from kstthc_training.administration.routes.blueprint import bp

__all__ = ["accounts", "bp", "invitations", "jobs", "log", "personal_data", "reminding", "settings", "texts"]
