"""Lengths of text, measured with Tinos, whose letters are exactly as wide as those of Times New Roman."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from kstthc_training.paper.units import MM_PER_POINT
from kstthc_training.paper.wording import BLANK

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "documents"
# A line so close to the edge that a rounding decides where it breaks would break elsewhere in another program.
_SLACK_MM = 0.8
# Words that open a phrase in Vietnamese: a title reads best when its next line begins with one of them.
_OPENING_WORDS = frozenset(
    {"về", "và", "của", "cho", "trong", "ngoài", "tại", "từ", "đến", "để", "với", "trên", "theo", "do", "ngày", "quý"}
    | {"đợt", "kèm", "nhằm", "giữa"}
)
_WIDER_BLANK_EM = 0.093
_BROKEN_PHRASE_MM = 40  # how uneven two lines may be before a phrase is broken to even them


@dataclass(frozen=True)
class Face:
    """A cut of the document type at a size in points."""

    pt: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Break:
    """How a centred text breaks: the indents on both sides that cause it, and the lines."""

    indent_mm: float
    lines: tuple[str, ...]


@lru_cache(maxsize=4)
def _advances(bold: bool, italic: bool) -> tuple[dict[int, int], int, int]:
    """Advance widths by code point, the width of a missing letter, and the units of one em."""
    cut = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    with TTFont(FONT_FOLDER / f"Tinos-{cut}.ttf", lazy=True) as font:
        widths = font["hmtx"].metrics
        advances = {point: widths[glyph][0] for point, glyph in font.getBestCmap().items()}
        return advances, widths[".notdef"][0], font["head"].unitsPerEm


def text_width(text: str, face: Face) -> float:
    """The width of one line of text in millimetres."""
    advances, missing, em = _advances(face.bold, face.italic)
    units = sum(advances.get(ord(letter), missing) for letter in text)
    return units / em * face.pt * MM_PER_POINT


def wrapped(text: str, face: Face, width_mm: float, *, wide_blanks: bool = False) -> tuple[str, ...]:
    """The lines of a text set in this width; a word wider than it stands alone.

    Word sets a blank that keeps words together as wide as a space, LibreOffice wider: that is `wide_blanks`.
    """
    more_mm = _WIDER_BLANK_EM * face.pt * MM_PER_POINT if wide_blanks else 0
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, face) + longer.count(BLANK) * more_mm <= width_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def longest(lines: tuple[str, ...], face: Face) -> float:
    """The width of the longest line in millimetres."""
    return max((text_width(line, face) for line in lines), default=0.0)


def even_break(text: str, face: Face, container_mm: float, least_mm: float, most_mm: float) -> Break:
    """How a centred text breaks best: on one line if it fits, else with indents between these, by half millimetres.

    Best is: as few lines as the least indents allow, then lines that open a phrase, then lines of like length. Indents
    where Word and LibreOffice would break otherwise are passed over.
    """
    if wrapped(text, face, container_mm - _SLACK_MM, wide_blanks=True) == (text,):
        return Break(0, (text,))
    chosen = Break(least_mm, wrapped(text, face, container_mm - 2 * least_mm))
    fewest, lowest = len(chosen.lines), float("inf")
    for step in range(int((most_mm - least_mm) * 2) + 1):
        width = container_mm - 2 * least_mm - step
        lines = wrapped(text, face, width - _SLACK_MM, wide_blanks=True)
        sure = lines == wrapped(text, face, width + _SLACK_MM)
        if sure and len(lines) == fewest and (cost := _unevenness(lines, face)) < lowest:
            chosen, lowest = Break(least_mm + step / 2, lines), cost
    return chosen


def _unevenness(lines: tuple[str, ...], face: Face) -> float:
    widths = [text_width(line, face) for line in lines]
    broken = sum(line.split()[0].casefold() not in _OPENING_WORDS for line in lines[1:])
    return max(widths) - min(widths) + broken * _BROKEN_PHRASE_MM
