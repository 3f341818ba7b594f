"""A file that came with a form which was sent back: its bytes lie on disk, and a signed note in the form leads to them.

No row speaks of the bytes yet, so that those of a form nobody sends again go after a day, as all orphans do.
"""

from dataclasses import asdict

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from kstthc_training.files.store import Kept, SentFile, own_store

_SALT = "carried-file"
_SECONDS = 12 * 3600


def note_of(file: SentFile, *, form: str) -> str:
    """The note that leads to a file, for the one form that brought it."""
    return str(_signer(form).dumps({**asdict(file.kept), "name": file.name, "media_type": file.media_type}))


def carried(note: str, *, form: str) -> SentFile | None:
    """The file to which a note leads; None for one of another form, a made-up or an old one, or without its bytes."""
    try:
        said = _signer(form).loads(note, max_age=_SECONDS)
    except BadData:
        return None
    file = SentFile(Kept(said["key"], said["size"], said["sha256"]), said["name"], said["media_type"])
    return file if own_store().path(file.kept.key).is_file() else None


def _signer(form: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SETTINGS"].secret_key, salt=f"{_SALT}:{form}")
