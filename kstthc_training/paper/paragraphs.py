"""Writing paragraphs: a look, runs of text, and what this one paragraph does differently."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kstthc_training.paper.characters import printable
from kstthc_training.paper.layout_grid import ends_with_table
from kstthc_training.paper.measures import even_break
from kstthc_training.paper.styles import SECTION_BREAK, Look
from kstthc_training.paper.units import twips


@dataclass(frozen=True)
class Run:
    """A stretch of text that differs in weight or slope from its paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


Inline = str | Run


@dataclass(frozen=True)
class Place:
    """What one paragraph changes of its look: indents in millimetres, space before in points, alignment, holds."""

    left_mm: float = 0
    right_mm: float = 0
    hanging_mm: float = 0
    before: float | None = None
    after: float | None = None
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False


_AS_STYLED = Place()


def write(parent: Any, look: Look, *runs: Inline, place: Place = _AS_STYLED) -> Any:
    """Append a paragraph of this look to a body, cell or header element; answer its element."""
    paragraph = parse_xml(paragraph_xml(look, *runs, place=place, declared=nsdecls("w")))
    parent._insert_p(paragraph)
    return paragraph


def paragraph_xml(look: Look, *runs: Inline, place: Place = _AS_STYLED, declared: str = "") -> str:
    """The same paragraph as XML: a table of thousands of cells is put together as text and read once.

    Properties stand in the schema's order (ECMA-376, 17.3.1.26); `declared` names the prefix where nothing around does.
    """
    written = "".join(_run_xml(Run(run) if isinstance(run, str) else run) for run in runs)
    properties = f'<w:pStyle w:val="{look.style}"/>{_place_xml(place)}'
    return f"<w:p {declared}><w:pPr>{properties}</w:pPr>{written}</w:p>"


def write_evenly(
    parent: Any, look: Look, text: str, container_mm: float, *, broken_mm: tuple[float, float] = (0, 45)
) -> tuple[str, ...]:
    """Append a centred title; one that needs several lines gets indents between these. Answer its lines."""
    line = printable(text).strip()
    fit = even_break(line, look.face, container_mm, *broken_mm)
    write(parent, look, line, place=Place(fit.indent_mm, fit.indent_mm))
    return fit.lines


def keep_apart(body: Any) -> None:
    """Where a table stands last, put a paragraph of one point below it: Word asks for one before what follows."""
    if ends_with_table(body):
        write(body, SECTION_BREAK)


def _run_xml(run: Run) -> str:
    text = printable(run.text)
    if not text:
        return ""
    marks = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:r>{properties}<w:t{kept}>{escape(text)}</w:t></w:r>"


@lru_cache(maxsize=256)
def _place_xml(place: Place) -> str:
    holds = (("keepNext", place.keep_next), ("keepLines", place.keep_lines), ("pageBreakBefore", place.new_page))
    spaces = (("before", place.before), ("after", place.after))
    indents = (("left", place.left_mm), ("right", place.right_mm), ("hanging", place.hanging_mm))
    spacing = "".join(f' w:{side}="{round(points * 20)}"' for side, points in spaces if points is not None)
    indent = "".join(f' w:{side}="{twips(size)}"' for side, size in indents if size)
    return (
        "".join(f"<w:{name}/>" for name, holds_so in holds if holds_so)
        + (f"<w:spacing{spacing}/>" if spacing else "")
        + (f"<w:ind{indent}/>" if indent else "")
        + (f'<w:jc w:val="{place.align}"/>' if place.align else "")
    )
