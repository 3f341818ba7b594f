from enum import StrEnum


class MaterialAudience(StrEnum):
    """Who may open a material of an event they may see."""

    SIGNED_IN = "signed_in"
    REGISTERED = "registered"
