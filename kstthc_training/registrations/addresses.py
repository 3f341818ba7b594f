"""The address of a ticket in a letter, derived by the worker at the moment of sending, and that which guests share."""

from collections.abc import Callable

from flask import current_app

from kstthc_training.db import db
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.errors import TakenBack
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.guests import guest_secret
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.queries.tickets import TICKET_PURPOSE, ticket_address


def ticket_link(registration_id: int) -> str:
    """The whole address by which the holder of a letter sees his ticket, without signing in.

    One that was united with another leads on to it. Raises `Unknown` when there is no such registration, `TakenBack` when
    it was cancelled: no link goes to the cancelled.
    """
    registration = db.session.get(Registration, registration_id)
    while registration is not None and registration.merged_into_id is not None:
        registration = db.session.get(Registration, registration.merged_into_id)
    if registration is None:
        raise Unknown(registration_id=registration_id)
    if registration.state is RegistrationState.CANCELLED:
        raise TakenBack(registration_id=registration_id)
    settings = current_app.config["SETTINGS"]
    return f"{settings.public_url}/ve/thu/{ticket_address(registration, key=settings.key)}"


def guest_link(event_id: int) -> str:
    """The whole shared address by which guests without an account register for an event: as it is now, until renewed."""
    settings = current_app.config["SETTINGS"]
    secret = guest_secret(event_id, rules_of(event_id).guest_generation, key=settings.key)
    return f"{settings.public_url}/khach/{secret}"


# By the purpose of the link in a letter.
LINKS: dict[str, Callable[[int], str]] = {TICKET_PURPOSE: ticket_link}
