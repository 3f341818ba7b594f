"""Looking up feeds: whose they are, what they hold, and whether that changed."""

from kstthc_training.calendars.queries.entries import Kept, events_with_sessions, is_registered, kept_entries, validator
from kstthc_training.calendars.queries.following import Follower, feed_secret, find_follower, get_follower
from kstthc_training.calendars.queries.rendering import RENDERING, Rendering
from kstthc_training.calendars.queries.subscriptions import Subscription, own_organisations, subscriptions_of

__all__ = [
    "RENDERING",
    "Follower",
    "Kept",
    "Rendering",
    "Subscription",
    "events_with_sessions",
    "feed_secret",
    "find_follower",
    "get_follower",
    "is_registered",
    "kept_entries",
    "own_organisations",
    "subscriptions_of",
    "validator",
]
