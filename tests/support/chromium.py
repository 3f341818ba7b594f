"""The distribution's browser: of its driver no more than one may run in a process."""

import atexit
from collections.abc import Sequence
from functools import cache

from playwright.sync_api import Browser, Playwright, sync_playwright


def launched(args: Sequence[str]) -> Browser:
    """A browser of its own; whoever asks closes it."""
    return _driver().chromium.launch(executable_path="/usr/bin/chromium", args=list(args))


@cache
def _driver() -> Playwright:
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started
