"""How often an address is asked for, in the memory of the process that answers: counting there costs nothing.

What is guarded is the work of building, not the secret: guesses are counted in the database, by where they come from.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

_KEPT = 10_000


class Pace:
    """Counts requests by address in windows that stand fixed on the clock; the addresses of late are remembered."""

    def __init__(self, *, most: int, window: timedelta) -> None:
        self._most, self._seconds = most, int(window.total_seconds())
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def wait_for(self, address: str, now: datetime) -> int | None:
        """Count one request; None while there are no more than the window allows, else the seconds until the next."""
        window, since = divmod(int(now.timestamp()), self._seconds)
        with self._lock:
            before, count = self._counts.pop(address, (window, 0))
            count = count + 1 if before == window else 1
            self._counts[address] = (window, count)
            if len(self._counts) > _KEPT:
                self._counts.popitem(last=False)
        return self._seconds - since if count > self._most else None


class Paces:
    """What one process remembers: how often right addresses are read, and which wrong ones were counted already."""

    def __init__(self) -> None:
        self.reading = Pace(most=300, window=timedelta(minutes=1))
        self.guessing = Pace(most=1, window=timedelta(minutes=15))
