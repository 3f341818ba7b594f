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


class StepRule(StrEnum):
    """By which rule a registration moved."""

    SEAT_FREE = "seat-free"
    QUEUED = "queued"
    QUEUE_ORDER = "queue-order"
    WALKED_IN = "walked-in"
    BY_PERSON = "by-person"
    BY_FOCAL_POINT = "by-focal-point"
    BY_ORGANIZER = "by-organizer"


class Vacancy(StrEnum):
    """Why a seat became free for the first in the queue."""

    SEAT_GIVEN_BACK = "seat-given-back"
    CAPACITY_RAISED = "capacity-raised"
