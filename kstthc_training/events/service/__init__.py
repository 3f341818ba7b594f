"""What may happen to an event."""

from kstthc_training.events.service.drafting import create_event
from kstthc_training.events.service.editing import TIMED, edit_event
from kstthc_training.events.service.states import cancel, discard, postpone, release
from kstthc_training.events.service.venues import add_venue

__all__ = ["TIMED", "add_venue", "cancel", "create_event", "discard", "edit_event", "postpone", "release"]
