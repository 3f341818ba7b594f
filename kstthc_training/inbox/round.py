"""One turn of the worker at the mailbox: take what came, then settle each letter by itself."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event

from flask import current_app
from sqlalchemy.exc import DBAPIError

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.inbox import queries, service
from kstthc_training.inbox.boxes import Box, box_name, open_box
from kstthc_training.inbox.errors import BoxLost
from kstthc_training.inbox.models import InboxBox
from kstthc_training.inbox.waiting import Mark

log = logging.getLogger(__name__)

BATCH = 50
FIRST_READ_FROM = timedelta(days=14)


def mailbox_hand(config: Config, stopping: Event) -> Callable[[], bool]:
    """The worker's hand at the mailbox: called again and again, it does what its hour has come for."""
    return InboxRound(config, stopping=stopping).turn


class InboxRound:
    """Reads the mailbox at the rhythm of the settings and settles what was taken, whoever took it.

    A letter is kept first, then settled at the mailbox, then counted as read: cut off anywhere, it is found again and
    known by its digest. Nothing here waits for letters out or jobs, nor they for it.
    """

    def __init__(self, config: Config, *, stopping: Event) -> None:
        self._config, self._stopping = config, stopping
        self._name, self._every = box_name(config), timedelta(seconds=config.mail_read_seconds)
        self._reads_at = 0.0
        self._has_new = True  # what a worker that was killed had taken

    def turn(self) -> bool:
        """Read, if it is time, and settle; whether there is more at once."""
        more = False
        if time.monotonic() >= self._reads_at:
            self._reads_at = time.monotonic() + self._every.total_seconds()
            more = self._read()
            self._has_new = True
        if self._has_new:
            self._has_new = self._settle_some()
        if more:
            self._reads_at = 0.0
        return (more or self._has_new) and not self._stopping.is_set()

    def _read(self) -> bool:
        with unit_of_work():
            known = service.claim_reading(self._name, every=self._every, now=clock.now())
        if known is None:
            return False
        try:
            with open_box(self._config) as box:
                return self._take(box, known)
        except BoxLost as loss:
            if not known.trouble:
                log.warning("the mailbox cannot be read")
            with unit_of_work():
                service.note_trouble(self._name, trouble=str(loss))
        return False

    def _take(self, box: Box, known: InboxBox) -> bool:
        """Take a batch; whether there was more."""
        mark, taken = Mark(known.validity, known.last_uid), 0
        since = clock.now() - FIRST_READ_FROM
        for letter in box.waiting(mark, since=since):
            if taken == BATCH or self._stopping.is_set():
                self._note_read(mark, is_whole=False)
                return taken == BATCH
            with unit_of_work():
                service.keep(letter.octets, is_cut=letter.is_cut, now=clock.now())
            box.settle(letter)
            mark, taken = letter.mark, taken + 1
        self._note_read(mark, is_whole=True)
        return False

    def _note_read(self, mark: Mark, *, is_whole: bool) -> None:
        with unit_of_work():
            service.note_read(self._name, mark=mark, is_whole=is_whole, now=clock.now())

    def _settle_some(self) -> bool:
        """Settle letters one by one; whether any is left for the next turn."""
        ids = queries.new_ids(limit=BATCH)
        db.session.rollback()
        failed = 0
        for message_id in ids:
            if self._stopping.is_set():
                return True
            failed += not self._settle(message_id)
        return len(ids) == BATCH and failed < BATCH

    def _settle(self, message_id: int) -> bool:
        wiring = current_app.extensions["inbox"]
        try:
            with unit_of_work():
                authserv_id = self._config.mail_authserv_id
                service.settle(message_id=message_id, wiring=wiring, authserv_id=authserv_id, now=clock.now())
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            self._count_failure(message_id)
        except Exception:  # whatever one letter brings about, those behind it are settled
            self._count_failure(message_id)
        else:
            return True
        return False

    def _count_failure(self, message_id: int) -> None:
        log.exception("letter %s could not be settled", message_id)
        with unit_of_work():
            service.count_failure(message_id=message_id, now=clock.now())
