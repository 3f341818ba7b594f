"""The one door through which people are told something, always inside the unit of work of the act that it tells of."""

from datetime import datetime

from kstthc_training.outbox.service import Letter, post_letter


def tell(letter: Letter, *, key: str, now: datetime) -> None:
    """Tell somebody; the same `key` is the same message. Letters about an account itself go past this, straight by mail."""
    post_letter(letter, key=key, now=now)
