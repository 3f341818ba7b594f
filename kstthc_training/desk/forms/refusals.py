"""The words for what the services refuse about an event, and the field that each is about."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training.events import errors
from kstthc_training.events.words import STATE_WORDS
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.errors import BelowTaken
from kstthc_training.web.locale import day, moment


def place_and_words(refusal: Refusal) -> tuple[str, str]:
    """The name of the field ('' for the form as a whole) and a sentence; an unforeseen refusal is raised again."""
    known = _TABLE.get(type(refusal))
    if known is None:
        raise refusal
    field, words = known
    return field, words(**refusal.facts)


def _no_session() -> str:
    return str(_("Hãy điền ít nhất một buổi."))


def _ends_before(session: int, starts_at: Any) -> str:
    return str(_("Buổi bắt đầu %(when)s kết thúc trước khi bắt đầu.", when=moment(starts_at)))


def _overlap(first: int, second: int) -> str:
    return str(_("Buổi %(first)s và buổi %(second)s (theo thứ tự giờ) trùng giờ nhau.", first=first, second=second))


def _in_use(name: str, starts_at: Any, marks: int, registrations: int) -> str:
    if marks:
        return str(_("Không bỏ được buổi %(when)s: đã có %(n)s lượt điểm danh.", when=moment(starts_at), n=marks))
    return str(
        _("Không bỏ được buổi %(when)s: đã có %(n)s người đăng ký cuộc họp.", when=moment(starts_at), n=registrations)
    )


def _agenda_ends_before(item: int, title: str) -> str:
    return str(_("Mục “%(title)s” kết thúc trước khi bắt đầu.", title=title))


def _agenda_outside(item: int, title: str, starts_at: Any) -> str:
    return str(_("Mục “%(title)s” lúc %(when)s không thuộc ngày họp nào.", title=title, when=moment(starts_at)))


def _closes_early(opens_at: Any, closes_at: Any) -> str:
    return str(_("Hạn đăng ký phải sau lúc mở đăng ký (%(when)s).", when=moment(opens_at)))


def _address(address: str) -> str:
    return str(_("Địa chỉ phải đầy đủ, như https://hop.example.vn/phong-1."))


def _contact() -> str:
    return str(_("Trước khi phát hành, hãy điền đầu mối liên hệ và điện thoại (Quyết định 45/2018/QĐ-TTg)."))


def _venue() -> str:
    return str(_("Trước khi phát hành, hãy chọn địa điểm, hoặc chọn hình thức trực tuyến."))


def _venue_exists(name: str) -> str:
    return str(_("Đã có địa điểm “%(name)s”. Hãy chọn trong danh sách.", name=name))


def _state(state: Any) -> str:
    return str(_("Cuộc họp đang ở trạng thái “%(state)s” nên không làm được việc này.", state=STATE_WORDS[state]))


def _held(held_on: Any) -> str:
    return str(
        _(
            "Cuộc họp đã kết thúc ngày %(day)s: các buổi, số chỗ và cách tính dự giữ nguyên. "
            "Muốn đổi, hãy mở lại điểm danh.",
            day=day(held_on),
        )
    )


def _began(starts_at: Any) -> str:
    return str(_("Cuộc họp đã bắt đầu lúc %(when)s nên không hoãn được.", when=moment(starts_at)))


def _past(starts_at: Any) -> str:
    return str(_("Ngày mới của cuộc họp đã hoãn phải ở phía trước; %(when)s đã qua.", when=moment(starts_at)))


def _reason() -> str:
    return str(_("Hãy ghi lý do; những người đã đăng ký sẽ đọc."))


def _seats(capacity: int, taken: int) -> str:
    return str(
        ngettext(
            "Đã có %(num)d người giữ chỗ, nên số chỗ không thể ít hơn.",
            "Đã có %(num)d người giữ chỗ, nên số chỗ không thể ít hơn.",
            taken,
        )
    )


_TABLE: dict[type[Refusal], tuple[str, Any]] = {
    errors.NoSession: ("", _no_session),
    errors.SessionEndsBeforeItStarts: ("", _ends_before),
    errors.SessionsOverlap: ("", _overlap),
    errors.SessionInUse: ("", _in_use),
    errors.AgendaItemEndsBeforeItStarts: ("", _agenda_ends_before),
    errors.AgendaItemOutside: ("", _agenda_outside),
    errors.RegistrationClosesTooEarly: ("closes_day", _closes_early),
    errors.OnlineAddressUnusable: ("online_url", _address),
    errors.ContactMissing: ("contact_name", _contact),
    errors.VenueMissing: ("venue_id", _venue),
    errors.VenueExists: ("new_venue_name", _venue_exists),
    errors.WrongState: ("", _state),
    errors.AlreadyHeld: ("", _held),
    errors.NewDatePast: ("", _past),
    errors.AlreadyBegan: ("", _began),
    errors.ReasonMissing: ("reason", _reason),
    BelowTaken: ("capacity", _seats),
}
