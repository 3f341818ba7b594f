"""The blueprint of calendars."""

from flask import Blueprint, current_app, url_for

from kstthc_training.config import Config
from kstthc_training.events.models import Event

bp = Blueprint("calendars", __name__)


def installation() -> Config:
    """The settings of this installation."""
    settings: Config = current_app.config["SETTINGS"]
    return settings


def page_of(event: Event) -> str:
    """The absolute address of an event's page, as entries name it."""
    return f"{installation().public_url}{url_for('agenda.event', code=event.code)}"
