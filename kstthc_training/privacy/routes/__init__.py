"""The pages about personal data."""

from kstthc_training.privacy.routes import notice, own
from kstthc_training.privacy.routes.blueprint import bp

__all__ = ["bp", "notice", "own"]
