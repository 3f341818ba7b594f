"""Files kept between preview and import: the bytes on disk, known to those alone who handed them in."""

import mimetypes
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import delete, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import AlreadyImported
from kstthc_training.directory.importing.columns import Chosen
from kstthc_training.directory.importing.plans import Effect
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.directory.service.organisation_import import import_organisations
from kstthc_training.directory.service.people_import import import_people
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import Kept, enter, own_store
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.service import cancel_several, register_several
from kstthc_training.sheets import Table
from kstthc_training.text import clean_line

KEPT = timedelta(days=1)


def keep_upload(
    *, actor: Actor, kind: ImportKind, file_name: str, kept: Kept, event_id: int | None = None, now: datetime
) -> DirectoryImport:
    """Keep a file whose bytes lie on disk until it is taken in, at most a day; only who handed it in sees it.

    People of a list for an event are registered there when it is taken in.
    """
    if actor.account_id is None:
        raise NotAllowed()
    name = clean_line(PurePath(file_name.replace("\\", "/")).name)[:150]
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    stored = enter(kept, name=name, media_type=media_type, now=now)
    db.session.flush()
    upload = DirectoryImport(
        account_id=actor.account_id, kind=kind, file_id=stored.id, file_name=name, uploaded_at=now, event_id=event_id
    )
    db.session.add(upload)
    db.session.flush()
    record(
        actor=actor, action="directory.file_kept", subject_type="directory_import", subject_id=upload.id, now=now,
        kind=kind.value,
    )  # fmt: skip
    return upload


def content_of(upload: DirectoryImport) -> bytes:
    """The bytes as they were handed in; `Unknown` when they are gone."""
    if upload.file is None:
        raise Unknown(import_id=upload.id)
    try:
        return own_store().path(upload.file.key).read_bytes()
    except FileNotFoundError as error:
        raise Unknown(import_id=upload.id) from error


def import_upload(
    *, actor: Actor, upload: DirectoryImport, table: Table, chosen: Chosen | None, send_links: bool, now: datetime
) -> DirectoryImport:
    """Take a kept file in, once: the second press meets `AlreadyImported`. `ImportRefused` when it has problems."""
    upload = _held(upload)
    if upload.imported_at is not None:
        raise AlreadyImported(imported_at=upload.imported_at, new=upload.new, changed=upload.changed)
    if upload.kind is ImportKind.ORGANISATIONS:
        places = import_organisations(actor=actor, table=table, chosen=chosen, now=now)
        upload.new, upload.changed = places.count(Effect.NEW), places.count(Effect.CHANGED)
    else:
        people = import_people(actor=actor, table=table, chosen=chosen, send_links=send_links, now=now)
        upload.new, upload.changed = people.plan.count(Effect.NEW), people.plan.count(Effect.CHANGED)
        if upload.event_id is not None:
            upload.registered = _register(actor, upload.event_id, people.person_ids, now)
    file_id, upload.file_id, upload.imported_at = upload.file_id, None, now
    db.session.flush()
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
    return upload


def forget_uploads(*, now: datetime) -> int:
    """Let go of files that were not taken in within a day, and answer how many; their bytes go as orphans do."""
    old = select(DirectoryImport).where(DirectoryImport.imported_at.is_(None), DirectoryImport.uploaded_at < now - KEPT)
    uploads = db.session.scalars(old).all()
    file_ids = [upload.file_id for upload in uploads]
    db.session.execute(delete(DirectoryImport).where(DirectoryImport.id.in_([upload.id for upload in uploads])))
    db.session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids)))
    return len(uploads)


def undo_registering(*, actor: Actor, upload: DirectoryImport, now: datetime) -> int:
    """Take back the registrations that a list made and that still stand, once; the people stay in the directory.

    The answer is how many were taken back. Raises what `registrations.service.cancel_several` raises.
    """
    upload = _held(upload)
    if upload.event_id is None or upload.undone_at is not None:
        return 0
    taken_back, _promoted = cancel_several(
        actor=actor, event_id=upload.event_id, registration_ids=upload.registered, reason="", now=now
    )
    upload.undone_at = now
    record(
        actor=actor, action="registrations.import_undone", subject_type="event", subject_id=upload.event_id, now=now,
        people=len(taken_back), title=upload.file_name,
    )  # fmt: skip
    return len(taken_back)


def _held(upload: DirectoryImport) -> DirectoryImport:
    """A list that nobody else takes in or undoes until this unit of work ends."""
    statement = select(DirectoryImport).where(DirectoryImport.id == upload.id).with_for_update()
    return db.session.execute(statement, execution_options={"populate_existing": True}).scalar_one()


def _register(actor: Actor, event_id: int, person_ids: Sequence[int], now: datetime) -> list[int]:
    known = {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(person_ids)))}
    people = [known[person_id] for person_id in person_ids]
    return [registration.id for registration in register_several(actor=actor, event_id=event_id, people=people, now=now)]
