"""Annexes: sections of their own that tell what they belong to and count their own pages (Annex I, part III)."""

from dataclasses import dataclass
from typing import Any

from kstthc_training.paper.measures import longest
from kstthc_training.paper.page import begin_annex, text_width_mm
from kstthc_training.paper.paragraphs import write, write_evenly
from kstthc_training.paper.rules import TITLE_SHARE, draw_rule
from kstthc_training.paper.styles import ANNEX_NAME, ANNEX_OF, ANNEX_TITLE, NOTE
from kstthc_training.paper.table_drawing import draw_table
from kstthc_training.paper.tables import DataTable
from kstthc_training.paper.wording import ended, roman


@dataclass(frozen=True)
class Annex:
    """One annex: its title, its table, a note below it, and whether its sheets lie."""

    title: str
    table: DataTable
    note: str = ""
    landscape: bool = False


def annex_name(place: int, count: int) -> str:
    """`Phụ lục II`; an only annex has no number."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(place)}"


def draw_annex(document: Any, annex: Annex, *, name: str, reference: str) -> None:
    """A new section with the name, the title, what the annex comes with, a rule, the table and the note."""
    begin_annex(document, landscape=annex.landscape)
    body, width = document.element.body, text_width_mm(annex.landscape)
    write(body, ANNEX_NAME, name)
    write_evenly(body, ANNEX_TITLE, annex.title.upper(), width)
    lines = write_evenly(body, ANNEX_OF, f"(Kèm theo {reference})", width)
    draw_rule(body, TITLE_SHARE * longest(lines, ANNEX_OF.face), width, before=4, after=10, keep_next=True)
    draw_table(body, annex.table)
    if annex.note:
        write(body, NOTE, f"Ghi chú: {ended(annex.note, './.')}")
