"""Borderless tables of fixed widths that set things side by side: letterhead and signature."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kstthc_training.paper.units import column_twips


def add_grid(body: Any, widths_mm: Sequence[float], *, rows: int) -> tuple[tuple[Any, ...], ...]:
    """Add a grid to the end of the section; answer its empty cells by row. A cell must get a paragraph."""
    widths = column_twips(widths_mm)
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr></w:tc>' for width in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{cell_margins(0)}</w:tblPr>{column_grid(widths)}'
        + f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>" * rows
        + "</w:tbl>"
    )
    append_block(body, table)
    return tuple(tuple(row.tc_lst) for row in table.tr_lst)


def append_block(body: Any, block: Any) -> None:
    """Put a block last in the body, before the properties of its section."""
    body.insert_element_before(block, "w:sectPr")


def ends_with_table(body: Any) -> bool:
    """Whether the last block of the body is a table: two tables would grow together, and none may end a document."""
    blocks = [child for child in body if child.tag != qn("w:sectPr")]
    return bool(blocks) and blocks[-1].tag == qn("w:tbl")


def column_grid(widths: Sequence[int]) -> str:
    """The column grid of a table, widths in twips."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def cell_margins(side: int) -> str:
    """The margins inside cells, left and right in twips, none above and below."""
    sides = (("top", 0), ("left", side), ("bottom", 0), ("right", side))
    margins = "".join(f'<w:{name} w:w="{size}" w:type="dxa"/>' for name, size in sides)
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"
