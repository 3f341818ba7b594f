"""The head of a document: letterhead, type name and subject, addressees (Annex I, part II, sections 1 to 5 and 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kstthc_training.paper.characters import printable
from kstthc_training.paper.layout_grid import add_grid
from kstthc_training.paper.measures import longest, text_width, wrapped
from kstthc_training.paper.paragraphs import Place, write, write_evenly
from kstthc_training.paper.rules import AGENCY_SHARE, TITLE_SHARE, draw_rule
from kstthc_training.paper.styles import (
    ADDRESSEE,
    ADDRESSEE_LINE,
    AGENCY,
    MOTTO,
    NATIONAL_NAME,
    NUMBER,
    PARENT_AGENCY,
    PLACE_AND_DATE,
    SUBJECT,
    TYPE_NAME,
)
from kstthc_training.paper.wording import blank_date, date_in_words, document_number, listed

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_PORTRAIT_MM = (68.0, 97.0)
LANDSCAPE_MM = (110.0, 142.0)
_ADDRESSED = "Kính gửi"


@dataclass(frozen=True)
class Letterhead:
    """Who issues: the parent agency as abbreviated above ('' for none), the agency, its full name, and the place."""

    parent_agency: str
    agency: str
    full_name: str
    place: str


@dataclass(frozen=True)
class DocumentHead:
    """What is issued: `BÁO CÁO`, its subject, number and symbol, date; None where the records office fills in."""

    type_name: str
    subject: str
    symbol: str
    number: int | None = None
    issued_on: date | None = None

    @property
    def dated(self) -> str:
        """The date in words, or the room for it."""
        return date_in_words(self.issued_on) if self.issued_on else blank_date()

    @property
    def reference(self) -> str:
        """How other papers name this one: `Báo cáo số 86/BC-VP ngày 18 tháng 9 năm 2024`."""
        return f"{self.type_name.capitalize()} số {document_number(self.number, self.symbol)} {self.dated}"


def draw_letterhead(body: Any, letterhead: Letterhead, head: DocumentHead) -> None:
    """The two columns at the top: agency and number on the left, nation, motto, place and date on the right."""
    (agency, nation), (number, dated) = add_grid(body, _PORTRAIT_MM, rows=2)
    _draw_agency(agency, letterhead, _PORTRAIT_MM[0])
    _draw_nation(nation, _PORTRAIT_MM[1])
    write(number, NUMBER, f"Số: {document_number(head.number, head.symbol)}")
    write(dated, PLACE_AND_DATE, f"{letterhead.place}, {head.dated}")


def draw_sheet_letterhead(body: Any, letterhead: Letterhead) -> None:
    """The two columns at the top of a lying list, which has no number and is dated at its foot."""
    ((agency, nation),) = add_grid(body, LANDSCAPE_MM, rows=1)
    _draw_agency(agency, letterhead, LANDSCAPE_MM[0])
    _draw_nation(nation, LANDSCAPE_MM[1])


def _draw_nation(cell: Any, width_mm: float) -> None:
    write(cell, NATIONAL_NAME, _NATION)
    write(cell, MOTTO, _MOTTO)
    draw_rule(cell, text_width(_MOTTO, MOTTO.face), width_mm)


def _draw_agency(cell: Any, letterhead: Letterhead, width_mm: float) -> None:
    if letterhead.parent_agency:
        write(cell, PARENT_AGENCY, letterhead.parent_agency.upper())
    name = printable(letterhead.agency.upper())
    write(cell, AGENCY, name)
    lines = wrapped(name, AGENCY.face, width_mm)
    draw_rule(cell, AGENCY_SHARE * longest(lines, AGENCY.face), width_mm)


def draw_title(body: Any, head: DocumentHead, width_mm: float) -> None:
    """The type name, the subject (indents of 13 to 16 mm where it needs several lines), and the rule below it."""
    write(body, TYPE_NAME, head.type_name.upper())
    lines = write_evenly(body, SUBJECT, head.subject, width_mm, broken_mm=(13, 16))
    draw_rule(body, TITLE_SHARE * longest(lines, SUBJECT.face), width_mm, before=4, after=12)


def draw_addressees(body: Any, names: Sequence[str], width_mm: float) -> None:
    """One addressee on the line of `Kính gửi:` without a closing mark; several below it, dashes under the colon."""
    if len(names) == 1:
        write(body, ADDRESSEE, f"{_ADDRESSED}: {names[0]}")
    elif names:
        _draw_addressee_list(body, names, width_mm)


def _draw_addressee_list(body: Any, names: Sequence[str], width_mm: float) -> None:
    lines = [f"- {line}" for line in listed(names)]
    colon, dash = text_width(_ADDRESSED, ADDRESSEE_LINE.face), text_width("- ", ADDRESSEE_LINE.face)
    widest = max(text_width(printable(line), ADDRESSEE_LINE.face) for line in lines)
    left = max(12.7, (width_mm - colon - widest) / 2)
    write(body, ADDRESSEE_LINE, f"{_ADDRESSED}:", place=Place(left, before=6, keep_next=True))
    for line in lines:
        after = 12 if line is lines[-1] else 0
        write(body, ADDRESSEE_LINE, line, place=Place(left + colon + dash, hanging_mm=dash, after=after))
