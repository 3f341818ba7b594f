"""Whether the rows of files and the bytes in the store agree."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import Store

GRACE = timedelta(days=1)  # bytes are on disk before the act that speaks of them is committed


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was found: rows, rows whose bytes are missing or not what was stored, bytes that no row speaks of."""

    rows: int
    missing: list[str]
    changed: list[str]
    orphans: list[Path]

    @property
    def holds(self) -> bool:
        """Whether nothing is missing, changed or left over."""
        return not (self.missing or self.changed or self.orphans)


def compare(store: Store, *, now: datetime, read_bytes: bool = False) -> Agreement:
    """Hold rows against files: by size, with `read_bytes` also by SHA-256; orphans count when older than a day."""
    orphans = old_orphans(store, now=now)
    rows = db.session.execute(select(StoredFile.key, StoredFile.size, StoredFile.sha256)).all()
    missing = [key for key, _, _ in rows if not store.path(key).is_file()]
    gone = set(missing)
    changed = [
        key
        for key, size, sha256 in rows
        if key not in gone and not _is_unchanged(store.path(key), size, sha256 if read_bytes else None)
    ]
    return Agreement(rows=len(rows), missing=missing, changed=changed, orphans=orphans)


def old_orphans(store: Store, *, now: datetime) -> list[Path]:
    """Files older than a day that no row speaks of."""
    # The folder is read first: a file whose row is committed in between is no orphan.
    old = list(store.orphans(set(), older_than=(now - GRACE).timestamp()))
    known = set(db.session.scalars(select(StoredFile.key)))
    return sorted(path for path in old if path.name not in known)


def _is_unchanged(path: Path, size: int, sha256: str | None) -> bool:
    if path.stat().st_size != size:
        return False
    if sha256 is None:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
