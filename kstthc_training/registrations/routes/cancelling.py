"""The page that asks before a registration is taken back, whoever takes it back."""

from flask import Response

from kstthc_training.events.models import Event
from kstthc_training.events.words import place_of
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.forms import CancelForm
from kstthc_training.registrations.queries import seat_count
from kstthc_training.web.pages import page


def cancel_page(
    event: Event,
    form: CancelForm,
    *,
    state: RegistrationState,
    action: str,
    back: str,
    status: int = 200,
    person: Person | None = None,
) -> Response:
    """What is lost by cancelling, a reason if one likes, and one button; `person` is whose, unless one's own."""
    return page(
        "registrations/cancel.html",
        event=event,
        form=form,
        person=person,
        place=place_of(event, with_address=True),
        action=action,
        back=back,
        seats=seat_count(event.id),
        holds_seat=state in (RegistrationState.CONFIRMED, RegistrationState.OFFERED),
        status=status,
    )
