"""The figures of a period as a workbook: totals, events, organisations, topics."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from kstthc_training.reports.comparison import Line, compared_lines, points_between
from kstthc_training.reports.figures import held_events, summary_of, topic_codes
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import Summary, share_of
from kstthc_training.reports.shares import organisation_results
from kstthc_training.reports.words import figure_words, period_title
from kstthc_training.sheets import Cell, CellKind, Column, Share, Sheet
from kstthc_training.web.locale import day, named

_COUNT, _SHARE = CellKind.INTEGER, CellKind.PERCENT


def period_sheets(period: Period, *, now: datetime) -> list[Sheet]:
    """Four sheets: Tổng hợp, Cuộc họp, Theo đơn vị, Theo chủ đề; the sums of each are the figures of the first, which sets
    them beside the period before and the same one last year.
    """
    summary = summary_of(period, now=now)
    return [_totals(summary), _events(period), _organisations(period), _topics(summary)]


def _totals(summary: Summary) -> Sheet:
    columns = [Column(_("Chỉ tiêu")), Column(period_title(summary.period), _COUNT)]
    for other in summary.others:
        columns += [Column(period_title(other.period), _COUNT), Column(_("Tăng, giảm"), _COUNT)]
    rows: list[Sequence[Cell]] = [_span(summary), *(_compared(line) for line in compared_lines(summary))]
    own = (
        (_("Cuộc đến hạn theo kế hoạch"), summary.planned, ""),
        (figure_words(Figure.BY_PLAN), summary.by_plan, ""),
        (figure_words(Figure.PRESS_ATTENDED), summary.press_attended, ""),
        (figure_words(Figure.OTHERS_ATTENDED), summary.others_attended, ""),
        (figure_words(Figure.ABSENT), summary.absent, ""),
        (_("Cơ quan, đơn vị hiện có trong kỳ"), summary.existing, ""),
        (figure_words(Figure.UNCLOSED), len(summary.unclosed), _("Chưa tính vào các số trên")),
    )
    nothing = (None, None) * len(summary.others)
    rows += [(label, number, *nothing, note) for label, number, note in own]
    return Sheet(_("Tổng hợp"), (*columns, Column(_("Ghi chú"))), rows)


def _span(summary: Summary) -> Sequence[Cell]:
    others = [cell for other in summary.others for cell in (_days(other.period), None)]
    return (_("Số liệu"), _days(summary.period), *others, _("Kể cả ngày đầu và ngày cuối"))


def _compared(line: Line) -> Sequence[Cell]:
    others = [cell for was in line.others for cell in (_number(line, was), _moved(line, was))]
    return (_label(line), _number(line, line.now), *others, _note(line))


def _label(line: Line) -> str:
    if line.kind:
        return _("– %(kind)s", kind=named(line.kind))
    return _("Tỷ lệ có mặt") if line.is_share else figure_words(line.figure)


def _number(line: Line, number: float | None) -> Cell:
    return Share(number) if line.is_share and number is not None else number


def _moved(line: Line, was: float | None) -> Cell:
    if line.now is None or was is None:
        return None
    return Share(points_between(line.now, was) / 100) if line.is_share else line.now - was


def _note(line: Line) -> str:
    if line.is_share:
        return _("Lượt người dự trên lượt người đăng ký; tăng, giảm tính bằng điểm phần trăm")
    notes = {
        Figure.EXPECTED: _("Đăng ký được xác nhận và người đến không đăng ký trước"),
        Figure.ATTENDED: _("Người nhân cuộc, kể cả đến muộn, về sớm"),
    }
    return notes.get(line.figure, "")


def _days(period: Period) -> str:
    return f"{day(period.first)} – {day(period.last)}"


def _events(period: Period) -> Sheet:
    events = held_events(period)
    codes = topic_codes(events)
    columns = (
        Column(_("TT"), _COUNT), Column(_("Mã")), Column(_("Bắt đầu"), CellKind.DATETIME), Column(_("Tên cuộc")),
        Column(_("Loại")), Column(_("Chủ đề")), Column(_("Địa điểm")), Column(_("Đăng ký"), _COUNT),
        Column(_("Có mặt"), _COUNT), Column(_("Tỷ lệ"), _SHARE),
    )  # fmt: skip
    rows = [
        (number, row.code, row.starts_at, row.title, named(row), "; ".join(codes.get(row.event_id, ())), row.venue,
         row.expected, row.attended, row.share)
        for number, row in enumerate(events, start=1)
    ]  # fmt: skip
    return Sheet(_("Cuộc họp"), columns, rows)


def _organisations(period: Period) -> Sheet:
    columns = (
        Column(_("TT"), _COUNT), Column(_("Nhóm")), Column(_("Cơ quan, đơn vị")), Column(_("Đăng ký"), _COUNT),
        Column(_("Có mặt"), _COUNT), Column(_("Vắng có lý do"), _COUNT), Column(_("Vắng không lý do"), _COUNT),
        Column(_("Tỷ lệ"), _SHARE),
    )  # fmt: skip
    rows = [
        (number, named(row) if row.kind_code else _("Không ghi đơn vị"), row.name, row.expected, row.attended, row.excused,
         row.absent, share_of(row.attended, row.expected))
        for number, row in enumerate(organisation_results(period), start=1)
    ]  # fmt: skip
    return Sheet(_("Theo đơn vị"), columns, rows)


def _topics(summary: Summary) -> Sheet:
    columns = (Column(_("Mã")), Column(_("Chủ đề")), Column(_("Số cuộc"), _COUNT), Column(_("Lượt người"), _COUNT))
    rows = [(topic.code, topic.title, topic.events, topic.attended) for topic in summary.topics]
    return Sheet(_("Theo chủ đề"), columns, rows)
