"""One turn of the worker at letters: take what is due, carry it outside any transaction, write down what became of it."""

import logging
import time
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from threading import Event

from sqlalchemy import ColumnElement

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.composing import compose
from kstthc_training.outbox.delivery import Carrier, open_line
from kstthc_training.outbox.errors import Deferred, LineLost, Rejected, Trouble
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.pace import Pace, next_letters
from kstthc_training.outbox.wiring import Wiring

log = logging.getLogger(__name__)

BATCH = 50
REST = 10.0  # seconds before a line that failed is tried again
NOTED_TOGETHER, NOTED_WITHIN = 10, 0.25  # letters, or seconds, after which what was sent is written down
KNOCK_EVERY = 30.0  # seconds between tries with a paused letter, to notice that the mail server is back


class LetterRound:
    """Letters in the hands of one worker; `trouble` says why the line fails, None while it does not.

    `in_hand` are the ids whose lease is worth renewing: what a turn that failed leaves behind is found when it runs out.

    What waits goes out within a minute of the mail server's return: a line that fails is tried again after ten seconds,
    one paused letter knocks every thirty, and when it is taken all the others follow at once.
    """

    def __init__(self, config: Config, wiring: Wiring, *, worker: str, stopping: Event) -> None:
        self._config, self._wiring, self._worker, self._stopping = config, wiring, worker, stopping
        self._pace = Pace.of(config)
        self._rests_until = self._knocks_at = self._noted_at = 0.0
        self._sent: dict[Message, str] = {}
        self.trouble: str | None = None
        self.in_hand: tuple[int, ...] = ()

    def turn(self) -> bool:
        """Carry a batch, if anything waits and the line is up; whether there may be more at once."""
        if time.monotonic() < self._rests_until or not self._anything_waits():
            return False
        letters = self._claim()
        self.in_hand, untried = tuple(letter.id for letter in letters), deque(letters)
        try:
            with open_line(self._config) as line:
                self._carry_batch(line, untried)
        except LineLost as loss:
            self._rest(loss)
            return False
        finally:
            self._note_sent()
            self._put_back(untried)
            self.in_hand = ()
        self.trouble = None
        return len(letters) == BATCH

    def _anything_waits(self) -> bool:
        now = clock.now()
        waits = self._may_go(queries.letter_is_due(now), now)
        if not waits and self._may_knock():
            waits = self._may_go(queries.letter_is_paused(now), now)
        db.session.rollback()
        return waits

    def _may_go(self, wanted: ColumnElement[bool], now: datetime) -> bool:
        if self._pace.is_limited:
            return bool(next_letters(wanted, self._pace, limit=1, now=now))
        return queries.any_letter(wanted)

    def _may_knock(self) -> bool:
        return time.monotonic() >= self._knocks_at

    def _claim(self) -> Sequence[Message]:
        now = clock.now()
        with unit_of_work():
            letters = self._take(queries.letter_is_due(now), BATCH, now)
            if letters or not self._may_knock():
                return letters
            self._knocks_at = time.monotonic() + KNOCK_EVERY
            return self._take(queries.letter_is_paused(now), 1, now)

    def _take(self, wanted: ColumnElement[bool], limit: int, now: datetime) -> Sequence[Message]:
        return queue.claim_letters(wanted, worker=self._worker, limit=limit, pace=self._pace, now=now)

    def _carry_batch(self, line: Carrier, untried: deque[Message]) -> None:
        wiring = replace(self._wiring, sender_name=cache(self._wiring.sender_name))
        while untried and not self._stopping.is_set():
            self._carry(line, untried.popleft(), wiring)

    def _carry(self, line: Carrier, letter: Message, wiring: Wiring) -> None:
        try:
            mail = compose(letter, sender=self._config.mail_from, wiring=wiring)
            db.session.rollback()
            said = line.carry(mail)
        except Rejected as trouble:
            self._give_up(letter, trouble)
        except (Deferred, LineLost) as trouble:
            self._pause(letter, trouble)
            if isinstance(trouble, LineLost):
                raise
        else:
            self._sent[letter] = said
            if len(self._sent) >= NOTED_TOGETHER or time.monotonic() - self._noted_at >= NOTED_WITHIN:
                self._note_sent()

    def _note_sent(self) -> None:
        """Several at once, since each unit of work waits for the disk; what a killed worker did not note goes again."""
        self._noted_at = time.monotonic()
        if not self._sent:
            return
        now = clock.now()
        with unit_of_work():
            queue.letters_sent(self._sent, now=now)
            if any(letter.tries > 1 for letter in self._sent):
                queue.hasten_paused_letters(now=now)
        self._sent = {}

    def _give_up(self, letter: Message, trouble: Trouble) -> None:
        log.warning("letter %s of kind %s will not be taken", letter.id, letter.kind)
        with unit_of_work():
            queue.refuse_letter(letter, reason=str(trouble), now=clock.now())

    def _pause(self, letter: Message, trouble: Trouble) -> None:
        log.info("letter %s of kind %s is put off", letter.id, letter.kind)
        with unit_of_work():
            queue.pause_letter(letter, reason=str(trouble), now=clock.now())

    def _put_back(self, letters: Collection[Message]) -> None:
        if letters:
            with unit_of_work():
                queue.put_back(letters)

    def _rest(self, loss: LineLost) -> None:
        if self.trouble is None:
            log.warning("the line to the mail server fails")
        self.trouble = str(loss)
        self._rests_until = time.monotonic() + REST
