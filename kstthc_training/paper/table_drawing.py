"""Drawing a table: black borders of 0.5 pt, heads repeated on each page, no row broken across pages."""

from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kstthc_training.paper.layout_grid import append_block, cell_margins, column_grid
from kstthc_training.paper.paragraphs import Place, Run, paragraph_xml
from kstthc_training.paper.styles import CELL_PLAIN, CELL_SIGNED, CELL_SMALL, Look
from kstthc_training.paper.tables import Align, Cells, Column, DataTable, GroupRow, Row, TotalRow
from kstthc_training.paper.units import column_twips, twips

_MARGIN_MM = {Cells.SMALL: 1.2, Cells.PLAIN: 1.5, Cells.SIGNED: 1.5}
_LOOKS = {Cells.SMALL: CELL_SMALL, Cells.PLAIN: CELL_PLAIN, Cells.SIGNED: CELL_SIGNED}
_HEAD_LOOKS = {Cells.SIGNED: CELL_PLAIN}
_KEPT_ROWS = 2  # the total never stands alone on a page


@dataclass(frozen=True)
class _Spot:
    """One cell to draw: its text, the columns it covers, whether it is bold, and its part in a merge downwards."""

    text: str
    column: Column
    span: int = 1
    bold: bool = False
    align: Align | None = None
    merge: str = ""


def draw_table(body: Any, table: DataTable) -> None:
    """Add the table to the end of the section, centred."""
    widths = column_twips([column.width_mm for column in table.columns])
    look = _LOOKS[table.cells]
    heads = "".join(_row_xml(spots, widths, _HEAD_LOOKS.get(table.cells, look), head=True) for spots in _heads(table))
    first_kept = len(table.rows) - _KEPT_ROWS - isinstance(table.rows[-1] if table.rows else None, TotalRow)
    rows = (
        _row_xml(
            _spots(table.columns, row), widths, look, keep=place >= first_kept or isinstance(row, GroupRow),
            height_mm=table.row_height_mm,
        )
        for place, row in enumerate(table.rows)
    )  # fmt: skip
    drawn = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_borders()}'
        f'<w:tblLayout w:type="fixed"/>{cell_margins(twips(_MARGIN_MM[table.cells]))}</w:tblPr>'
        f"{column_grid(widths)}{heads}{''.join(rows)}</w:tbl>"
    )
    append_block(body, drawn)


def _heads(table: DataTable) -> list[list[_Spot]]:
    if not table.has_grouped_heads:
        return [[_Spot(column.title, column, bold=True, align=Align.CENTRE) for column in table.columns]]
    return [_upper_heads(table.columns), [_lower_head(column) for column in table.columns]]


def _upper_heads(columns: tuple[Column, ...]) -> list[_Spot]:
    spots: list[_Spot] = []
    skip = 0
    for place, column in enumerate(columns):
        if skip:
            skip -= 1
            continue
        span = _group_span(columns, place)
        skip = span - 1
        merge = "" if column.group else "restart"
        title = column.group or column.title
        spots.append(_Spot(title, column, span=span, bold=True, align=Align.CENTRE, merge=merge))
    return spots


def _group_span(columns: tuple[Column, ...], place: int) -> int:
    group = columns[place].group
    end = place + 1
    while group and end < len(columns) and columns[end].group == group:
        end += 1
    return end - place


def _lower_head(column: Column) -> _Spot:
    if column.group:
        return _Spot(column.title, column, bold=True, align=Align.CENTRE)
    return _Spot("", column, merge="continue")


def _spots(columns: tuple[Column, ...], row: Row | TotalRow) -> list[_Spot]:
    if isinstance(row, TotalRow):
        first = len(columns) - len(row.figures)
        label = _Spot(row.label, columns[0], span=first, bold=True, align=Align.CENTRE)
        figures = zip(row.figures, columns[first:], strict=True)
        return [label, *(_Spot(text, column, bold=True) for text, column in figures)]
    bold = isinstance(row, GroupRow)
    spots = [_Spot(text, column, bold=bold) for text, column in zip(row.cells, columns, strict=False)]
    if len(spots) < len(columns):
        spots[-1] = _Spot(row.cells[-1], columns[1], span=len(columns) - 1, bold=True)
    return spots


def _row_xml(
    spots: list[_Spot],
    widths: tuple[int, ...],
    look: Look,
    *,
    head: bool = False,
    keep: bool = False,
    height_mm: float = 0,
) -> str:
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>' if height_mm else ""
    repeat = "<w:tblHeader/>" if head else ""
    cells, first = [], 0
    for spot in spots:
        cells.append(_cell_xml(sum(widths[first : first + spot.span]), spot, look, keep=keep or head))
        first += spot.span
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(width: int, spot: _Spot, look: Look, *, keep: bool) -> str:
    span = f'<w:gridSpan w:val="{spot.span}"/>' if spot.span > 1 else ""
    merge = f'<w:vMerge w:val="{spot.merge}"/>' if spot.merge else ""
    align = spot.align or spot.column.align
    inset = spot.column.inset_mm if spot.align is None else 0
    place = Place(
        left_mm=inset if align is Align.LEFT else 0,
        right_mm=inset if align is Align.RIGHT else 0,
        align=align.value,
        keep_next=keep,
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph_xml(look, Run(spot.text, bold=spot.bold), place=place)}</w:tc>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    return f"<w:tblBorders>{drawn}</w:tblBorders>"
