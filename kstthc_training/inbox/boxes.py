"""A mailbox, whatever it is kept in: letters that wait, one after another, each settled once its row is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from kstthc_training.config import Config
from kstthc_training.inbox.imap import imap_name, open_imap
from kstthc_training.inbox.maildir import MaildirBox
from kstthc_training.inbox.waiting import Mark, Waiting


class Box(Protocol):
    """A mailbox that is open. `waiting` gives letters behind a mark; `settle` says that one was kept, and only then
    changes anything in the mailbox."""

    def waiting(self, mark: Mark, *, since: datetime) -> Iterator[Waiting]: ...
    def settle(self, letter: Waiting) -> None: ...


def box_name(config: Config) -> str:
    """The name under which the mailbox of this installation is kept count of."""
    return imap_name(config) if config.imap_host else "maildir"


@contextmanager
def open_box(config: Config) -> Iterator[Box]:
    """The mailbox that the settings name, the local folder without a server; raises `BoxLost` when it cannot be read."""
    if not config.imap_host:
        yield MaildirBox(config.incoming_maildir)
        return
    with open_imap(config) as box:
        yield box
