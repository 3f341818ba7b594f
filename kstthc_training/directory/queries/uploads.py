"""Files between preview and import, for those who handed them in."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Unknown


def get_upload(*, actor: Actor, import_id: int) -> DirectoryImport:
    """A file that the actor handed in; `Unknown` when there is none, or it is somebody else's."""
    statement = (
        select(DirectoryImport)
        .where(DirectoryImport.id == import_id, DirectoryImport.account_id == actor.account_id)
        .options(joinedload(DirectoryImport.file), joinedload(DirectoryImport.event))
    )
    upload = db.session.scalar(statement, execution_options={"populate_existing": True})
    if upload is None:
        raise Unknown(import_id=import_id)
    return upload
