"""The list people sign on the day: lying sheets, a letterhead without number, rows high enough for a pen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kstthc_training.paper.blank import blank_document
from kstthc_training.paper.layout_grid import add_grid
from kstthc_training.paper.letterhead import LANDSCAPE_MM, Letterhead, draw_sheet_letterhead
from kstthc_training.paper.measures import longest
from kstthc_training.paper.packing import packed
from kstthc_training.paper.page import text_width_mm
from kstthc_training.paper.paragraphs import Place, keep_apart, write, write_evenly
from kstthc_training.paper.rules import SHEET_SHARE, draw_rule
from kstthc_training.paper.styles import (
    OCCASION,
    SHEET_DATE,
    SHEET_FOOT,
    SHEET_HEADING,
    SHEET_NAME,
    SHEET_POST,
    SHEET_SIGNER,
    SUBJECT,
)
from kstthc_training.paper.table_drawing import draw_table
from kstthc_training.paper.tables import DataTable
from kstthc_training.paper.wording import roman


@dataclass(frozen=True)
class SheetSigner:
    """One of the two who answer for the list: in what capacity, and the name."""

    capacity: str
    name: str


class SigningSheet:
    """The builder of a list to sign: title and occasion, one or more numbered tables, the foot."""

    def __init__(
        self, letterhead: Letterhead, *, name: str, subject: str, occasion: tuple[str, ...], made_at: datetime
    ) -> None:
        """Begin with letterhead, the name of the list, what it is for, and the lines of time and place."""
        self._letterhead = letterhead
        self._document = blank_document(
            title=f"{name.capitalize()}: {subject}",
            author=letterhead.full_name,
            made_at=made_at,
            landscape=True,
            body_line=1.0,
        )
        self._body: Any = self._document.element.body
        self._sections = 0
        draw_sheet_letterhead(self._body, letterhead)
        self._draw_title(name, subject)
        for line in occasion:
            write(self._body, OCCASION, line)

    def _draw_title(self, name: str, subject: str) -> None:
        width = text_width_mm(landscape=True)
        write(self._body, SHEET_NAME, name.upper())
        lines = write_evenly(self._body, SUBJECT, subject, width)
        draw_rule(self._body, SHEET_SHARE * longest(lines, SUBJECT.face), width, before=4, after=6, keep_next=True)

    def section(self, title: str, table: DataTable, *, new_page: bool = False) -> None:
        """`I. TIÊU ĐỀ` and its table; the press gets a page of its own."""
        self._sections += 1
        keep_apart(self._body)
        place = Place(before=0, new_page=True) if new_page else Place()
        write(self._body, SHEET_HEADING, f"{roman(self._sections)}. {title.upper()}", place=place)
        draw_table(self._body, table)

    def foot(self, sentence: str, *, dated: str, left: SheetSigner, right: SheetSigner) -> None:
        """How many the list has, the date on the right, and the two who sign, side by side."""
        write(self._body, SHEET_FOOT, sentence)
        (empty, date_cell), (left_cell, right_cell) = add_grid(self._body, LANDSCAPE_MM, rows=2)
        write(empty, SHEET_DATE)
        write(date_cell, SHEET_DATE, f"{self._letterhead.place}, {dated}")
        for cell, signer in ((left_cell, left), (right_cell, right)):
            write(cell, SHEET_POST, signer.capacity.upper())
            write(cell, SHEET_SIGNER, signer.name)

    def to_bytes(self) -> bytes:
        """The finished DOCX; the same calls give the same bytes."""
        keep_apart(self._body)
        return packed(self._document)
