"""Keeping of rendered entries, and the addresses of feeds."""

from kstthc_training.calendars.service.addresses import (
    choose_shown,
    is_use_worth_noting,
    note_use,
    renew_address,
    stop_feed,
)
from kstthc_training.calendars.service.entries import render_missing

__all__ = ["choose_shown", "is_use_worth_noting", "note_use", "render_missing", "renew_address", "stop_feed"]
