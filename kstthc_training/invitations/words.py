"""How invitations are spoken of on the page: where they stand, what happened, and why something was refused."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from kstthc_training.events.enums import EventState
from kstthc_training.events.words import Tag
from kstthc_training.invitations import errors
from kstthc_training.invitations.enums import InvitationAct, InvitationStanding, LetterState, OverBecause
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.words import refusal_words as registration_words
from kstthc_training.web.locale import moment

STANDINGS = {
    InvitationStanding.NAMED: lazy_gettext("Đã cử tên"),
    InvitationStanding.PROMISED: lazy_gettext("Nhận lời"),
    InvitationStanding.DECLINED: lazy_gettext("Từ chối"),
    InvitationStanding.UNANSWERED: lazy_gettext("Chưa trả lời"),
    InvitationStanding.UNREACHED: lazy_gettext("Thư chưa tới"),
    InvitationStanding.UNSENT: lazy_gettext("Chưa gửi"),
    InvitationStanding.REVOKED: lazy_gettext("Đã thu hồi"),
}
TONES = {
    InvitationStanding.NAMED: "ok",
    InvitationStanding.PROMISED: "info",
    InvitationStanding.UNANSWERED: "warn",
    InvitationStanding.UNREACHED: "bad",
}
ACTS = {
    InvitationAct.MADE: lazy_gettext("Mời"),
    InvitationAct.SENT: lazy_gettext("Gửi giấy mời"),
    InvitationAct.REMINDED: lazy_gettext("Nhắc trả lời"),
    InvitationAct.OPENED: lazy_gettext("Mở liên kết trong thư"),
    InvitationAct.ACCEPTED: lazy_gettext("Nhận lời"),
    InvitationAct.DECLINED: lazy_gettext("Báo không dự được"),
    InvitationAct.NAMED: lazy_gettext("Cử người"),
    InvitationAct.QUOTA_SET: lazy_gettext("Đổi số chỗ mời"),
    InvitationAct.DEADLINE_SET: lazy_gettext("Đổi hạn trả lời"),
    InvitationAct.PLACES_RELEASED: lazy_gettext("Thu hồi chỗ chưa có tên"),
    InvitationAct.REVOKED: lazy_gettext("Thu hồi giấy mời"),
    InvitationAct.LINK_RENEWED: lazy_gettext("Đổi liên kết"),
    InvitationAct.MOVED: lazy_gettext("Chuyển cho nơi kế tục"),
}
LETTERS = {
    LetterState.NONE: lazy_gettext("Chưa gửi"),
    LetterState.WAITING: lazy_gettext("Đang chờ gửi"),
    LetterState.SENT: lazy_gettext("Đã gửi"),
    LetterState.BOUNCED: lazy_gettext("Bị trả lại"),
    LetterState.FAILED: lazy_gettext("Không gửi được"),
}
OVER = {
    OverBecause.REVOKED: lazy_gettext("Ban tổ chức đã thu hồi giấy mời này."),
    OverBecause.RENEWED: lazy_gettext("Liên kết này đã được thay. Xin dùng liên kết trong lá thư mới nhất."),
    OverBecause.CANCELLED: lazy_gettext("Cuộc họp đã hủy nên giấy mời không còn hiệu lực."),
    OverBecause.HELD: lazy_gettext("Cuộc họp đã kết thúc nên giấy mời không còn hiệu lực."),
}


def standing_tag(standing: InvitationStanding) -> Tag:
    """Where an invitation stands, as a tag."""
    return Tag(str(STANDINGS[standing]), TONES.get(standing, ""))


def refusal_words(refusal: Refusal) -> str | None:
    """Why something was refused and what to do, or None for a refusal that is not ours to explain."""
    words = next((say for kind, say in _REFUSALS.items() if isinstance(refusal, kind)), None)
    return words(**refusal.facts) if words else registration_words(refusal)


def _more_places(*, places: int, named: int) -> str:
    if named:
        return ngettext(
            "Được mời %(num)d chỗ, đã cử %(named)s người. Hãy chọn trong số chỗ còn lại.",
            "Được mời %(num)d chỗ, đã cử %(named)s người. Hãy chọn trong số chỗ còn lại.",
            places,
            named=named,
        )
    return ngettext(
        "Được mời %(num)d chỗ. Hãy chọn từ 1 đến %(num)d.", "Được mời %(num)d chỗ. Hãy chọn từ 1 đến %(num)d.", places
    )


def _still_named(*, named: int) -> str:
    return ngettext(
        "Đơn vị đã cử %(num)d người. Rút tên trước, rồi báo không dự được.",
        "Đơn vị đã cử %(num)d người. Rút tên trước, rồi báo không dự được.",
        named,
    )


def _inviting_over(*, state: EventState) -> str:
    if state is EventState.CANCELLED:
        return _("Cuộc họp đã hủy nên giấy mời giữ nguyên.")
    if state is EventState.RELEASED:
        return _("Cuộc họp đã bắt đầu nên giấy mời giữ nguyên.")
    return _("Cuộc họp không ở lúc gửi hay sửa giấy mời.")


_REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    errors.NobodyChosen: lambda **_facts: _("Chưa chọn nơi nào."),
    errors.InvitingOver: _inviting_over,
    errors.BelowNamed: lambda name, places, named: _(
        "%(name)s đã cử %(named)s người, không thể chỉ còn %(places)s chỗ.", name=name, named=named, places=places
    ),
    errors.LateDeadline: lambda starts_at: _(
        "Hạn trả lời phải sau lúc này và trước giờ họp (%(when)s).", when=moment(starts_at)
    ),
    errors.AnswerOver: lambda until: _(
        "Đã hết hạn trả lời lúc %(when)s. Cần trả lời, xin gọi ban tổ chức.", when=moment(until)
    ),
    errors.MorePlaces: _more_places,
    errors.StillNamed: _still_named,
    errors.Revoked: lambda **_facts: str(OVER[OverBecause.REVOKED]),
    errors.GroupKnown: lambda name: _("Đã có nhóm tên “%(name)s”. Hãy đặt tên khác.", name=name),
}


def act_words(act: InvitationAct, facts: Any) -> str:
    """What happened to an invitation, with the reason or the figures that belong to it."""
    said = _("Gộp hai dòng của một người") if facts.get("of") == "person" else str(ACTS[act])
    if facts.get("reason"):
        return f"{said}: {facts['reason']}"
    if "before" in facts and "after" in facts:
        return f"{said}: {facts['before']} → {facts['after']}"
    return said
