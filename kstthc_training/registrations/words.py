"""How registrations are spoken of on the page: states, sources, rules, and why something was refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from kstthc_training.events.enums import Audience, EventState
from kstthc_training.events.standing import Dated, Standing, standing_of
from kstthc_training.events.words import Tag, standing_tag
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import errors
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.offer import Offer
from kstthc_training.registrations.policy import Offered, is_open
from kstthc_training.registrations.queries import SeatCount, StepRow
from kstthc_training.web.locale import moment

STATES = {
    RegistrationState.PENDING: lazy_gettext("Chờ duyệt"),
    RegistrationState.CONFIRMED: lazy_gettext("Đã đăng ký"),
    RegistrationState.WAITING: lazy_gettext("Chờ chỗ"),
    RegistrationState.OFFERED: lazy_gettext("Được giữ chỗ"),
    RegistrationState.REFUSED: lazy_gettext("Không duyệt"),
    RegistrationState.CANCELLED: lazy_gettext("Đã hủy"),
}
TONES = {
    RegistrationState.PENDING: "warn",
    RegistrationState.CONFIRMED: "ok",
    RegistrationState.WAITING: "warn",
    RegistrationState.OFFERED: "info",
    RegistrationState.REFUSED: "bad",
    RegistrationState.CANCELLED: "",
}
SOURCES = {
    RegistrationSource.SELF: lazy_gettext("Tự đăng ký"),
    RegistrationSource.NOMINATION: lazy_gettext("Đơn vị cử"),
    RegistrationSource.ORGANIZER: lazy_gettext("Ban tổ chức"),
    RegistrationSource.WALK_IN: lazy_gettext("Tại cửa"),
}
GUEST = lazy_gettext("Khách qua liên kết")  # how one without an account came
RULES = {
    StepRule.AWAITS_DECISION: lazy_gettext("Đăng ký, chờ ban tổ chức duyệt"),
    StepRule.APPROVED: lazy_gettext("Ban tổ chức duyệt"),
    StepRule.REFUSED: lazy_gettext("Ban tổ chức không duyệt"),
    StepRule.ALLOCATED: lazy_gettext("Theo quyết định phân bổ chỗ"),
    StepRule.OFFERED: lazy_gettext("Đến lượt trong danh sách chờ, được giữ một chỗ"),
    StepRule.OFFER_TAKEN: lazy_gettext("Nhận chỗ được giữ"),
    StepRule.OFFER_DECLINED: lazy_gettext("Không nhận chỗ được giữ"),
    StepRule.OFFER_EXPIRED: lazy_gettext("Hết hạn nhận chỗ được giữ"),
    StepRule.SUBSTITUTED: lazy_gettext("Cử người dự thay"),
    StepRule.PLACE_HELD: lazy_gettext("Vào chỗ đơn vị đã giữ"),
    StepRule.UNITED: lazy_gettext("Gộp với đăng ký khác của cùng một người"),
    StepRule.PARTED: lazy_gettext("Hoàn tác gộp người trùng"),
    StepRule.SEAT_FREE: lazy_gettext("Đăng ký, còn chỗ"),
    StepRule.QUEUED: lazy_gettext("Đăng ký, hết chỗ nên vào danh sách chờ"),
    StepRule.QUEUE_ORDER: lazy_gettext("Theo thứ tự danh sách chờ"),
    StepRule.WALKED_IN: lazy_gettext("Ghi tên tại cửa"),
    StepRule.BY_PERSON: lazy_gettext("Tự hủy đăng ký"),
    StepRule.BY_FOCAL_POINT: lazy_gettext("Đầu mối đơn vị rút tên"),
    StepRule.BY_ORGANIZER: lazy_gettext("Ban tổ chức hủy đăng ký"),
}
VACANCIES = {
    Vacancy.SEAT_GIVEN_BACK: lazy_gettext("Có người không dự được"),
    Vacancy.CAPACITY_RAISED: lazy_gettext("Cuộc họp thêm chỗ"),
}
_OFFERS: dict[str, Any] = {
    Vacancy.SEAT_GIVEN_BACK: lazy_gettext("Đến lượt trong danh sách chờ, được giữ một chỗ, vì có người không dự được"),
    Vacancy.CAPACITY_RAISED: lazy_gettext("Đến lượt trong danh sách chờ, được giữ một chỗ, vì cuộc họp thêm chỗ"),
}
_PROMOTIONS: dict[str, Any] = {
    Vacancy.SEAT_GIVEN_BACK: lazy_gettext("Có chỗ theo thứ tự danh sách chờ, vì có người không dự được"),
    Vacancy.CAPACITY_RAISED: lazy_gettext("Có chỗ theo thứ tự danh sách chờ, vì cuộc họp thêm chỗ"),
}
_NOT_OFFERED = {
    EventState.DRAFT: lazy_gettext("Cuộc họp chưa phát hành nên chưa nhận đăng ký."),
    EventState.POSTPONED: lazy_gettext("Cuộc họp đã hoãn. Đăng ký mở lại khi có ngày mới."),
    EventState.CANCELLED: lazy_gettext("Cuộc họp đã hủy."),
    EventState.CLOSED: lazy_gettext("Cuộc họp đã kết thúc."),
}

_SETTLED = {
    EventState.CANCELLED: lazy_gettext("Cuộc họp đã hủy nên số chỗ giữ nguyên."),
    EventState.CLOSED: lazy_gettext("Cuộc họp đã kết thúc nên số chỗ giữ nguyên."),
}
_INVITED = {
    Audience.OFFICIALS: lazy_gettext(
        "Cuộc họp này dành cho cán bộ, công chức. Phóng viên cần dự, xin gọi đầu mối liên hệ của cuộc họp."
    ),
    Audience.PRESS: lazy_gettext("Cuộc họp này mời báo chí. Người khác cần dự, xin gọi đầu mối liên hệ của cuộc họp."),
    Audience.INTERNAL: lazy_gettext(
        "Cuộc họp nội bộ: chỉ người của đơn vị chủ trì và các đơn vị trực thuộc đăng ký được. "
        "Người khác cần dự, xin gọi đầu mối liên hệ của cuộc họp."
    ),
}


def state_words(state: RegistrationState, place: int | None = None) -> str:
    """A state in at most three words, with the place of who waits."""
    if state is RegistrationState.WAITING and place is not None:
        return _("Chờ, thứ %(place)s", place=place)
    return str(STATES[state])


def state_tag(state: RegistrationState, place: int | None = None) -> Tag:
    """The same as a tag."""
    return Tag(state_words(state, place), TONES[state])


def step_words(step: StepRow) -> str:
    """What a step did and why, in one sentence."""
    if step.rule == StepRule.QUEUE_ORDER:
        return str(_PROMOTIONS.get(step.reason, STATES[RegistrationState.CONFIRMED]))
    if step.rule == StepRule.OFFERED:
        return str(_OFFERS.get(step.reason, RULES[StepRule.OFFERED]))
    said = str(RULES[StepRule(step.rule)]) if step.rule in set(StepRule) else str(STATES[step.to_state])
    return f"{said}: {step.reason}" if step.reason else said


class Registrable(Offered, Dated, Protocol):
    """An event, or a row about one, that has a standing and a window of registration."""


def why_not(refusal: Refusal | None) -> str:
    """Why somebody can't be registered now, or '' when nothing speaks against it."""
    return (refusal and refusal_words(refusal)) or ""


def enter_words(offer: Offer) -> str:
    """What the button says by which somebody registers, or joins the queue."""
    if offer.decides_first:
        return _("Gửi đăng ký")
    return _("Vào danh sách chờ") if offer.would_wait else _("Đăng ký ngay")


def seats_left_words(seats: SeatCount) -> str:
    """How many seats the next to register finds."""
    if seats.free is None:
        return _("Không giới hạn chỗ")
    return ngettext("Còn %(num)d chỗ", "Còn %(num)d chỗ", seats.free) if seats.free else _("Hết chỗ")


def event_tag(event: Registrable, seats: SeatCount, now: datetime) -> Tag:
    """The tag of an event; while people register, whether there is room."""
    standing = standing_of(event, now)
    if standing is not Standing.UPCOMING or not is_open(event, now):
        return standing_tag(standing)
    return Tag(_("Hết chỗ"), "warn") if seats.is_full else Tag(_("Đang mở đăng ký"), "ok")


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
    errors.NotInvited: lambda audience: str(_INVITED[audience]),
    errors.NotOpenYet: lambda opens_at: _("Đăng ký mở lúc %(when)s.", when=moment(opens_at)),
    errors.ClosedAlready: lambda closed_at: _("Đã hết hạn đăng ký lúc %(when)s.", when=moment(closed_at)),
    errors.AlreadyBegun: lambda began_at: _(
        "Cuộc họp đã bắt đầu lúc %(when)s: ai đến dự hay không dự được, xin báo người trực cửa.", when=moment(began_at)
    ),
    errors.AlreadyHeld: lambda **_facts: _("Cuộc họp đã kết thúc và đã chốt điểm danh."),
    errors.SeatsSettled: lambda state: str(_SETTLED[state]),
    errors.BelowTaken: _below_taken,
    errors.PapersWanted: lambda **_facts: _("Cuộc họp này hỏi thẻ nhà báo hoặc giấy giới thiệu: hãy ghi loại và số giấy."),
    errors.GuestsNotTaken: lambda **_facts: _(
        "Cuộc họp này không nhận khách đăng ký qua liên kết nữa. Cần dự, xin gọi ban tổ chức."
    ),
    errors.OfferOver: lambda **_facts: _("Chỗ này không còn được giữ: đã hết hạn nhận hoặc đã trả lời rồi."),
    errors.NotPending: lambda **_facts: _("Có người không còn chờ duyệt: đã rút hoặc đã bị từ chối. Hãy tải lại trang."),
    errors.SwapsOver: lambda until: _(
        "Đã hết hạn đổi người lúc %(when)s. Cần đổi, xin gọi ban tổ chức.", when=moment(until)
    ),
    errors.NothingToSwap: lambda **_facts: _("Người này không còn trong danh sách dự nên không có ai để thay."),
    errors.SameOrganisation: lambda **_facts: _("Người dự thay phải thuộc cùng đơn vị."),
    errors.SeveralNamed: lambda full_name, count: _(
        "Danh bạ có %(count)s người tên %(name)s ở đơn vị này: chọn trong danh sách người của đơn vị, hoặc ghi điện thoại "
        "hay email để biết là ai.",
        count=count,
        name=full_name,
    ),
    errors.AlreadyRegistered: lambda **_facts: _("Người được chọn dự thay đã có tên trong danh sách."),
    errors.TooFewSeats: lambda wanted, free: _(
        "Chỉ còn %(free)s chỗ, không giữ thêm được %(wanted)s chỗ.", free=free, wanted=wanted
    ),
    errors.LimitBelowTaken: lambda capacity, taken, **_facts: _(
        "Đã có %(taken)s chỗ được dùng, không đặt giới hạn còn %(capacity)s được.", taken=taken, capacity=capacity
    ),
    errors.ConditionBroken: lambda label: _(
        "Câu “%(label)s” chỉ hiện theo một lựa chọn của câu đứng trước nó: hãy giữ câu và lựa chọn ấy ở trước.", label=label
    ),
    errors.QuestionAnswered: lambda label: _(
        "Đã có người trả lời câu “%(label)s”: chỉ sửa được chữ và thêm lựa chọn.", label=label
    ),
    errors.AnswerMissing: lambda **_facts: _("Còn câu hỏi bắt buộc chưa trả lời."),
    errors.AnswersSettled: lambda until: _(
        "Câu trả lời sửa được đến %(when)s. Cần sửa thêm, xin gọi ban tổ chức.", when=moment(until)
    ),
    errors.AnswerUnsound: lambda **_facts: _("Có câu trả lời không đúng dạng."),
    errors.NotAllocated: lambda **_facts: _("Cuộc họp này không nhận người bằng một lần phân bổ chỗ."),
    errors.StillOpen: lambda closes_at: _(
        "Còn nhận đăng ký đến %(when)s: phân bổ sau khi hết hạn, hoặc đóng đăng ký sớm.", when=moment(closes_at)
    ),
    errors.ApplicantsChanged: lambda **_facts: _(
        "Danh sách đăng ký hoặc số chỗ đã thay đổi từ lúc mở trang. Kết quả dưới đây là mới nhất: xem lại rồi quyết định."
    ),
    errors.NobodyApplied: lambda **_facts: _("Chưa có ai để phân bổ chỗ."),
    errors.NeedsReason: lambda **_facts: _("Hãy ghi lý do: lý do này được giữ cùng quyết định."),
    errors.NobodyNamed: lambda: _("Hãy chọn ít nhất một người, hoặc ghi tên người mới."),
}


def named_counts(results: Any) -> str:
    """How many of those named have a seat, how many wait, and how many were on the list before."""
    new = [result for result in results if result.is_new]
    before = len(results) - len(new)
    old = ngettext("%(num)d người đã có tên từ trước.", "%(num)d người đã có tên từ trước.", before) if before else ""
    if not new:
        return old
    seated = sum(r.registration.state is RegistrationState.CONFIRMED for r in new)
    said = ngettext("Đã cử %(num)d người", "Đã cử %(num)d người", len(new))
    if seated == len(new):
        told = _("%(said)s, đều có chỗ.", said=said)
    else:
        waiting = len(new) - seated
        told = _("%(said)s: %(seated)s có chỗ, %(waiting)s trong danh sách chờ.", said=said, seated=seated, waiting=waiting)
    return f"{told} {old}".strip()
