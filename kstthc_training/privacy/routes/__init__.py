"""The pages about personal data."""

from kstthc_training.privacy.routes import notice
from kstthc_training.privacy.routes.blueprint import bp

__all__ = ["bp", "notice"]
