"""Keeping of rendered entries, and the addresses of feeds."""

from kstthc_training.calendars.service.addresses import is_use_worth_noting, note_use, renew_address
from kstthc_training.calendars.service.entries import render_missing

__all__ = ["is_use_worth_noting", "note_use", "render_missing", "renew_address"]
