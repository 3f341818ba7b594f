"""What the spawned processes do. Each imports the application itself, and ends when the first process is gone."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from kstthc_training.config import Config

LAST_RESORT = 10.0  # seconds after which a process that was told to end is cut

Report = tuple[str, Any]
READY, REFUSED = "ready", "refused"


def web_application(settings: Config, gate: Connection) -> Callable[..., Any]:
    """The application of a process that answers, once `gate` opens: when the other end is closed, the database is ready."""
    os.setpgrp()  # Ctrl-C is for the first process alone, which ends the others in order
    _end_with_parent()
    from kstthc_training.application import create_app
    from kstthc_training.web.logs import set_up_logs

    set_up_logs(settings.log_level)
    if settings.log_level != "DEBUG":
        logging.getLogger("kstthc_training.access").setLevel(logging.WARNING)
    gate.poll(None)
    return create_app(settings)


def prepare_and_work(settings: Config, report: Connection, stays: bool) -> None:
    """Prepare the database, report `(READY, sample accounts)` or `(REFUSED, why)`, and, if it `stays`, be the worker."""
    os.setpgrp()
    stopping = stop_on_signals()
    _end_with_parent()
    from kstthc_training.serve.preparation import NotPrepared, prepared_application

    try:
        app, accounts = prepared_application(settings)
    except NotPrepared as refusal:
        report.send((REFUSED, str(refusal)))
        return
    report.send((READY, accounts))
    report.close()
    if stays:
        from kstthc_training.outbox.worker import work

        work(app, stopping)
        os._exit(0)  # a thread that is still busy must not hold the end up; its work is found again


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _end_with_parent() -> None:
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LAST_RESORT)
        os._exit(1)
