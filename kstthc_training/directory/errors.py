"""Why a file is not taken into the directory."""

from kstthc_training.refusals import Refusal


class ImportRefused(Refusal):
    """Nothing was taken: `problems` names every one, in the order of the lines."""


class AlreadyImported(Refusal):
    """The file was taken into the directory before, at `imported_at`: `new` and `changed` rows."""
