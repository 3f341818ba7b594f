from enum import StrEnum


class RegistrationState(StrEnum):
    """Where a person stands with an event; those confirmed by a seat and those offered one hold it."""

    PENDING = "pending"  # the organizer has not decided yet
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a seat is kept until the offer ends
    REFUSED = "refused"
    CANCELLED = "cancelled"


GONE = (RegistrationState.REFUSED, RegistrationState.CANCELLED)


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


class Circle(StrEnum):
    """Which of the two kinds of guests a person is, when seats are counted for each."""

    PRESS = "press"
    OFFICIALS = "officials"


class Place(StrEnum):
    """Where somebody takes part in an event that is held in a room and online."""

    ROOM = "room"
    ONLINE = "online"


class Admission(StrEnum):
    """How registrations become seats: at once while there are some, one by one by the organizer, or all in one decision."""

    DIRECT = "direct"
    APPROVAL = "approval"
    ALLOCATION = "allocation"


class Promotion(StrEnum):
    """What the first in the queue gets when a seat is free: the seat, or an offer that ends."""

    SEAT = "seat"
    OFFER = "offer"


class Credential(StrEnum):
    """What a journalist shows: the press card, or a letter of introduction of the agency (Decree 30/2020, form 1.8)."""

    PRESS_CARD = "press_card"
    INTRODUCTION = "introduction"


class Arrival(StrEnum):
    """What became of a form that a guest sent: it made a registration, it had been sent before, or he is known already."""

    NEW = "new"
    SENT_BEFORE = "sent_before"
    KNOWN = "known"


class QuestionKind(StrEnum):
    """What kind of answer a question of the organizer takes."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    FILE = "file"


class AllocationOutcome(StrEnum):
    """What a decision over all who applied gave somebody."""

    ADMITTED = "admitted"
    WAITING = "waiting"


class StepRule(StrEnum):
    """By which rule a registration moved."""

    AWAITS_DECISION = "awaits-decision"
    APPROVED = "approved"
    REFUSED = "refused"
    ALLOCATED = "allocated"
    OFFERED = "offered"
    OFFER_TAKEN = "offer-taken"
    OFFER_DECLINED = "offer-declined"
    OFFER_EXPIRED = "offer-expired"
    SUBSTITUTED = "substituted"
    PLACE_HELD = "place-held"
    UNITED = "united"  # with another registration of the same person
    PARTED = "parted"  # the uniting was undone

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


class RegistrantOrder(StrEnum):
    """What the list of those registered is put in order by."""

    NAME = "name"
    ORGANISATION = "organisation"
    TITLE = "title"
    TIME = "time"
