"""Files that people send: on disk, and found to be of the kind that their name says, before any row speaks of them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kstthc_training import text
from kstthc_training.files.kinds import recognise
from kstthc_training.files.store import SentFile, own_store

_LONGEST_NAME = 150


def own_name(sent: str) -> str:
    """A file's own name, without the folders some browsers send; never empty."""
    return text.clean_line(sent.replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:] or "tep"


def receive(source: BinaryIO, *, name: str, limit: int, among: Collection[str] = ()) -> SentFile:
    """Put on disk what was sent under `name`, of one of the endings `among` where such are given.

    When no row follows, the bytes are an orphan and go after a day. Raises `TooLarge`, `KindNotTaken` and `NotWhatItSays`,
    and then leaves nothing.
    """
    own, store = own_name(name), own_store()
    with store.holding(source, limit=limit) as kept:
        return SentFile(kept, own, recognise(own, store.path(kept.key), among=among))


@contextmanager
def held(source: BinaryIO, *, name: str, limit: int, among: Collection[str] = ()) -> Iterator[SentFile]:
    """`receive` for the length of a block whose unit of work enters the row; when the block fails the bytes go at once."""
    file = receive(source, name=name, limit=limit, among=among)
    try:
        yield file
    except BaseException:
        own_store().remove(file.kept.key)
        raise
