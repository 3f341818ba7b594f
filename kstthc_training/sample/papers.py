"""Small papers of an event, written by the kits that write the real ones."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kstthc_training.clock import local_date
from kstthc_training.paper import DocumentHead, Letterhead, OfficialDocument, Recipients, Signature
from kstthc_training.sample.events import Made
from kstthc_training.sample.settings import OFFICE
from kstthc_training.sheets import Cell, CellKind, Column, Sheet, write_xlsx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

Paper = Callable[[Made, datetime], bytes]

_GUIDE = Path(__file__).with_name("data") / "huong-dan-nop-ho-so.pdf"
_INTRODUCTION = Path(__file__).with_name("data") / "giay-gioi-thieu.pdf"
_FIELDS = (("Đất đai", 1240, 1187), ("Hộ tịch", 3310, 3298), ("Đăng ký kinh doanh", 860, 851), ("Đầu tư", 74, 69))


def invitation(made: Made, at: datetime) -> bytes:
    """The invitation to the event as a document of Decree 30/2020."""
    event, line = made.event, made.planned.line
    letterhead = Letterhead(OFFICE["parent_agency"], OFFICE["agency"], OFFICE["name"], OFFICE["place"])
    head = DocumentHead("Giấy mời", f"Dự {event.title}", "GM-VP", event.number, local_date(at))
    paper = OfficialDocument(letterhead, head, made_at=at, body_line=1.0)
    paper.paragraph(f"{OFFICE['name']} trân trọng kính mời: {line['note']}.")
    paper.paragraph(f"Tới dự: {event.title}.")
    paper.paragraph(f"Chủ trì: {event.chair}. Địa điểm: {line['venue'] or 'trực tuyến'}.")
    paper.closing(f"Đầu mối liên hệ: {event.contact_name}. Rất mong các đại biểu đến dự đầy đủ, đúng giờ.")
    signature = Signature(tuple(OFFICE["signer_post"].split("\n")), OFFICE["signer_name"])
    paper.signature(signature, Recipients(("Như trên", "Chủ tịch, các PCT UBND tỉnh (để b/c)")))
    return paper.to_bytes()


def figures(made: Made, at: datetime) -> bytes:
    """A workbook with invented figures of files settled."""
    columns = (
        Column("Lĩnh vực"), Column("Tiếp nhận", CellKind.INTEGER), Column("Đúng hạn", CellKind.INTEGER),
        Column("Tỷ lệ", CellKind.PERCENT),
    )  # fmt: skip
    rows: list[list[Cell]] = [[field, taken, in_time, in_time / taken] for field, taken, in_time in _FIELDS]
    return write_xlsx([Sheet("Số liệu mẫu", columns, rows)])


def guide(made: Made, at: datetime) -> bytes:
    """How to hand in a file online."""
    return _GUIDE.read_bytes()


def introduction() -> bytes:
    """A letter that introduces a journalist of an agency that the directory does not know."""
    return _INTRODUCTION.read_bytes()
