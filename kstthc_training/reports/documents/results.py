"""Part I of a report: what was held, who came, what it was about."""

from kstthc_training.paper import Align, BarChart, Cells, Column, DataTable, OfficialDocument, Series, TotalRow, numbered
from kstthc_training.paper.wording import counted, ended, percent, thousands, zero_padded
from kstthc_training.reports.documents.comparison import compared_sentences, comparison_table
from kstthc_training.reports.documents.material import Material
from kstthc_training.reports.rows import GroupRow
from kstthc_training.reports.words import kind_counted

_MOST_TOPICS = 6


def write_results(paper: OfficialDocument, material: Material) -> None:
    """I. Tình hình, kết quả."""
    paper.heading1("Tình hình, kết quả")
    if not material.events:
        paper.paragraph("Trong kỳ chưa có cuộc nào được tổ chức và chốt điểm danh.")
        return
    paper.heading2("Số cuộc và lượt người tham dự")
    paper.paragraph(_held(material))
    paper.table(_table(material))
    for sentence in compared_sentences(material.summary):
        paper.paragraph(sentence)
    paper.table(comparison_table(material.summary))
    paper.heading2("Thành phần tham dự")
    paper.paragraph(_participants(material))
    if chart := _chart(material):
        paper.chart(chart)
    if points := _contents(material):
        paper.heading2("Nội dung, tài liệu")
        write_points(paper, points)


def write_points(paper: OfficialDocument, points: list[str]) -> None:
    """Points with letters; a single one is a paragraph."""
    if len(points) > 1:
        paper.points(points)
    else:
        paper.paragraph(ended(points[0], "."))


def _held(material: Material) -> str:
    totals, summary = material.summary.totals, material.summary
    kinds = [kind_counted(kind) for kind in summary.kinds]
    listed = f"{', '.join(kinds[:-1])} và {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    of_all = f"trên {counted(totals.expected, 'lượt người đăng ký')} (đạt {percent(totals.attended, totals.expected)})"
    people = f" với {counted(totals.attended, 'lượt người có mặt')} {of_all};" if totals.expected else ""
    plan = (
        f" Theo kế hoạch có {counted(summary.planned, 'cuộc')} đến hạn trong kỳ; trong số cuộc đã tổ chức có "
        f"{counted(summary.by_plan, 'cuộc')} thuộc kế hoạch."
        if summary.planned
        else ""
    )
    return (
        f"Trong kỳ, {material.office.name} đã tổ chức {counted(totals.events, 'cuộc')}, gồm: {listed};{people} số người "
        f"tham dự là {counted(totals.persons, 'người')}.{plan} Kết quả theo loại hình tại "
        "Bảng\u00a01; chi tiết từng cuộc tại Phụ lục\u00a0I."
    )


def _table(material: Material) -> DataTable:
    totals = material.summary.totals
    rows = [
        (kind.name_vi, thousands(kind.events), thousands(kind.expected), thousands(kind.attended),
         percent(kind.attended, kind.expected))
        for kind in material.summary.kinds
    ]  # fmt: skip
    sums = (
        thousands(totals.events), thousands(totals.expected), thousands(totals.attended),
        percent(totals.attended, totals.expected),
    )  # fmt: skip
    return DataTable(
        caption="Kết quả theo loại hình cuộc",
        cells=Cells.PLAIN,
        columns=(
            Column("STT", 12, Align.CENTRE),
            Column("Loại hình", 45),
            Column("Số cuộc", 22, Align.RIGHT, inset_mm=3),
            Column("Đăng ký (lượt)", 27, Align.RIGHT, inset_mm=3),
            Column("Có mặt (lượt)", 27, Align.RIGHT, inset_mm=3),
            Column("Tỷ lệ có mặt", 32, Align.RIGHT, inset_mm=3),
        ),
        rows=(*numbered(rows), TotalRow("Tổng cộng", sums)),
    )


def _participants(material: Material) -> str:
    summary, totals = material.summary, material.summary.totals
    parts = []
    if summary.press_attended:
        press = counted(totals.press, "cơ quan báo chí")
        parts.append(f"{zero_padded(summary.press_attended)} lượt phóng viên, biên tập viên của {press}")
    if summary.others_attended:
        offices = counted(summary.offices, "cơ quan, đơn vị")
        parts.append(f"{zero_padded(summary.others_attended)} lượt cán bộ, công chức, viên chức của {offices}")
    came = counted(totals.organisations, "cơ quan, đơn vị")
    said = f"Tham dự có {came} trên {counted(summary.existing, 'cơ quan, đơn vị hiện có')}"
    said += f"; gồm {' và '.join(parts)}." if parts else "."
    return f"{said}{_absences(material)} Kết quả theo cơ quan, đơn vị tại Phụ lục\u00a0II."


def _absences(material: Material) -> str:
    if not material.summary.absent:
        return ""
    kinds = [
        counted(number, f"lượt {words}")
        for number, words in ((material.excused, "vắng có lý do"), (material.unexcused, "vắng không lý do"))
        if number
    ]
    return f" Có {counted(material.summary.absent, 'lượt vắng mặt')}, gồm {' và '.join(kinds)}."


def _chart(material: Material) -> BarChart | None:
    groups = [group for group in material.summary.groups if group.expected]
    if not groups:
        return None
    shares = tuple(f"{thousands(group.attended)} ({percent(group.attended, group.expected)})" for group in groups)
    return BarChart(
        caption="Lượt người đăng ký và có mặt theo nhóm cơ quan",
        categories=tuple(_group_name(group) for group in groups),
        series=(
            Series("Đăng ký", tuple(group.expected for group in groups)),
            Series("Có mặt", tuple(group.attended for group in groups), shares),
        ),
    )


def _group_name(group: GroupRow) -> str:
    return group.name_vi or "Không ghi cơ quan"


def _contents(material: Material) -> list[str]:
    points = []
    topics = sorted(material.summary.topics, key=lambda topic: -topic.events)
    if topics:
        named = "; ".join(topic.title.rstrip(".; ") for topic in topics[:_MOST_TOPICS])
        more = f"; và {counted(len(topics) - _MOST_TOPICS, 'chủ đề khác')}" if len(topics) > _MOST_TOPICS else ""
        points.append(f"Nội dung tập trung vào: {named}{more}")
    if material.summary.totals.materials:
        points.append(f"Đã phát hành {counted(material.summary.totals.materials, 'tài liệu')} cho người dự")
    return points
