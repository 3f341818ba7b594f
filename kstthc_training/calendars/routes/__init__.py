"""Calendars by HTTP: one event as a file, feeds by secret address, and how to subscribe to them."""

from kstthc_training.calendars.routes import event_file, feed, subscribing
from kstthc_training.calendars.routes.blueprint import bp

__all__ = ["bp", "event_file", "feed", "subscribing"]
