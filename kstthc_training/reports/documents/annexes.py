"""The annexes of a report: every event, every organisation."""

from itertools import groupby

from kstthc_training import clock
from kstthc_training.paper import Align, Annex, Column, DataTable, Group, Row, TotalRow, grouped, numbered
from kstthc_training.paper.wording import numeric_date, percent, thousands
from kstthc_training.reports.documents.material import Material
from kstthc_training.reports.rows import EventRow
from kstthc_training.reports.shares import OrganisationResult
from kstthc_training.reports.wording import place_name

_NO_ORGANISATION = "Người dự không ghi cơ quan"
_EVENT_COLUMNS = (
    Column("STT", 11, Align.CENTRE),
    Column("Thời gian", 24, Align.CENTRE),
    Column("Tên cuộc", 82),
    Column("Loại hình", 25),
    Column("Nội dung (mã)", 20, Align.CENTRE),
    Column("Địa điểm", 40),
    Column("Đăng ký", 17, Align.RIGHT),
    Column("Có mặt", 16, Align.RIGHT),
    Column("Tỷ lệ", 17, Align.RIGHT),
)
_ORGANISATION_COLUMNS = (
    Column("STT", 11, Align.CENTRE),
    Column("Cơ quan, đơn vị", 62),
    Column("Đăng ký", 20, Align.RIGHT),
    Column("Có mặt", 18, Align.RIGHT),
    Column("Vắng có lý do", 18, Align.RIGHT),
    Column("Vắng không lý do", 18, Align.RIGHT),
    Column("Tỷ lệ", 18, Align.RIGHT),
)


def events_annex(material: Material, title: str) -> Annex:
    """Every event of the period, on lying sheets."""
    totals = material.summary.totals
    figures = (thousands(totals.expected), thousands(totals.attended), percent(totals.attended, totals.expected))
    rows: tuple[Row | TotalRow, ...] = (
        *numbered(_event_cells(row, material.codes.get(row.event_id, [])) for row in material.events),
        TotalRow(f"Tổng cộng: {thousands(totals.events)} cuộc", figures),
    )
    note = (
        "Mã nội dung theo Kế hoạch. “Đăng ký” là số lượt người được xác nhận, kể cả người đến không đăng ký trước; "
        "“Có mặt” gồm cả người đến muộn, về sớm"
    )
    return Annex(title=title, landscape=True, note=note, table=DataTable(columns=_EVENT_COLUMNS, rows=rows))


def organisations_annex(material: Material) -> Annex:
    """Every organisation of those expected, by kind, under the names it bore at the period's end."""
    groups = [
        Group(name, _figures(rows), tuple((row.name, *_figures([row])) for row in rows if row.name))
        for name, rows in _by_kind(material)
    ]
    rows: tuple[Row | TotalRow, ...] = (*grouped(groups), TotalRow("Tổng cộng", _figures(list(material.organisations))))
    note = "Tính theo lượt người (người x cuộc). Tên cơ quan, đơn vị ghi tại thời điểm chốt số liệu"
    return Annex(
        title="Kết quả tham dự theo cơ quan, đơn vị",
        note=note,
        table=DataTable(columns=_ORGANISATION_COLUMNS, rows=rows),
    )


def _by_kind(material: Material) -> list[tuple[str, list[OrganisationResult]]]:
    return [
        (name or _NO_ORGANISATION, list(rows)) for name, rows in groupby(material.organisations, key=lambda row: row.name_vi)
    ]


def _event_cells(row: EventRow, codes: list[str]) -> tuple[str, ...]:
    return (
        _days(row), row.title, row.kind_vi, ", ".join(codes), place_name(row.venue, row.mode),
        thousands(row.expected), thousands(row.attended), percent(row.attended, row.expected),
    )  # fmt: skip


def _days(row: EventRow) -> str:
    first, last = clock.local_date(row.starts_at), clock.local_date(row.ends_at)
    return numeric_date(first) if first == last else f"{first:%d/%m} - {numeric_date(last)}"


def _figures(rows: list[OrganisationResult]) -> tuple[str, ...]:
    expected, attended = sum(row.expected for row in rows), sum(row.attended for row in rows)
    away = (sum(row.excused for row in rows), sum(row.absent for row in rows))
    return (thousands(expected), thousands(attended), *map(thousands, away), percent(attended, expected))
