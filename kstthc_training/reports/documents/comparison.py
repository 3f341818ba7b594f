"""A report's figures beside those of the period before and of the same period last year, in words and as a table."""

from decimal import Decimal

from kstthc_training.paper import Align, Cells, Column, DataTable, numbered
from kstthc_training.paper.wording import counted, decimal, thousands
from kstthc_training.reports import periods
from kstthc_training.reports.comparison import Line, compared_lines, percent_of, points_between
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import Summary, Totals
from kstthc_training.reports.wording import period_name

_LABELS = {
    Figure.EVENTS: "Số cuộc",
    Figure.EXPECTED: "Lượt người đăng ký",
    Figure.ATTENDED: "Lượt người có mặt",
    Figure.PERSONS: "Số người tham dự",
    Figure.ORGANISATIONS: "Cơ quan, đơn vị dự",
    Figure.PRESS: "Cơ quan báo chí dự",
    Figure.MATERIALS: "Tài liệu đã phát hành",
    Figure.TOPICS: "Chủ đề đã triển khai",
}
_ALL_MM, _PLACE_MM, _NUMBER_MM, _MOVED_MM = 165, 12, 18, 24


def compared_sentences(summary: Summary) -> list[str]:
    """How events, attendances and their share moved, a sentence for each compared period."""
    said = [
        f"So với {_told(summary.period, other.period)}, {_moves(summary.totals, other.totals)}" for other in summary.others
    ]
    return [*(f"{sentence}." for sentence in said[:-1]), f"{said[-1]}; chi tiết tại Bảng\u00a02."]


def comparison_table(summary: Summary) -> DataTable:
    """Every figure, what it was in each compared period, and by how much it moved."""
    heads = [column for other in summary.others for column in _heads(other.period)]
    label_mm = _ALL_MM - _PLACE_MM - _NUMBER_MM - sum(head.width_mm for head in heads)
    return DataTable(
        caption="So sánh với kỳ trước và cùng kỳ năm trước" if len(summary.others) > 1 else "So sánh với cùng kỳ năm trước",
        cells=Cells.SMALL,
        columns=(
            Column("STT", _PLACE_MM, Align.CENTRE),
            Column("Chỉ tiêu", label_mm),
            Column("Kỳ này", _NUMBER_MM, Align.RIGHT, inset_mm=1),
            *heads,
        ),
        rows=numbered(_cells(line) for line in compared_lines(summary)),
    )


def _heads(other: Period) -> list[Column]:
    group = f"{_named(other)[:1].upper()}{_named(other)[1:]}"
    return [
        Column("Số liệu", _NUMBER_MM, Align.RIGHT, inset_mm=1, group=group),
        Column("Tăng, giảm", _MOVED_MM, Align.RIGHT, inset_mm=1, group=group),
    ]


def _cells(line: Line) -> tuple[str, ...]:
    others = [cell for was in line.others for cell in (_number(line, was), _moved(line, was))]
    return (_label(line), _number(line, line.now), *others)


def _label(line: Line) -> str:
    if line.kind:
        return f"– {line.kind.name_vi}"
    return "Tỷ lệ có mặt" if line.is_share else _LABELS[line.figure]


def _number(line: Line, number: float | None) -> str:
    if number is None:
        return "-"
    return f"{decimal(percent_of(number))}%" if line.is_share else thousands(int(number))


def _moved(line: Line, was: float | None) -> str:
    """`+3`, `-1,2 điểm`, `0`."""
    if line.now is None or was is None:
        return "-"
    if line.is_share:
        points = points_between(line.now, was)
        return f"{_sign(points)}{decimal(abs(points))} điểm" if points else "0"
    by = int(line.now - was)
    return f"{_sign(by)}{thousands(abs(by))}" if by else "0"


def _sign(by: int | Decimal) -> str:
    return "+" if by > 0 else "-"


def _told(period: Period, other: Period) -> str:
    """What a period is to the one reported on, and which it is."""
    which = "cùng kỳ năm trước" if other == periods.a_year_before(period) else "kỳ trước"
    return f"{which} ({_named(other)})"


def _named(period: Period) -> str:
    return period_name(period).replace("-", "/")


def _moves(now: Totals, before: Totals) -> str:
    parts = [
        _difference("số cuộc", now.events, before.events, "cuộc"),
        _difference("số lượt người có mặt", now.attended, before.attended, "lượt"),
    ]
    if now.share is not None and before.share is not None:
        points = points_between(now.share, before.share)
        moved = f"{'tăng' if points > 0 else 'giảm'} {decimal(abs(points))} điểm phần trăm" if points else "không đổi"
        parts.append(f"tỷ lệ có mặt {moved}")
    return ", ".join(parts)


def _difference(what: str, now: int, before: int, unit: str) -> str:
    if now == before:
        return f"{what} không đổi"
    return f"{what} {'tăng' if now > before else 'giảm'} {counted(abs(now - before), unit)}"
