"""Writing paragraphs: a look, runs of text, and what this one paragraph does differently."""

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Pt, Twips

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
    paragraph = parent.add_p()
    paragraph.style = look.style
    if place is not _AS_STYLED:
        _set(paragraph.get_or_add_pPr(), place)
    for run in runs:
        _append(paragraph, Run(run) if isinstance(run, str) else run)
    return paragraph


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


def _append(paragraph: Any, run: Run) -> None:
    text = printable(run.text)
    if not text:
        return
    element = paragraph.add_r()
    if run.bold:
        _mark(element, "w:b", "w:bCs")
    if run.italic:
        _mark(element, "w:i", "w:iCs")
    element.text = text


def _mark(element: Any, *names: str) -> None:
    for name in names:
        element.get_or_add_rPr().append(OxmlElement(name))


def _set(properties: Any, place: Place) -> None:
    _indent(properties, place)
    if place.before is not None:
        properties.spacing_before = Pt(place.before)
    if place.after is not None:
        properties.spacing_after = Pt(place.after)
    if place.align:
        properties.get_or_add_jc().set(_VAL, place.align)
    if place.keep_next:
        properties.keepNext_val = True
    if place.keep_lines:
        properties.keepLines_val = True
    if place.new_page:
        properties.pageBreakBefore_val = True


_VAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"


def _indent(properties: Any, place: Place) -> None:
    if place.left_mm:
        properties.ind_left = Twips(twips(place.left_mm))
    if place.right_mm:
        properties.ind_right = Twips(twips(place.right_mm))
    if place.hanging_mm:
        properties.first_line_indent = -Twips(twips(place.hanging_mm))
