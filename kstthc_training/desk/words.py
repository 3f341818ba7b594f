"""How the desk says what it knows of an event's standing."""

from flask_babel import gettext as _

from kstthc_training.events.standing import Standing
from kstthc_training.events.words import Tag, standing_tag


def organizer_tag(standing: Standing) -> Tag:
    """The tag of a standing as its organizer reads it: what is over still waits to be closed."""
    return Tag(_("Chưa chốt"), "warn") if standing is Standing.OVER else standing_tag(standing)
