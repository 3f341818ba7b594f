"""Files to import, as people hand them in."""

import io
from collections.abc import Sequence
from pathlib import Path

import kstthc_training
from kstthc_training.directory.importing import organisation_rows, person_rows
from kstthc_training.sheets import Column, Fields, Sheet, Table, read_table, write_xlsx

SAMPLE = Path(kstthc_training.__file__).parent / "sample" / "data" / "organisations_2019.csv"


def csv_bytes(heading: str, *lines: str) -> bytes:
    """A text file with `;` between cells."""
    return "\r\n".join([heading, *lines]).encode()


def organisations_table(*lines: str, heading: str = "mã;tên;viết tắt;loại;cấp trên;thư;điện thoại;từ ngày") -> Table:
    """A list of organisations."""
    return table_of(csv_bytes(heading, *lines), organisation_rows.FIELDS)


def people_table(*lines: str, heading: str = "họ tên;chức vụ;đơn vị;điện thoại;email;đầu mối;huyện") -> Table:
    """A list of people."""
    return table_of(csv_bytes(heading, *lines), person_rows.FIELDS)


def table_of(content: bytes, fields: Fields, name: str = "tep.csv") -> Table:
    """A file's content as a table."""
    return read_table(name, content, fields=fields)


def sample_table() -> Table:
    """The province's directory of 2019."""
    return read_table(SAMPLE.name, SAMPLE.read_bytes(), fields=organisation_rows.FIELDS)


def xlsx_bytes(*sheets: tuple[str, Sequence[str], Sequence[Sequence[str]]]) -> io.BytesIO:
    """A workbook of text cells: name, heading and rows of each sheet."""
    return io.BytesIO(
        write_xlsx([Sheet(name, [Column(title) for title in heading], rows) for name, heading, rows in sheets])
    )
