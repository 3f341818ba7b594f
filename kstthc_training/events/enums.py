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
    """Whom an event is for: who registers himself or is named by his focal point.

    It hides nothing: everyone signed in sees every released event, so that rooms and people are not taken twice; a paper
    that is not for all has its own audience. Organizers may put anyone on the list of any event.
    """

    OFFICIALS = "officials"  # everyone but the press
    PRESS = "press"  # people of organisations that inform the public; also shown under the filter 'Mời báo chí'
    BOTH = "both"
    INTERNAL = "internal"  # people of the host and of the bodies below it


class AttendanceRule(StrEnum):
    """When somebody counts as having attended an event of several sessions."""

    HALF = "half"  # present in at least half of the sessions
    ALL = "all"
    ANY = "any"


class Part(StrEnum):
    """How the reader of a calendar entry takes part, the firmest first: an event stands once in a calendar."""

    REGISTERED = "registered"
    RUNS = "runs"  # is in charge of it, and runs events
    DOOR = "door"  # works at the door, or is in charge without running events any more
    OFFERED = "offered"  # is kept a seat until the offer ends
    PENDING = "pending"
    WAITING = "waiting"
    INVITED = "invited"  # by name, without an answer yet
    UNIT = "unit"  # speaks for an organisation that was asked and has not answered
    NONE = "none"
