"""An official document, written from top to bottom: head, body, signature, annexes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kstthc_training.paper.annexes import Annex, annex_name, draw_annex
from kstthc_training.paper.blank import blank_document
from kstthc_training.paper.chart_drawing import draw_chart
from kstthc_training.paper.charts import BarChart
from kstthc_training.paper.layout_grid import ends_with_table
from kstthc_training.paper.letterhead import DocumentHead, Letterhead, draw_addressees, draw_letterhead, draw_title
from kstthc_training.paper.packing import packed
from kstthc_training.paper.page import text_width_mm
from kstthc_training.paper.paragraphs import Inline, Place, keep_apart, write
from kstthc_training.paper.signature import Recipients, Signature, Verification, draw_signature
from kstthc_training.paper.styles import BODY, HEADING_1, HEADING_2, TABLE_CAPTION, Look
from kstthc_training.paper.table_drawing import draw_table
from kstthc_training.paper.tables import DataTable
from kstthc_training.paper.wording import BLANK, ended, has_point_letters, listed, point_letter, roman

_AFTER_TABLE_PT = 10
BODY_LINE = 1.15


class OfficialDocument:
    """The builder: each method adds what comes next; headings, tables, charts and annexes number themselves."""

    def __init__(
        self, letterhead: Letterhead, head: DocumentHead, *, made_at: datetime, body_line: float = BODY_LINE
    ) -> None:
        """Begin with letterhead and title; `made_at` (aware) becomes the date of the file's properties."""
        self._letterhead, self._head = letterhead, head
        self._document = blank_document(
            title=f"{head.type_name.capitalize()}: {head.subject}",
            author=letterhead.full_name,
            made_at=made_at,
            body_line=body_line,
        )
        self._part, self._body = self._document.part, self._document.element.body
        self._width_mm = text_width_mm(landscape=False)
        self._headings = self._subheadings = self._tables = self._charts = 0
        draw_letterhead(self._body, letterhead, head)
        draw_title(self._body, head, self._width_mm)

    def addressees(self, *names: str) -> None:
        """`Kính gửi:` and those the document is sent to."""
        draw_addressees(self._body, names, self._width_mm)

    def heading1(self, title: str) -> None:
        """`I. TIÊU ĐỀ`, with the next Roman number."""
        self._headings += 1
        self._subheadings = 0
        self._write(HEADING_1, f"{roman(self._headings)}. {title.upper()}")

    def heading2(self, title: str) -> None:
        """`1. Tiêu đề`, with the next number under its heading."""
        self._subheadings += 1
        self._write(HEADING_2, f"{self._subheadings}. {title}")

    def paragraph(self, *runs: Inline) -> None:
        """A paragraph of the body."""
        self._write(BODY, *runs)

    def numbered(self, sentences: Sequence[str]) -> None:
        """Paragraphs `1. Câu văn.`, each a sentence of its own."""
        for number, sentence in enumerate(sentences, start=1):
            self._write(BODY, f"{number}. {ended(sentence, '.')}")

    def points(self, items: Sequence[str]) -> None:
        """Points a), b), c), d), đ) … of one list; one longer than the alphabet takes dashes."""
        lettered = has_point_letters(len(items))
        for place, item in enumerate(listed(items), start=1):
            self._write(BODY, f"{point_letter(place)}) {item}" if lettered else f"- {item}")

    def table(self, table: DataTable) -> int:
        """A table with `Bảng 1. …` above it; answers its number for the text to name."""
        self._tables += 1
        self._write(TABLE_CAPTION, f"Bảng {self._tables}. {table.caption}")
        draw_table(self._body, table)
        return self._tables

    def chart(self, chart: BarChart) -> int:
        """A chart with `Biểu đồ 1. …` below it; answers its number."""
        self._charts += 1
        draw_chart(self._part, self._body, chart, f"Biểu đồ {self._charts}. {chart.caption}")
        return self._charts

    def closing(self, text: str) -> None:
        """The last paragraph: it ends with `./.` and stays with the signature."""
        self._write(BODY, ended(text, "./."), place=Place(keep_next=True, keep_lines=True))

    def signature(self, signature: Signature, recipients: Recipients, verification: Verification | None = None) -> None:
        """Recipients on the left, signature on the right."""
        keep_apart(self._body)
        draw_signature(self._part, self._body, signature, recipients, verification)

    def annexes(self, *annexes: Annex) -> None:
        """All annexes in their order, after the signature; the body must have named each of them."""
        for place, annex in enumerate(annexes, start=1):
            # Blanks to be filled in end the line whatever their width, so the name's beginning holds together.
            reference = f"{self._head.reference} của{BLANK}{self._letterhead.full_name.replace(' ', BLANK, 1)}"
            draw_annex(self._document, annex, name=annex_name(place, len(annexes)), reference=reference)

    def to_bytes(self) -> bytes:
        """The finished DOCX; the same calls give the same bytes."""
        keep_apart(self._body)
        return packed(self._document)

    def _write(self, look: Look, *runs: Inline, place: Place | None = None) -> None:
        place = place or Place()
        if ends_with_table(self._body):
            place = replace(place, before=_AFTER_TABLE_PT)
        write(self._body, look, *runs, place=place)
