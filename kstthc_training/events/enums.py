from enum import StrEnum


class EventState(StrEnum):
    """The life of an event: a draft is known to organizers only; closed means held, with every session closed."""

    DRAFT = "draft"
    RELEASED = "released"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class EventMode(StrEnum):
    """How people take part."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"


class Audience(StrEnum):
    """Whom an event is for; `press` shows it under the filter 'Mời báo chí'."""

    OFFICIALS = "officials"
    PRESS = "press"
    BOTH = "both"
    INTERNAL = "internal"


class AttendanceRule(StrEnum):
    """When somebody counts as having attended an event of several sessions."""

    HALF = "half"  # present in at least half of the sessions
    ALL = "all"
    ANY = "any"
