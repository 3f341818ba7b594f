"""Which column holds which field, by the words of the headings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kstthc_training.sheets.refusals import NoSuchColumn
from kstthc_training.sheets.table import Table
from kstthc_training.text import fold

Fields = Mapping[str, Sequence[str]]

_BRACKETED = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NOT_WORD = re.compile(r"\W+")
_SURE, _BARE, _LIKELY, _TYPO = 1.0, 0.95, 0.6, 0.8
_LEAST_ALIKE = 0.85
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A field found in a column, counted from 0, under a heading; confidence from 0.6 (guessed) to 1 (the very words)."""

    field: str
    column: int
    header: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where each field stands, which fields stand nowhere, and which headings belong to none."""

    matches: Mapping[str, ColumnMatch]
    missing: tuple[str, ...]
    unused: tuple[str, ...]

    def column(self, field: str) -> int | None:
        """The column of a field, None when it was not found."""
        match = self.matches.get(field)
        return match.column if match else None


def map_columns(table: Table, fields: Fields) -> ColumnMap:
    """The likeliest column for each field, by synonyms compared without accents, case, punctuation and bracketed notes.

    Surest pairs are settled first; a column serves one field, a field has one column.
    """
    return _column_map(table.header, match_headings(table.header, fields), fields)


def choose_columns(table: Table, fields: Fields, chosen: Mapping[str, int | None]) -> ColumnMap:
    """The columns a person chose, all at confidence 1; NoSuchColumn for one the table lacks."""
    matches = []
    for field, column in chosen.items():
        if column is not None:
            if not 0 <= column < len(table.header):
                raise NoSuchColumn(field=field, column=column, columns=len(table.header))
            matches.append(ColumnMatch(field, column, table.header[column], _SURE))
    return _column_map(table.header, matches, fields)


def match_headings(headings: Sequence[str], fields: Fields) -> list[ColumnMatch]:
    """The pairs of field and column that these headings allow, in the order of the fields."""
    candidates = [
        ColumnMatch(field, column, heading, confidence)
        for field, synonyms in fields.items()
        for column, heading in enumerate(headings)
        if (confidence := _confidence(heading, synonyms))
    ]
    order = list(fields)
    settled: dict[str, ColumnMatch] = {}
    columns: set[int] = set()
    for match in sorted(candidates, key=lambda m: (-m.confidence, m.column, order.index(m.field))):
        if match.field not in settled and match.column not in columns:
            settled[match.field] = match
            columns.add(match.column)
    return [settled[field] for field in order if field in settled]


def _column_map(headings: Sequence[str], matches: Iterable[ColumnMatch], fields: Fields) -> ColumnMap:
    found = {match.field: match for match in matches}
    used = {match.column for match in found.values()}
    return ColumnMap(
        matches=found,
        missing=tuple(field for field in fields if field not in found),
        unused=tuple(heading for column, heading in enumerate(headings) if heading and column not in used),
    )


def _confidence(heading: str, synonyms: Sequence[str]) -> float:
    if not 0 < len(heading) <= _LONGEST:
        return 0.0
    whole, bare = _words(heading), _words(_BRACKETED.sub(" ", heading))
    wanted = [words for synonym in synonyms if (words := _words(synonym))]
    if whole in wanted:
        return _SURE
    if bare in wanted:
        return _BARE
    return max((_likeness(bare or whole, words) for words in wanted), default=0.0)


@lru_cache(maxsize=2048)
def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text)).strip()


def _likeness(heading: str, synonym: str) -> float:
    shorter, longer = sorted((heading, synonym), key=len)
    if not shorter:
        return 0.0
    if f" {shorter} " in f" {longer} ":
        return _LIKELY + 0.3 * len(shorter) / len(longer)
    matcher = SequenceMatcher(None, heading, synonym, autojunk=False)
    if matcher.real_quick_ratio() < _LEAST_ALIKE or matcher.quick_ratio() < _LEAST_ALIKE:
        return 0.0
    alike = matcher.ratio()
    return alike * _TYPO if alike >= _LEAST_ALIKE else 0.0
