from enum import StrEnum


class RegistrationState(StrEnum):
    """Where a person stands with an event."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class RegistrationSource(StrEnum):
    """How the registration came about."""

    SELF = "self"
    NOMINATION = "nomination"
    ORGANIZER = "organizer"
    WALK_IN = "walk_in"


class PoolKind(StrEnum):
    """What a pool of seats is counted by; a person takes one seat of every pool that applies."""

    EVENT = "event"
    AUDIENCE = "audience"
    ORGANISATION = "organisation"
    MODE = "mode"
