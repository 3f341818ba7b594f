"""What a file is, by its ending and by its content: both must say the same, and only papers and pictures are taken."""

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kstthc_training.refusals import Refusal

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MOST_PARTS = 10_000
_MOST_UNPACKED = 1_000_000_000
# Torn, of a version to come, or with names that are no UTF-8: what `zipfile` raises over a directory it cannot read.
_UNREADABLE = (zipfile.BadZipFile, OSError, NotImplementedError, ValueError)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class KindNotTaken(Refusal):
    """The ending is not among those taken; `ending` is what came, `taken` what is."""


class NotWhatItSays(Refusal):
    """The content is not that of a file with this `ending`."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its media type, and how its content is known."""

    media_type: str
    holds: Callable[[Path], bool]


def recognise(name: str, path: Path, *, among: Collection[str] = ()) -> str:
    """The media type of the file at `path` that came under `name`, of one of the endings `among` where such are given.

    `KindNotTaken` and `NotWhatItSays` otherwise.
    """
    ending = PurePosixPath(name.lower()).suffix.lstrip(".")
    taken = sorted(among or KINDS)
    kind = KINDS.get(ending) if ending in taken else None
    if kind is None:
        raise KindNotTaken(ending=ending or "?", taken=", ".join(taken))
    if not kind.holds(path):
        raise NotWhatItSays(ending=ending)
    return kind.media_type


def _begins(*signatures: bytes) -> Callable[[Path], bool]:
    def holds(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(16).startswith(signatures)

    return holds


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(65_536)
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and b"\0" not in head
    return b"\0" not in head


def _packed(*wanted: str) -> Callable[[Path], bool]:
    """A ZIP that holds the wanted parts, no macros, and does not unpack into something enormous."""

    def holds(path: Path) -> bool:
        try:
            with zipfile.ZipFile(path) as archive:
                parts = archive.infolist()
        except _UNREADABLE:
            return False
        names = [part.filename for part in parts]
        small = len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _MOST_UNPACKED
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return small and not macros and all(any(name.startswith(part) for name in names) for part in wanted)

    return holds


KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _begins(b"%PDF-")),
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", _packed("[Content_Types].xml", "word/")),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", _packed("[Content_Types].xml", "xl/")),
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", _packed("[Content_Types].xml", "ppt/")),
    "odt": Kind(f"{_OPEN}.text", _packed("mimetype", "content.xml")),
    "ods": Kind(f"{_OPEN}.spreadsheet", _packed("mimetype", "content.xml")),
    "odp": Kind(f"{_OPEN}.presentation", _packed("mimetype", "content.xml")),
    "doc": Kind("application/msword", _begins(_OLD_OFFICE)),
    "xls": Kind("application/vnd.ms-excel", _begins(_OLD_OFFICE)),
    "ppt": Kind("application/vnd.ms-powerpoint", _begins(_OLD_OFFICE)),
    "csv": Kind("text/csv", _is_text),
    "txt": Kind("text/plain", _is_text),
    "png": Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
}
