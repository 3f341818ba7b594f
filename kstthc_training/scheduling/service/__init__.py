"""What people's calendars are told by mail of the events that they come to; whoever calls has flushed nothing to wait for,
holds the event, and tells the letters that come back."""

from kstthc_training.scheduling.service.again import say_hour_stays, send_anew
from kstthc_training.scheduling.service.choices import choose, note_subscribed, note_unsubscribed
from kstthc_training.scheduling.service.persons import hand_over, reach_elsewhere, take_leave
from kstthc_training.scheduling.service.readdressing import readdress
from kstthc_training.scheduling.service.verbs import ask, follow, move, settle_wording, withdraw

__all__ = [
    "ask",
    "choose",
    "follow",
    "hand_over",
    "move",
    "note_subscribed",
    "note_unsubscribed",
    "reach_elsewhere",
    "readdress",
    "say_hour_stays",
    "send_anew",
    "settle_wording",
    "take_leave",
    "withdraw",
]
