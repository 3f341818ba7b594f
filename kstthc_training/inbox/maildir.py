"""Letters in a folder of this machine (Maildir), where a mail server or a person lays them down."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kstthc_training.inbox.errors import BoxLost
from kstthc_training.inbox.reading import MOST_OCTETS
from kstthc_training.inbox.waiting import Mark, Waiting

_SEEN = ":2,S"


@dataclass(frozen=True)
class MaildirBox:
    """Takes what lies in `new`, the oldest first, and moves it to `cur` once it is kept."""

    root: Path

    def waiting(self, mark: Mark, *, since: datetime) -> Iterator[Waiting]:
        """Every plain file in `new`; links and folders are left alone."""
        try:
            for name in ("tmp", "new", "cur"):
                (self.root / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            entries = sorted(os.scandir(self.root / "new"), key=lambda entry: entry.name)
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
                    yield from _read(entry.path, mark)
        except OSError as error:
            raise BoxLost(f"{type(error).__name__}: {error.strerror}") from error

    def settle(self, letter: Waiting) -> None:
        """Move a letter to `cur`, marked as seen; one that another worker moved is no error."""
        source = Path(letter.place)
        target = self.root / "cur" / f"{source.name.partition(':')[0]}{_SEEN}"
        try:
            with suppress(FileNotFoundError):
                source.replace(target)
        except OSError as error:
            raise BoxLost(f"{type(error).__name__}: {error.strerror}") from error


def _read(path: str, mark: Mark) -> Iterator[Waiting]:
    with suppress(FileNotFoundError):  # another worker took it between the look and the opening
        with Path(path).open("rb") as file:
            octets = file.read(MOST_OCTETS + 1)
        yield Waiting(octets[:MOST_OCTETS], len(octets) > MOST_OCTETS, mark, path)
