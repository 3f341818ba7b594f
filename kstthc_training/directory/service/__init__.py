"""Verbs of the directory: lists taken in whole or not at all, files kept between preview and import."""

from kstthc_training.directory.service.organisation_import import import_organisations
from kstthc_training.directory.service.people_import import PeopleImported, import_people
from kstthc_training.directory.service.uploads import (
    content_of,
    forget_uploads,
    import_upload,
    keep_upload,
    undo_registering,
)

__all__ = [
    "PeopleImported", "content_of", "forget_uploads", "import_organisations", "import_people", "import_upload",
    "keep_upload", "undo_registering",
]  # fmt: skip
