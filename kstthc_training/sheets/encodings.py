"""Which letters the octets of a text file stand for."""

import codecs
import re
import unicodedata

from kstthc_training.sheets.formats import extension_of
from kstthc_training.sheets.refusals import ContentMismatch, UnknownEncoding

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SAMPLED_OCTETS = 4096
_VIETNAMESE = set("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz")
_SIGNS = set("–—‘’“”„•…°§«»·\u00a0²³₫")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def decoded(filename: str, content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without byte order mark, or for certain in Windows-1258.

    Windows-1258 is certain when every letter it yields is Vietnamese and at least one carries its tone as a sign of
    its own, which no other encoding in use does. Else UnknownEncoding names the first line in doubt.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(filename, content.removeprefix(mark), encoding)
    if b"\0" in content:
        return _strictly(filename, content, _unmarked_utf16(filename, content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_1258(filename, content, error.start)


def _strictly(filename: str, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(filename=filename, line=_line_at(content, error.start, encoding)) from None
    if "\0" in text:
        raise ContentMismatch(filename=filename, extension=extension_of(filename))
    return text


def _line_at(content: bytes, octet: int, encoding: str = "ascii") -> int:
    return content[:octet].count("\n".encode(encoding)) + 1


def _unmarked_utf16(filename: str, content: bytes) -> str:
    sample = content[:_SAMPLED_OCTETS]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Plain letters, delimiters and line ends make many octets of one half zero, and none of the other.
    if len(content) % 2 == 0 and min(even, odd) == 0 and max(even, odd) * 8 >= len(sample):
        return "utf-16-le" if odd else "utf-16-be"
    raise ContentMismatch(filename=filename, extension=extension_of(filename))


def _windows_1258(filename: str, content: bytes, doubtful: int) -> str:
    refusal = UnknownEncoding(filename=filename, line=_line_at(content, doubtful))
    try:
        raw = content.decode("cp1258")
    except UnicodeDecodeError:
        raise refusal from None
    text = unicodedata.normalize("NFC", raw)
    strange = {c for c in text if not c.isascii() and c.lower() not in _VIETNAMESE and c not in _SIGNS}
    if strange or not _TONE.search(raw):
        raise refusal
    return text
