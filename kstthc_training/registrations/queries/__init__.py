"""Looking up registrations: by ticket, by event, by person, by organisation."""

from kstthc_training.registrations.queries.candidates import Candidate, candidates_for
from kstthc_training.registrations.queries.organisations import (
    AnsweredEvent,
    NamedPerson,
    OpenEvent,
    Staff,
    YearFigures,
    answered_events,
    get_named,
    named_people,
    open_events,
    organisations_of,
    staff_of,
    year_figures,
)
from kstthc_training.registrations.queries.own import OwnRegistration, OwnRegistrations, registrations_of
from kstthc_training.registrations.queries.registrants import Registrant, Registrants, registrants_of
from kstthc_training.registrations.queries.seats import SeatCount, place_in_queue, seat_count, seat_counts
from kstthc_training.registrations.queries.tickets import (
    StepRow,
    TicketLetter,
    find_by_code,
    find_by_ticket,
    find_registration,
    get_ticket,
    letter_of,
    steps_of,
    ticket_address,
)

__all__ = [
    "AnsweredEvent",
    "Candidate",
    "NamedPerson",
    "OpenEvent",
    "OwnRegistration",
    "OwnRegistrations",
    "Registrant",
    "Registrants",
    "SeatCount",
    "Staff",
    "StepRow",
    "TicketLetter",
    "YearFigures",
    "answered_events",
    "candidates_for",
    "find_by_code",
    "find_by_ticket",
    "find_registration",
    "get_named",
    "get_ticket",
    "letter_of",
    "named_people",
    "open_events",
    "organisations_of",
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
