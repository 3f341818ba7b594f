"""Looking up feeds: whose they are, what they hold, and whether that changed."""

from kstthc_training.calendars.queries.entries import Kept, events_with_sessions, is_registered, kept_entries, validator
from kstthc_training.calendars.queries.following import Follower, feed_secret, find_follower, get_follower
from kstthc_training.calendars.queries.rendering import RENDERING, Rendering

__all__ = [
    "RENDERING",
    "Follower",
    "Kept",
    "Rendering",
    "events_with_sessions",
    "feed_secret",
    "find_follower",
    "get_follower",
    "is_registered",
    "kept_entries",
    "validator",
]
