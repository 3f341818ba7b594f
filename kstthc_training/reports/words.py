"""How periods, counts and differences are written."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training.reports.comparison import points_between
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period, PeriodKind
from kstthc_training.reports.rows import KindRow
from kstthc_training.text import sentence_case
from kstthc_training.web.locale import day, figure, is_english, named

_ROMAN = ("", "I", "II", "III", "IV")
DOWN, LEVEL, UP = "down", "", "up"


def period_words(period: Period) -> str:
    """A period inside a sentence: `quý III/2026`, `6 tháng đầu năm 2026`, `từ 01/02/2026 đến 15/03/2026`."""
    year = period.year
    words = {
        PeriodKind.MONTH: _("tháng %(n)s/%(year)s", n=period.number, year=year),
        PeriodKind.QUARTER: _("quý %(n)s/%(year)s", n=_ROMAN[period.number % 5], year=year),
        PeriodKind.FIRST_HALF: _("6 tháng đầu năm %(year)s", year=year),
        PeriodKind.SECOND_HALF: _("6 tháng cuối năm %(year)s", year=year),
        PeriodKind.NINE_MONTHS: _("9 tháng năm %(year)s", year=year),
        PeriodKind.YEAR: _("năm %(year)s", year=year),
        PeriodKind.FREE: _("từ %(first)s đến %(last)s", first=day(period.first), last=day(period.last)),
    }
    return words[period.kind]


def period_title(period: Period) -> str:
    """The same where it begins a line: `Quý III/2026`."""
    return sentence_case(period_words(period))


def counted(number: int) -> str:
    """A number in running text: in Vietnamese papers one below ten has a leading zero."""
    return figure(number) if is_english() else figure(number).zfill(2)


def events_counted(number: int) -> str:
    """How many events, in running text: `05 cuộc`."""
    return ngettext("%(n)s cuộc", "%(n)s cuộc", number, n=counted(number))


def offices_counted(number: int) -> str:
    """How many agencies and units, in running text: `12 cơ quan, đơn vị`."""
    return ngettext("%(n)s cơ quan, đơn vị", "%(n)s cơ quan, đơn vị", number, n=counted(number))


def kind_counted(kind: KindRow) -> str:
    """How many events of a kind: `02 lớp tập huấn`."""
    number = counted(kind.events)
    words = {
        "hop": ngettext("%(n)s cuộc họp", "%(n)s cuộc họp", kind.events, n=number),
        "hoi-nghi": ngettext("%(n)s hội nghị", "%(n)s hội nghị", kind.events, n=number),
        "tap-huan": ngettext("%(n)s lớp tập huấn", "%(n)s lớp tập huấn", kind.events, n=number),
        "hop-bao": ngettext("%(n)s cuộc họp báo", "%(n)s cuộc họp báo", kind.events, n=number),
        "giao-ban-bao-chi": ngettext("%(n)s cuộc giao ban báo chí", "%(n)s cuộc giao ban báo chí", kind.events, n=number),
    }
    return words.get(kind.code) or _("%(n)s cuộc loại %(kind)s", n=number, kind=named(kind))


@dataclass(frozen=True)
class Change:
    """How a figure differs from another period's: in words, and which way."""

    words: str
    trend: str


def change(now: int, before: int) -> Change:
    """A difference of counts: `↑ 3`, `không đổi`."""
    if now == before:
        return Change(_("không đổi"), LEVEL)
    return _changed(figure(abs(now - before)), up=now > before)


def change_of_share(now: float | None, before: float | None) -> Change:
    """A difference of shares in percentage points: `↓ 1,2 điểm`; nothing when either has no share."""
    if now is None or before is None:
        return Change("", LEVEL)
    points = points_between(now, before)
    if not points:
        return Change(_("không đổi"), LEVEL)
    shown = f"{abs(points):.1f}" if is_english() else f"{abs(points):.1f}".replace(".", ",")
    return _changed(_("%(points)s điểm", points=shown), up=points > 0)


def _changed(amount: str, *, up: bool) -> Change:
    return Change(f"↑ {amount}", UP) if up else Change(f"↓ {amount}", DOWN)


def figure_words(what: Figure) -> str:
    """What a figure is called above its rows."""
    words = {
        Figure.EVENTS: _("Cuộc đã tổ chức"),
        Figure.BY_PLAN: _("Cuộc đã tổ chức theo kế hoạch"),
        Figure.EXPECTED: _("Lượt người đăng ký"),
        Figure.ATTENDED: _("Lượt người dự"),
        Figure.PRESS_ATTENDED: _("Lượt phóng viên, biên tập viên dự"),
        Figure.OTHERS_ATTENDED: _("Lượt cán bộ, công chức, viên chức dự"),
        Figure.ABSENT: _("Lượt người vắng"),
        Figure.PERSONS: _("Số người dự"),
        Figure.ORGANISATIONS: _("Cơ quan, đơn vị có người dự"),
        Figure.PRESS: _("Cơ quan báo chí dự"),
        Figure.OFFICES: _("Cơ quan, đơn vị dự, không kể báo chí"),
        Figure.NEVER_CAME: _("Đơn vị đăng ký nhưng không ai đến"),
        Figure.NAMED_NOBODY: _("Đơn vị chưa cử ai"),
        Figure.MATERIALS: _("Tài liệu đã phát hành"),
        Figure.TOPICS: _("Chủ đề đã triển khai"),
        Figure.UNCLOSED: _("Cuộc chưa chốt điểm danh"),
    }
    return words[what]
