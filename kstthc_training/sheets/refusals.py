"""Why a file is not taken as a table, or a table not written, with the facts; the page has the words."""

from kstthc_training.refusals import Refusal


class SheetRefused(Refusal):
    """A table could not be read or written."""


class FileTooLarge(SheetRefused):
    """More octets than are read: `octets`, `limit`."""


class UnpacksTooLarge(SheetRefused):
    """A workbook that holds far more than its size shows: `octets` declared when unpacked, `limit`."""


class TooManyRows(SheetRefused):
    """More filled rows than are taken: `rows`, `limit`."""


class TooManyColumns(SheetRefused):
    """A row with more columns than are taken: `columns`, `limit`, `line`."""


class TooHeavy(SheetRefused):
    """A workbook that needs more memory or time than a table of the allowed size: `filename`."""


class UnknownFormat(SheetRefused):
    """A file name whose extension is none of those read: `filename`, `extension`, `known`."""


class ContentMismatch(SheetRefused):
    """A file that is not what its extension says: `filename`, `extension`."""


class BrokenFile(SheetRefused):
    """A file of a known kind that cannot be read; `line` where the trouble was found, or None."""


class LockedWorkbook(SheetRefused):
    """A workbook that opens with a password only: `filename`."""


class NoSuchSheet(SheetRefused):
    """The workbook has no visible sheet of that name: `sheet`, `sheet_names`."""


class UnknownEncoding(SheetRefused):
    """Text that is neither UTF-8 nor UTF-16 nor certainly Windows-1258: `line` of the first doubtful letter."""


class EmptyTable(SheetRefused):
    """No filled cell at all: `filename`."""


class NoSuchColumn(SheetRefused):
    """A column was chosen that the table does not have: `field`, `column`, `columns`."""
