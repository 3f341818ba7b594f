"""Where bytes lie: a folder of the installation, one file a key; a file is safe on disk before anything speaks of it."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from kstthc_training.db import db
from kstthc_training.files.models import StoredFile
from kstthc_training.ids import random_uuid
from kstthc_training.refusals import Refusal

_CHUNK = 1 << 20


class TooLarge(Refusal):
    """More than `limit` octets were offered."""


@dataclass(frozen=True)
class Kept:
    """Bytes that lie on disk, with their size in octets and SHA-256; no row speaks of them yet."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class SentFile:
    """Bytes on disk with the name they came under and the kind they were found to be of."""

    kept: Kept
    name: str
    media_type: str


def enter(kept: Kept, *, name: str, media_type: str, now: datetime) -> StoredFile:
    """Add the row that speaks of bytes on disk, inside the unit of work of the act that brought them."""
    stored = StoredFile(key=kept.key, name=name, media_type=media_type, size=kept.size, sha256=kept.sha256, stored_at=now)
    db.session.add(stored)
    return stored


@dataclass(frozen=True)
class Store:
    """A folder of files under random keys, spread over 256 sub-folders."""

    root: Path

    def path(self, key: str) -> Path:
        """Where the bytes of a key lie."""
        return self.root / key[:2] / key

    def put(self, source: BinaryIO, *, limit: int) -> "Kept":
        """Copy `source` to disk, synced with its folder, before any transaction begins; over `limit` octets `TooLarge`.

        When no row follows, the bytes are an orphan and go after a day.
        """
        key = random_uuid().hex
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            size, digest = _write(source, path, limit)
            _sync_folder(path.parent)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Kept(key, size, digest)

    @contextmanager
    def holding(self, source: BinaryIO, *, limit: int) -> Iterator[Kept]:
        """`put` for the length of a block whose unit of work enters the row; when the block fails the bytes go at once."""
        kept = self.put(source, limit=limit)
        try:
            yield kept
        except BaseException:
            self.remove(kept.key)
            raise

    def keep(self, source: BinaryIO, *, name: str, media_type: str, limit: int, now: datetime) -> StoredFile:
        """Put `source` on disk and add its row in one go: for what is small or made by ourselves."""
        return enter(self.put(source, limit=limit), name=name, media_type=media_type, now=now)

    def remove(self, key: str) -> None:
        """Take the bytes away; a key without bytes is no error."""
        self.path(key).unlink(missing_ok=True)

    def orphans(self, known: set[str], *, older_than: float) -> Iterator[Path]:
        """Files that no row knows and that were last touched before `older_than`, seconds since the epoch."""
        for path in self.root.glob("??/*"):
            if path.name not in known and path.stat().st_mtime < older_than:
                yield path


def own_store() -> Store:
    """The store of the installation that the running application belongs to."""
    return Store(current_app.config["SETTINGS"].files_dir)


def _write(source: BinaryIO, path: Path, limit: int) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(limit=limit, limit_mb=limit // 1_000_000)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    for each in (folder, folder.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
