"""How near a row stands to the words that found it, the same on both engines.

A statement that is built once for so many words takes them as parameters: `asked_words`, `values_of`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Distance(FunctionElement[int]):
    """The number that `distance` tells, one element of a statement: built out of dozens it costs more than it finds."""

    inherit_cache = True
    name = "distance"
    type = Integer()


def distance(found_by: InstrumentedAttribute[str], words: Sequence[str]) -> Distance:
    """How far the heading of a `text.search_text` is from folded words, all of which the row was found by.

    0 when the heading begins with the words, whole and in their order; else 1 and for each word 0 where it is a whole
    word of the heading, 1 where it begins one, 2 where it stands inside one, 3 where the heading lacks it.
    """
    escaped = [_escaped(word) for word in words]
    return Distance(found_by, " ".join(escaped), *escaped)


def asked_distance(found_by: InstrumentedAttribute[str], count: int) -> Distance:
    """The `distance` from so many words that are told when the statement runs."""
    return Distance(found_by, bindparam("phrase", type_=String()), *asked_words(count))


def asked_words(count: int) -> list[BindParameter[str]]:
    """The parameters of a statement for so many words, in the order of `longest_first`."""
    return [bindparam(f"word_{place}", type_=String()) for place in range(count)]


def longest_first(words: Sequence[str]) -> list[str]:
    """Words in the order in which they are best looked for: the longest is found in the fewest rows."""
    return sorted(words, key=len, reverse=True)


def holds(found_by: InstrumentedAttribute[str], word: BindParameter[str]) -> ColumnElement[bool]:
    """Whether a word of `asked_words` stands there."""
    return found_by.contains(word, escape="/")


def values_of(words: Sequence[str]) -> dict[str, str]:
    """The values of what `asked_words` and `asked_distance` left open, for folded words."""
    values = {f"word_{place}": _escaped(word) for place, word in enumerate(longest_first(words))}
    return {"phrase": _escaped(" ".join(words)), **values}


def _escaped(word: str) -> str:
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")


@compiles(Distance)
def _in_sql(element: Distance, compiler: SQLCompiler, **kwargs: Any) -> str:
    found_by, phrase, *words = (compiler.process(clause, **kwargs) for clause in element.clauses)

    def like(before: str, word: str, behind: str) -> str:
        parts = (compiler.render_literal_value(part, String()) for part in (before, behind))
        return f"{found_by} LIKE {f' || {word} || '.join(parts)} ESCAPE '/'"

    def apart(word: str) -> str:
        whole = f"{like('', word, ' %')} OR {like('% ', word, ' %|%')}"
        begun = f"{like('', word, '%')} OR {like('% ', word, '%|%')}"
        # Whether it stands there at all is asked first: a common word finds thousands by what is not their heading.
        return f"CASE WHEN {like('%', word, '%|%')} THEN CASE WHEN {whole} THEN 0 WHEN {begun} THEN 1 ELSE 2 END ELSE 3 END"

    return f"CASE WHEN {like('', phrase, ' %')} THEN 0 ELSE 1 + {' + '.join(map(apart, words))} END"
