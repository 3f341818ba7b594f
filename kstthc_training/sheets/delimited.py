"""Text files of separated cells, read into numbered lines."""

import csv
import io
from collections.abc import Iterator, Sequence
from statistics import mode

from kstthc_training.sheets.encodings import decoded
from kstthc_training.sheets.headings import Fields, match_headings
from kstthc_training.sheets.refusals import BrokenFile

Line = tuple[int, Sequence[str]]

_DELIMITERS = (";", ",", "\t")
_SAMPLED_LINES = 20
_HEADED_LINES = 10
_SAMPLED_CELLS = 100
_DECLARED = "sep="


def read_delimited(filename: str, content: bytes, fields: Fields) -> list[Line]:
    """The records of a file with the number of the line each begins on; cells between `;`, `,` or tabs, as detected.

    Quoting follows RFC 4180; a quote that is opened and not closed, or followed by text, is refused with its line.
    A first line `sep=;`, which Excel understands, names the delimiter and is no record.
    """
    text = decoded(filename, content)
    first, _, rest = text.partition("\n")
    declared = first.strip("\r\n ").casefold()
    if declared.startswith(_DECLARED) and len(declared) == len(_DECLARED) + 1:
        return list(_records(filename, rest, declared[-1], skipped=1))
    return list(_records(filename, text, detected_delimiter(text, fields), skipped=0))


def detected_delimiter(text: str, fields: Fields) -> str:
    """The delimiter under which most fields find their heading, and then most lines fall into the most equal parts."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLED_LINES])
    return max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter, fields))


def _fitness(sample: str, delimiter: str, fields: Fields) -> tuple[int, float]:
    try:
        records = [record for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if record]
    except csv.Error:
        return 0, 0.0
    found = max((len(match_headings(record[:_SAMPLED_CELLS], fields)) for record in records[:_HEADED_LINES]), default=0)
    widths = [len(record) for record in records if len(record) > 1]
    usual = mode(widths) if widths else 0
    return found, usual * widths.count(usual) / max(len(records), 1)


def _records(filename: str, text: str, delimiter: str, skipped: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for record in reader:
            yield line, record
            line = skipped + reader.line_num + 1
    except csv.Error:
        raise BrokenFile(filename=filename, line=line) from None
