"""Looking up registrations: by ticket, by event, by person, by organisation."""

from kstthc_training.registrations.queries.organisations import (
    AnsweredEvent,
    OpenEvent,
    Staff,
    YearFigures,
    answered_events,
    open_events,
    staff_of,
    year_figures,
)
from kstthc_training.registrations.queries.own import OwnRegistration, OwnRegistrations, registrations_of
from kstthc_training.registrations.queries.registrants import Registrant, Registrants, registrants_of
from kstthc_training.registrations.queries.seats import SeatCount, place_in_queue, seat_count, seat_counts
from kstthc_training.registrations.queries.tickets import (
    StepRow,
    find_by_code,
    find_by_ticket,
    find_registration,
    get_ticket,
    steps_of,
    ticket_address,
)

__all__ = [
    "AnsweredEvent",
    "OpenEvent",
    "OwnRegistration",
    "OwnRegistrations",
    "Registrant",
    "Registrants",
    "SeatCount",
    "Staff",
    "StepRow",
    "YearFigures",
    "answered_events",
    "find_by_code",
    "find_by_ticket",
    "find_registration",
    "get_ticket",
    "open_events",
    "place_in_queue",
    "registrants_of",
    "registrations_of",
    "seat_count",
    "seat_counts",
    "staff_of",
    "steps_of",
    "ticket_address",
    "year_figures",
]
