"""An allocation in words: its criteria, what the organizer says of somebody, and why each row is where it is."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel import lazy_gettext as _

from kstthc_training.registrations.allocation import Criterion, Reason, Word
from kstthc_training.registrations.enums import Circle, Place, PoolKind

CRITERIA: dict[Criterion, Any] = {
    Criterion.MANDATORY: _("Thuộc diện bắt buộc"),
    Criterion.FIRST_OF_ORGANISATION: _("Người đầu tiên của mỗi đơn vị"),
    Criterion.INVITED: _("Được mời"),
    Criterion.SELDOM_ADMITTED: _("Ít được dự 12 tháng qua"),
    Criterion.MOST_PER_ORGANISATION: _("Số người tối đa một đơn vị"),
    Criterion.FIRST_COME: _("Đăng ký trước"),
    Criterion.DRAW: _("Rút thăm"),
}
HINTS: dict[Criterion, Any] = {
    Criterion.MANDATORY: _("còn phải dự khóa bắt buộc mà cuộc này được tính"),
    Criterion.INVITED: _("mời đích danh, hoặc nơi được mời cử"),
    Criterion.FIRST_OF_ORGANISATION: _("để đơn vị nào cũng có người"),
    Criterion.SELDOM_ADMITTED: _("0 cuộc cùng loại trước, rồi 1 cuộc"),
    Criterion.MOST_PER_ORGANISATION: _("người vượt quá xếp sau mọi người khác"),
}
WORDS: dict[str | None, Any] = {
    None: _("Theo tiêu chí"),
    Word.PINNED: _("Ghim: xếp trước mọi người"),
    Word.LAST: _("Xếp sau mọi người"),
}
GROUPS: dict[Reason, Any] = {
    Reason.PINNED: _("Được ghim"),
    Reason.MANDATORY: _("Diện bắt buộc"),
    Reason.FIRST_OF_ORGANISATION: _("Mỗi đơn vị một người"),
    Reason.INVITED: _("Được mời"),
    Reason.SELDOM_ADMITTED: _("Ít được dự"),
    Reason.MOST_PER_ORGANISATION: _("Trong số tối đa một đơn vị"),
    Reason.FIRST_COME: _("Đăng ký trước"),
    Reason.DRAW: _("Rút thăm"),
    Reason.ENOUGH_SEATS: _("Đủ chỗ"),
    Reason.LAST: _("Xếp sau, vẫn còn chỗ"),
}


def reason_words(rule: str, figures: Mapping[str, Any], *, is_admitted: bool, said: str = "") -> str:
    """Why somebody is admitted or waits, in a line; `said` is the organizer's own reason for a pin or the last place."""
    if rule not in set(Reason):
        return rule
    reason = Reason(rule)
    if reason in (Reason.PINNED, Reason.LAST):
        label = gettext("Được ghim") if reason is Reason.PINNED else gettext("Xếp sau mọi người")
        return f"{label}: {said}" if said else label
    return (_ADMITTED if is_admitted else _WAITING)[reason](figures)


def _attended(figures: Mapping[str, Any]) -> str:
    count = figures["admitted_before"]
    return ngettext("%(num)d cuộc cùng loại trong 12 tháng", "%(num)d cuộc cùng loại trong 12 tháng", count)


def _drawn(figures: Mapping[str, Any]) -> str:
    return gettext("Rút thăm: %(admitted)s trong %(equals)s người ngang nhau", **figures)


def _at_most(figures: Mapping[str, Any]) -> str:
    most = figures["most"]
    return ngettext("Đơn vị đã đủ %(num)d người", "Đơn vị đã đủ %(num)d người", most)


def _limit(figures: Mapping[str, Any]) -> str:
    kind, _colon, subject = str(figures["limit"]).partition(":")
    return str(_LIMITS.get(subject, _LIMITS[PoolKind.ORGANISATION] if kind == PoolKind.ORGANISATION else ""))


_LIMITS: dict[str, Any] = {
    PoolKind.ORGANISATION: lazy_gettext("Hết chỗ dành cho đơn vị"),
    Circle.PRESS: lazy_gettext("Hết chỗ dành cho báo chí"),
    Circle.OFFICIALS: lazy_gettext("Hết chỗ dành cho cán bộ"),
    Place.ROOM: lazy_gettext("Hết chỗ tại phòng họp"),
    Place.ONLINE: lazy_gettext("Hết chỗ trực tuyến"),
}
_Say = Callable[[Mapping[str, Any]], str]
_ADMITTED: dict[Reason, _Say] = {
    Reason.MANDATORY: lambda _f: gettext("Thuộc diện bắt buộc"),
    Reason.FIRST_OF_ORGANISATION: lambda _f: gettext("Người đầu tiên của đơn vị"),
    Reason.INVITED: lambda _f: gettext("Được mời"),
    Reason.SELDOM_ADMITTED: _attended,
    Reason.MOST_PER_ORGANISATION: lambda f: ngettext(
        "Trong số %(num)d người của đơn vị", "Trong số %(num)d người của đơn vị", f["most"]
    ),
    Reason.FIRST_COME: lambda _f: gettext("Đăng ký trước"),
    Reason.DRAW: _drawn,
    Reason.ENOUGH_SEATS: lambda _f: gettext("Đủ chỗ cho người đăng ký"),
}
_WAITING: dict[Reason, _Say] = {
    Reason.MANDATORY: lambda _f: gettext("Sau người thuộc diện bắt buộc"),
    Reason.FIRST_OF_ORGANISATION: lambda _f: gettext("Sau người đầu tiên của các đơn vị"),
    Reason.INVITED: lambda _f: gettext("Sau người được mời"),
    Reason.SELDOM_ADMITTED: _attended,
    Reason.MOST_PER_ORGANISATION: _at_most,
    Reason.FIRST_COME: lambda _f: gettext("Đăng ký sau"),
    Reason.DRAW: _drawn,
    Reason.LIMIT: _limit,
    Reason.NO_SEATS: lambda _f: gettext("Không còn chỗ"),
}
