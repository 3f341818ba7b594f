"""Where calendars write from and lead to: the settings of this installation."""

from flask import current_app

from kstthc_training.events.models import Event


def mailbox() -> str:
    """The address that letters come from, which is read: that of the organizer in every entry."""
    address: str = current_app.config["SETTINGS"].mail_from
    return address


def page_of(event: Event) -> str:
    """The whole address of an event's page."""
    return f"{current_app.config['SETTINGS'].public_url}/hop/{event.code}"
