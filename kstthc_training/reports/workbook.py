"""The figures of a period as a workbook: totals, events, organisations, topics."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from kstthc_training.reports.figures import held_events, summary_of, topic_codes
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import Summary, share_of
from kstthc_training.reports.shares import organisation_results
from kstthc_training.reports.words import figure_words, period_words
from kstthc_training.sheets import Cell, CellKind, Column, Sheet
from kstthc_training.web.locale import day, named

_COUNT, _SHARE = CellKind.INTEGER, CellKind.PERCENT


def period_sheets(period: Period, *, now: datetime) -> list[Sheet]:
    """Four sheets: Tổng hợp, Cuộc họp, Theo đơn vị, Theo chủ đề; the sums of each are the figures of the first."""
    summary = summary_of(period, now=now)
    return [_totals(summary), _events(period), _organisations(period), _topics(summary)]


def _totals(summary: Summary) -> Sheet:
    totals, period = summary.totals, summary.period
    rows: list[Sequence[Cell]] = [
        (_("Kỳ"), None, period_words(period)),
        (_("Số liệu"), None, _("từ %(first)s đến hết %(last)s", first=day(period.first), last=day(period.last))),
        (figure_words(Figure.EVENTS), totals.events, ""),
        *((_("– %(kind)s", kind=named(kind)), kind.events, "") for kind in summary.kinds),
        (_("Cuộc đến hạn theo kế hoạch"), summary.planned, ""),
        (figure_words(Figure.BY_PLAN), summary.by_plan, ""),
        (figure_words(Figure.EXPECTED), totals.expected, _("Đăng ký được xác nhận và người đến không đăng ký trước")),
        (figure_words(Figure.ATTENDED), totals.attended, _("Người nhân cuộc, kể cả đến muộn, về sớm")),
        (figure_words(Figure.PRESS_ATTENDED), summary.press_attended, ""),
        (figure_words(Figure.OTHERS_ATTENDED), summary.others_attended, ""),
        (figure_words(Figure.ABSENT), summary.absent, ""),
        (figure_words(Figure.PERSONS), totals.persons, ""),
        (figure_words(Figure.ORGANISATIONS), totals.organisations, ""),
        (_("Cơ quan, đơn vị hiện có trong kỳ"), summary.existing, ""),
        (figure_words(Figure.PRESS), totals.press, ""),
        (figure_words(Figure.MATERIALS), totals.materials, ""),
        (figure_words(Figure.TOPICS), len(summary.topics), ""),
        (figure_words(Figure.UNCLOSED), len(summary.unclosed), _("Chưa tính vào các số trên")),
    ]
    return Sheet(_("Tổng hợp"), (Column(_("Chỉ tiêu")), Column(_("Số"), _COUNT), Column(_("Ghi chú"))), rows)


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
