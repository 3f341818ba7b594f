"""Which kind of file was handed in, by its name and by its content, before any of it is parsed."""

import io
import zipfile
from enum import StrEnum
from pathlib import PurePath

from kstthc_training.sheets.limits import Limits
from kstthc_training.sheets.refusals import (
    BrokenFile,
    ContentMismatch,
    EmptyTable,
    FileTooLarge,
    LockedWorkbook,
    UnknownFormat,
    UnpacksTooLarge,
)


class Format(StrEnum):
    """The kinds of files that are read."""

    DELIMITED = "delimited"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


EXTENSIONS = {
    "csv": Format.DELIMITED,
    "tsv": Format.DELIMITED,
    "txt": Format.DELIMITED,
    "xlsx": Format.XLSX,
    "xls": Format.XLS,
    "ods": Format.ODS,
}
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1


def format_of(filename: str, content: bytes, limits: Limits) -> Format:
    """The kind of file, when its extension is known, its content is of that kind, and its size is within the limits.

    Of archives the parts are counted, and the sizes declared for unpacking added up, before anything is unpacked.
    """
    extension = extension_of(filename)
    claimed = EXTENSIONS.get(extension)
    if claimed is None:
        raise UnknownFormat(filename=filename, extension=extension, known=tuple(EXTENSIONS))
    if len(content) > limits.octets:
        raise FileTooLarge(octets=len(content), limit=limits.octets)
    if not content:
        raise EmptyTable(filename=filename)
    if claimed is Format.XLSX and content.startswith(_COMPOUND) and _ENCRYPTED_STREAM in content:
        raise LockedWorkbook(filename=filename)
    if _found(content, limits, filename) is not claimed:
        raise ContentMismatch(filename=filename, extension=extension)
    return claimed


def extension_of(filename: str) -> str:
    """The extension of a file name, in small letters, without the dot; '' when there is none."""
    return PurePath(filename).suffix.removeprefix(".").casefold()


def _found(content: bytes, limits: Limits, filename: str) -> Format | None:
    if content.startswith(_COMPOUND):
        return Format.XLS
    if content.startswith(_ZIP):
        return _found_in_archive(content, limits, filename)
    return Format.DELIMITED


def _found_in_archive(content: bytes, limits: Limits, filename: str) -> Format | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise BrokenFile(filename=filename, line=None) from None
    octets = sum(member.file_size for member in members)
    if octets > limits.unpacked_octets or len(members) > limits.parts:
        raise UnpacksTooLarge(octets=octets, limit=limits.unpacked_octets)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise LockedWorkbook(filename=filename)
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return Format.XLSX
    return Format.ODS if {"mimetype", "content.xml"} <= names else None
