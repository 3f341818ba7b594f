"""Words of the report as a paper, whose language is Vietnamese by law; they are not interface text."""

from datetime import date, timedelta

from kstthc_training.events.enums import EventMode
from kstthc_training.reports.periods import Period, PeriodKind

_ROMAN = ("", "I", "II", "III", "IV")
_FROM_CUT_OFF_TO_DUE = timedelta(days=11)


def period_name(period: Period) -> str:
    """A period as titles and file names have it: `quý III năm 2026`, `từ ngày 01-02-2026 đến ngày 15-03-2026`."""
    year = f"năm {period.year}"
    names = {
        PeriodKind.MONTH: f"tháng {period.number} {year}",
        PeriodKind.QUARTER: f"quý {_ROMAN[period.number % 5]} {year}",
        PeriodKind.FIRST_HALF: f"6 tháng đầu {year}",
        PeriodKind.SECOND_HALF: f"6 tháng cuối {year}",
        PeriodKind.NINE_MONTHS: f"9 tháng {year}",
        PeriodKind.YEAR: year,
        PeriodKind.FREE: f"từ ngày {period.first:%d-%m-%Y} đến ngày {period.last:%d-%m-%Y}",
    }
    return names[period.kind]


def signing_day(period: Period, today: date) -> date:
    """Whose names a report bears: the day it falls due, the 25th of its last month (Decree 09/2019/NĐ-CP, article 13),
    or today while that is to come."""
    return min(today, period.last + _FROM_CUT_OFF_TO_DUE)


def place_name(venue: str, mode: EventMode) -> str:
    """Where an event took place."""
    if mode is EventMode.ONLINE:
        return "Trực tuyến"
    if mode is EventMode.BOTH:
        return f"{venue} và trực tuyến" if venue else "Trực tiếp và trực tuyến"
    return venue
