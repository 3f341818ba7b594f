"""How registrations are spoken of on the page: states, sources, rules, and why something was refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import errors
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.policy import is_open
from kstthc_training.registrations.queries import StepRow
from kstthc_training.web.locale import moment

STATES = {
    RegistrationState.CONFIRMED: lazy_gettext("Có chỗ"),
    RegistrationState.WAITING: lazy_gettext("Chờ chỗ"),
    RegistrationState.CANCELLED: lazy_gettext("Đã hủy"),
}
TONES = {RegistrationState.CONFIRMED: "ok", RegistrationState.WAITING: "warn", RegistrationState.CANCELLED: ""}
SOURCES = {
    RegistrationSource.SELF: lazy_gettext("Tự đăng ký"),
    RegistrationSource.NOMINATION: lazy_gettext("Đơn vị cử"),
    RegistrationSource.ORGANIZER: lazy_gettext("Ban tổ chức"),
    RegistrationSource.WALK_IN: lazy_gettext("Tại cửa"),
}
_RULES = {
    StepRule.SEAT_FREE: lazy_gettext("Đăng ký, còn chỗ"),
    StepRule.QUEUED: lazy_gettext("Đăng ký, hết chỗ nên vào danh sách chờ"),
    StepRule.WALKED_IN: lazy_gettext("Ghi tên tại cửa"),
    StepRule.BY_PERSON: lazy_gettext("Tự hủy đăng ký"),
    StepRule.BY_FOCAL_POINT: lazy_gettext("Đầu mối đơn vị rút tên"),
    StepRule.BY_ORGANIZER: lazy_gettext("Ban tổ chức hủy đăng ký"),
}
_PROMOTIONS: dict[str, Any] = {
    Vacancy.SEAT_GIVEN_BACK: lazy_gettext("Có chỗ theo thứ tự danh sách chờ, vì có người không dự được"),
    Vacancy.CAPACITY_RAISED: lazy_gettext("Có chỗ theo thứ tự danh sách chờ, vì cuộc họp thêm chỗ"),
}
_NOT_OFFERED = {
    EventState.DRAFT: lazy_gettext("Cuộc họp chưa phát hành nên chưa nhận đăng ký."),
    EventState.POSTPONED: lazy_gettext("Cuộc họp đang tạm hoãn nên chưa nhận đăng ký."),
    EventState.CANCELLED: lazy_gettext("Cuộc họp đã hủy."),
    EventState.CLOSED: lazy_gettext("Cuộc họp đã kết thúc."),
}


def state_words(state: RegistrationState, place: int | None) -> str:
    """A state in at most three words, with the place of who waits."""
    if state is RegistrationState.WAITING and place is not None:
        return _("Chờ, thứ %(place)s", place=place)
    return str(STATES[state])


def step_words(step: StepRow) -> str:
    """What a step did and why, in one sentence."""
    if step.rule == StepRule.QUEUE_ORDER:
        return str(_PROMOTIONS.get(step.reason, STATES[RegistrationState.CONFIRMED]))
    said = str(_RULES[StepRule(step.rule)]) if step.rule in set(StepRule) else str(STATES[step.to_state])
    return f"{said}: {step.reason}" if step.reason else said


def place_words(event: Event) -> str:
    """Where an event takes place; it comes with its venue."""
    room = ", ".join(filter(None, (event.venue.name, event.venue.address))) if event.venue else ""
    if event.mode is EventMode.ONLINE:
        return _("Trực tuyến")
    if event.mode is EventMode.BOTH:
        return _("%(venue)s và trực tuyến", venue=room) if room else _("Trực tiếp và trực tuyến")
    return room or _("Chưa có địa điểm")


def why_not(event: Event, now: datetime) -> str:
    """Why nobody can register now, or '' when people can."""
    if is_open(event, now):
        return ""
    if event.state is not EventState.RELEASED:
        return str(_NOT_OFFERED[event.state])
    if now >= event.starts_at:
        return _("Cuộc họp đã bắt đầu. Ai đến dự, xin ghi tên tại cửa.")
    if event.registration_opens_at and now < event.registration_opens_at:
        return _("Đăng ký mở lúc %(when)s.", when=moment(event.registration_opens_at))
    return _("Đã hết hạn đăng ký lúc %(when)s.", when=moment(event.registration_closes_at or event.starts_at))


def why_not_organizer(event: Event, now: datetime) -> str:
    """Why not even an organizer can register anybody now, or ''; the window does not bind him."""
    if event.state is not EventState.RELEASED:
        return str(_NOT_OFFERED[event.state])
    return _("Cuộc họp đã bắt đầu. Ai đến dự, xin ghi tên tại cửa.") if now >= event.starts_at else ""


def refusal_words(refusal: Refusal) -> str | None:
    """Why something was refused and what to do, or None for a refusal that is not ours to explain."""
    words = next((say for kind, say in _REFUSALS.items() if isinstance(refusal, kind)), None)
    return words(**refusal.facts) if words else None


def _below_taken(*, capacity: int, taken: int) -> str:
    return ngettext(
        "Đã có %(taken)s người có chỗ, không thể chỉ còn %(num)d chỗ.",
        "Đã có %(taken)s người có chỗ, không thể chỉ còn %(num)d chỗ.",
        capacity,
        taken=taken,
    )


_REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    errors.NotOffered: lambda state: str(_NOT_OFFERED[state]),
    errors.NotOpenYet: lambda opens_at: _("Đăng ký mở lúc %(when)s.", when=moment(opens_at)),
    errors.ClosedAlready: lambda closed_at: _("Đã hết hạn đăng ký lúc %(when)s.", when=moment(closed_at)),
    errors.AlreadyBegun: lambda began_at: _("Cuộc họp đã bắt đầu lúc %(when)s.", when=moment(began_at)),
    errors.AlreadyHeld: lambda **_facts: _("Cuộc họp đã kết thúc và đã chốt điểm danh."),
    errors.BelowTaken: _below_taken,
    errors.NobodyNamed: lambda: _("Hãy chọn ít nhất một người, hoặc ghi tên người mới."),
}


def named_counts(results: Any) -> str:
    """How many of those named have a seat, and how many wait."""
    seated = sum(r.registration.state is RegistrationState.CONFIRMED for r in results)
    waiting = len(results) - seated
    said = ngettext("Đã cử %(num)d người", "Đã cử %(num)d người", len(results))
    if not waiting:
        return _("%(said)s, đều có chỗ.", said=said)
    return _("%(said)s: %(seated)s có chỗ, %(waiting)s trong danh sách chờ.", said=said, seated=seated, waiting=waiting)
