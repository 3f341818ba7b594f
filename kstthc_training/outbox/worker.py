"""The worker's loop: letters and jobs side by side, so that neither waits for the other."""

import logging
import time
from threading import Event, Thread

from flask import Flask

from kstthc_training.config import Config
from kstthc_training.db import unit_of_work
from kstthc_training.ids import random_uuid
from kstthc_training.outbox import queue
from kstthc_training.outbox.housekeeping import Housekeeping
from kstthc_training.outbox.job_round import JobRound
from kstthc_training.outbox.letter_round import LetterRound
from kstthc_training.outbox.wiring import Turn, Wiring

log = logging.getLogger(__name__)

POLL = 1.0  # seconds between looks when nothing is due
SULK = 5.0  # seconds after the database did not answer
LAST_MOMENT = 0.8  # seconds for what is in hand when the worker is told to end


def work(app: Flask, stopping: Event) -> None:
    """Carry letters and run jobs until `stopping` is set; then end within a second, whatever is in hand.

    What is cut is done again by another worker: a letter under the same Message-ID, a job from its beginning.
    """
    config: Config = app.config["SETTINGS"]
    wiring: Wiring = app.extensions["outbox"]
    name = random_uuid().hex
    letters = LetterRound(config, wiring, worker=name, stopping=stopping)
    jobs = JobRound(wiring, worker=name)
    chores = Housekeeping(config, wiring, letters, jobs, worker=name)
    holding = [_hand(app, turn, stopping) for turn in (letters.turn, jobs.turn)]
    others = [_hand(app, make(config, stopping), stopping) for make in wiring.hands]
    for hand in (*holding, *others):
        hand.start()
    _repeat(app, chores.turn, stopping)
    if _ended(holding):
        with app.app_context(), unit_of_work():
            queue.leave(worker=name)


def _hand(app: Flask, turn: Turn, stopping: Event) -> Thread:
    return Thread(target=_repeat, args=(app, turn, stopping), daemon=True)


def _repeat(app: Flask, turn: Turn, stopping: Event) -> None:
    while not stopping.is_set():
        pause = POLL
        try:
            with app.app_context():
                if turn():
                    continue
        except Exception:  # a database that restarts must not end the worker
            log.exception("a turn of the worker failed")
            pause = SULK
        stopping.wait(pause)


def _ended(hands: list[Thread]) -> bool:
    deadline = time.monotonic() + LAST_MOMENT
    for hand in hands:
        hand.join(max(0.0, deadline - time.monotonic()))
    return not any(hand.is_alive() for hand in hands)
