"""A list of mergers taken in: every one an act of its own, all of them or none."""

from datetime import date, datetime

from sqlalchemy import delete, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.directory.errors import AlreadyImported, ImportRefused, NothingToMerge
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.merging.lists import read_mergers
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.directory.service.mergers import merge
from kstthc_training.files.models import StoredFile
from kstthc_training.people.actors import Actor
from kstthc_training.sheets import Table


def import_mergers(
    *, actor: Actor, upload: DirectoryImport, table: Table, on: date, legal_basis: str, now: datetime
) -> DirectoryImport:
    """Carry every merger of a kept file out, once; those on record already are left alone.

    The second press meets `AlreadyImported`. Raises `ImportRefused` with all problems when there is one, and what `merge`
    raises.
    """
    statement = select(DirectoryImport).where(DirectoryImport.id == upload.id).with_for_update()
    upload = db.session.execute(statement, execution_options={"populate_existing": True}).scalar_one()
    if upload.imported_at is not None:
        raise AlreadyImported(imported_at=upload.imported_at, new=upload.new, changed=upload.changed)
    listed = read_mergers(table, on=on, legal_basis=legal_basis)
    if listed.problems:
        raise ImportRefused(problems=listed.problems)
    done = sum(_carried_out(actor, each.merger, now) for each in listed.mergers)
    upload = db.session.get_one(DirectoryImport, upload.id, populate_existing=True)
    upload.new, upload.changed = done, 0
    file_id, upload.file_id, upload.imported_at = upload.file_id, None, now
    db.session.flush()
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
    record(
        actor=actor, action="directory.mergers_imported", subject_type="directory", subject_id=None, now=now,
        kind=upload.kind.value, new=done,
    )  # fmt: skip
    return upload


def _carried_out(actor: Actor, merger: Merger, now: datetime) -> bool:
    try:
        merge(actor=actor, merger=merger, now=now)
    except NothingToMerge:
        return False
    return True
