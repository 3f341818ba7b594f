"""Who may open a material, and when."""

from datetime import datetime

from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.models import Material


def is_available(material: Material, now: datetime) -> bool:
    """Whether its hour has come: from `available_at` on, or at once."""
    return material.available_at is None or material.available_at <= now


def is_meant_for(material: Material, *, is_registered: bool) -> bool:
    """Whether the reader is among those it is for."""
    return material.audience is MaterialAudience.SIGNED_IN or is_registered
