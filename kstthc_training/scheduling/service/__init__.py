"""What people's calendars are told by mail of the events that they come to; whoever calls has flushed nothing to wait for,
holds the event, and tells the letters that come back."""

from kstthc_training.scheduling.service.choices import choose, note_subscribed
from kstthc_training.scheduling.service.verbs import ask, follow, move, settle_wording, withdraw

__all__ = ["ask", "choose", "follow", "move", "note_subscribed", "settle_wording", "withdraw"]
