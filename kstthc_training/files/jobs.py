"""What the worker does for the store each day."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.files.agreement import old_orphans
from kstthc_training.files.store import own_store

log = logging.getLogger(__name__)


def remove_orphans(payload: Mapping[str, Any], now: datetime) -> None:
    """Take away bytes older than a day that no row speaks of: the act that brought them was not completed."""
    store = own_store()
    orphans = old_orphans(store, now=now)
    for path in orphans:
        store.remove(path.name)
    if orphans:
        log.info("removed %s files that no row speaks of", len(orphans))
