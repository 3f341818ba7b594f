"""Looking up registrations: by ticket, by event, by person, by organisation."""

from kstthc_training.registrations.queries.belonging import belonging_to, belongings_to
from kstthc_training.registrations.queries.organisations import (
    AnsweredEvent,
    NamedPerson,
    OpenEvent,
    YearFigures,
    answered_events,
    get_named,
    named_people,
    open_events,
    organisations_of,
    year_figures,
)
from kstthc_training.registrations.queries.own import OwnRegistration, OwnRegistrations, registrations_of
from kstthc_training.registrations.queries.registrants import Registrant, Registrants, registrants_of, states_at
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.queries.seats import (
    NO_SEATS,
    SeatCount,
    place_in_queue,
    seat_count,
    seat_counts,
    waiting_at,
)
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
    "NO_SEATS",
    "AnsweredEvent",
    "NamedPerson",
    "OpenEvent",
    "OwnRegistration",
    "OwnRegistrations",
    "Registrant",
    "Registrants",
    "SeatCount",
    "StepRow",
    "TicketLetter",
    "YearFigures",
    "answered_events",
    "belonging_to",
    "belongings_to",
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
    "rules_of",
    "seat_count",
    "seat_counts",
    "states_at",
    "steps_of",
    "ticket_address",
    "waiting_at",
    "year_figures",
]
