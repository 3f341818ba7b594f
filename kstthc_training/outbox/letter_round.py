"""One turn of the worker at letters: take what is due, carry it outside any transaction, write down what became of it."""

import logging
import time
from collections.abc import Sequence
from threading import Event

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.composing import compose
from kstthc_training.outbox.delivery import Carrier, open_line
from kstthc_training.outbox.errors import Deferred, LineLost, Rejected, Trouble
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.wiring import Wiring

log = logging.getLogger(__name__)

BATCH = 50
REST = 10.0  # seconds before a line that failed is tried again
KNOCK_EVERY = 30.0  # seconds between tries with a paused letter, to notice that the mail server is back


class LetterRound:
    """Letters in the hands of one worker; `trouble` says why the line fails, None while it does not.

    `in_hand` are the ids whose lease is worth renewing: what a turn that failed leaves behind is found when it runs out.

    What waits goes out within a minute of the mail server's return: a line that fails is tried again after ten seconds,
    one paused letter knocks every thirty, and when it is taken all the others follow at once.
    """

    def __init__(self, config: Config, wiring: Wiring, *, worker: str, stopping: Event) -> None:
        self._config, self._wiring, self._worker, self._stopping = config, wiring, worker, stopping
        self._rests_until = self._knocks_at = 0.0
        self.trouble: str | None = None
        self.in_hand: tuple[int, ...] = ()

    def turn(self) -> bool:
        """Carry a batch, if anything waits and the line is up; whether there may be more at once."""
        if time.monotonic() < self._rests_until or not self._anything_waits():
            return False
        try:
            with open_line(self._config) as line:
                more = self._carry_batch(line)
        except LineLost as loss:
            self._rest(loss)
            return False
        finally:
            self.in_hand = ()
        self.trouble = None
        return more

    def _anything_waits(self) -> bool:
        now = clock.now()
        waits = queries.letters_due(now) or (self._may_knock() and queries.letters_paused(now))
        db.session.rollback()
        return waits

    def _may_knock(self) -> bool:
        return time.monotonic() >= self._knocks_at

    def _carry_batch(self, line: Carrier) -> bool:
        letters = self._claim()
        self.in_hand = tuple(letter.id for letter in letters)
        for place, letter in enumerate(letters):
            if self._stopping.is_set():
                self._put_back(letters[place:])
                return False
            try:
                self._carry(line, letter)
            except LineLost:
                self._put_back(letters[place + 1 :])
                raise
        return len(letters) == BATCH

    def _claim(self) -> Sequence[Message]:
        now = clock.now()
        with unit_of_work():
            letters = queue.claim(queries.letter_is_due(now), Message, worker=self._worker, limit=BATCH, now=now)
            if letters or not self._may_knock():
                return letters
            self._knocks_at = time.monotonic() + KNOCK_EVERY
            return queue.claim(queries.letter_is_paused(now), Message, worker=self._worker, limit=1, now=now)

    def _carry(self, line: Carrier, letter: Message) -> None:
        try:
            mail = compose(letter, sender=self._config.mail_from, wiring=self._wiring)
            db.session.rollback()
            said = line.carry(mail)
        except Rejected as trouble:
            self._give_up(letter, trouble)
        except (Deferred, LineLost) as trouble:
            self._pause(letter, trouble)
            if isinstance(trouble, LineLost):
                raise
        else:
            self._note_sent(letter, said)

    def _note_sent(self, letter: Message, said: str) -> None:
        now = clock.now()
        with unit_of_work():
            queue.letters_sent({letter: said}, now=now)
            if letter.tries > 1:
                queue.hasten_paused_letters(now=now)

    def _give_up(self, letter: Message, trouble: Trouble) -> None:
        log.warning("letter %s of kind %s will not be taken", letter.id, letter.kind)
        with unit_of_work():
            queue.refuse_letter(letter, reason=str(trouble), now=clock.now())

    def _pause(self, letter: Message, trouble: Trouble) -> None:
        log.info("letter %s of kind %s is put off", letter.id, letter.kind)
        with unit_of_work():
            queue.pause_letter(letter, reason=str(trouble), now=clock.now())

    def _put_back(self, letters: Sequence[Message]) -> None:
        if letters:
            with unit_of_work():
                queue.put_back(letters)

    def _rest(self, loss: LineLost) -> None:
        if self.trouble is None:
            log.warning("the line to the mail server fails")
        self.trouble = str(loss)
        self._rests_until = time.monotonic() + REST
