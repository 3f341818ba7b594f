"""What the worker does for erasures: bytes and copies of letters that no row speaks of any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.files.store import own_store
from kstthc_training.outbox.delivery import own_maildir
from kstthc_training.privacy.service.erasing import DISCARD, FORGET_LAST_LETTER
from kstthc_training.privacy.service.erasing import forget_last_letter as forget


def discard(payload: Mapping[str, Any], now: datetime) -> None:
    """Remove files that an erased person handed in, and copies of letters to him."""
    store, box = own_store(), own_maildir()
    for key in payload["files"]:
        store.remove(key)
    for message_id in payload["letters"]:
        box.discard(message_id)


def forget_last_letter(payload: Mapping[str, Any], now: datetime) -> None:
    """Empty the letter that told a person that his data is erased."""
    with unit_of_work():
        message_ids = forget(key=payload["key"])
    discard({"files": [], "letters": message_ids}, now)


HANDLERS = {DISCARD: discard, FORGET_LAST_LETTER: forget_last_letter}
