"""What the calendar object of a letter is called on pages."""

from flask_babel import gettext as _
from icalendar import Calendar

from kstthc_training.scheduling.enums import Method


def object_words(calendar: str) -> str:
    """What an object asks, for which session, under which number: `Cập nhật lịch: Tập huấn – buổi 1/2 (phiên bản 3)`."""
    read = Calendar.from_ical(calendar)
    (entry,) = read.walk("VEVENT")
    names = {"session": str(entry.get("SUMMARY", "")), "number": int(entry["SEQUENCE"])}
    if str(read["METHOD"]) == Method.CANCEL:
        return _("Hủy khỏi lịch: %(session)s (phiên bản %(number)s)", **names)
    if names["number"]:
        return _("Cập nhật lịch: %(session)s (phiên bản %(number)s)", **names)
    return _("Lời mời lịch: %(session)s (phiên bản %(number)s)", **names)
