"""From when to when, in words, for letters, which are read outside any page."""

from datetime import datetime

from kstthc_training import clock

WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def when(starts_at: datetime, ends_at: datetime, *, locale: str) -> str:
    """From when to when, in words: `14:00 – 15:30, Thứ Ba 29/10/2024`, or both days when they differ."""
    start, end = clock.local(starts_at), clock.local(ends_at)
    weekday = WEEKDAYS[locale][start.weekday()]
    if start.date() == end.date():
        return f"{start:%H:%M} – {end:%H:%M}, {weekday} {start:%d/%m/%Y}"
    return f"{start:%H:%M}, {weekday} {start:%d/%m/%Y} – {end:%H:%M}, {WEEKDAYS[locale][end.weekday()]} {end:%d/%m/%Y}"
