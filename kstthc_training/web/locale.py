"""Language and the way dates, times and figures are written."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from flask import Flask, session
from flask_babel import Babel, get_locale
from flask_babel import lazy_gettext as _
from flask_login import current_user

from kstthc_training import clock
from kstthc_training.text import shown_phone

LOCALES = ("vi", "en")
_WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
_WEEKDAY_HEADS = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))


def chosen_locale() -> str:
    """The language of the account, else of this browser's choice here, else Vietnamese."""
    wanted = current_user.locale if current_user and current_user.is_authenticated else session.get("locale")
    return wanted if wanted in LOCALES else "vi"


def is_english() -> bool:
    """Whether this page is in English; for names that are data in both languages."""
    return str(get_locale()) == "en"


def named(thing: object) -> str:
    """The name of a kind or level in the page's language: its `name_vi` or `name_en`."""
    return str(getattr(thing, "name_en" if is_english() else "name_vi"))


def day(value: date | datetime) -> str:
    """`05/03/2026`."""
    return f"{_day_of(value):%d/%m/%Y}"


def short_day(value: date | datetime) -> str:
    """`05/03`."""
    return f"{_day_of(value):%d/%m}"


def hour(value: datetime) -> str:
    """`13:30`, on the province's clocks."""
    return f"{clock.local(value):%H:%M}"


def moment(value: datetime) -> str:
    """`13:30 05/03/2026`."""
    return f"{hour(value)} {day(value)}"


def weekday(value: date | datetime) -> str:
    """`Thứ Năm`."""
    return str(_WEEKDAYS[_day_of(value).weekday()])


def weekday_heads() -> list[tuple[str, str]]:
    """The heads of a calendar's columns, short and long, Monday first."""
    return _weekday_heads_in(str(get_locale()))


@cache
def _weekday_heads_in(_locale: str) -> list[tuple[str, str]]:
    return [(str(short), str(long)) for short, long in zip(_WEEKDAY_HEADS, _WEEKDAYS, strict=True)]


def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when: `14:00 – 15:30, Thứ Ba 29/10/2026`, or both days when they differ."""
    if clock.local_date(starts_at) == clock.local_date(ends_at):
        return f"{hour(starts_at)} – {hour(ends_at)}, {weekday(starts_at)} {day(starts_at)}"
    return f"{hour(starts_at)} {short_day(starts_at)} – {hour(ends_at)} {day(ends_at)}"


def figure(value: int) -> str:
    """`1.014` in Vietnamese, `1,014` in English."""
    grouped = f"{value:,}"
    return grouped if is_english() else grouped.replace(",", ".")


def percent(share: float | None, digits: int = 1) -> str:
    """A share from 0 to 1 as `89,6%`, rounded half up; a dash when there is nothing to take a share of."""
    if share is None:
        return "–"
    exact = Decimal(str(round(share * 100, 9)))
    text = f"{exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)}%"
    return text if is_english() else text.replace(".", ",")


def size(octets: int) -> str:
    """A file's size as people say it: `214 KB`, `2,8 MB`."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} KB"
    text = f"{octets / 1_000_000:.1f} MB"
    return text if is_english() else text.replace(".", ",")


def phone(value: str) -> str:
    """A phone number in the usual groups: `0912 345 678`."""
    return shown_phone(value)


def _day_of(value: date | datetime) -> date:
    return clock.local_date(value) if isinstance(value, datetime) else value


def mount_locale(app: Flask) -> None:
    """Choose the language per request and give templates the ways of writing."""
    Babel(app, locale_selector=chosen_locale, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh")
    filters = (phone, day, short_day, hour, moment, weekday, figure, percent, size, named)
    app.jinja_env.filters.update({f.__name__: f for f in filters})
    app.jinja_env.globals.update(span=span, named=named, weekday_heads=weekday_heads, is_english=is_english)
