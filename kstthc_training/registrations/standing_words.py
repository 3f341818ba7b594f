"""How somebody stands with an event, said to himself: what it means, and what he does next."""

from collections.abc import Sequence

from flask_babel import gettext as _

from kstthc_training.registrations.enums import RegistrationState, StepRule
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries import StepRow
from kstthc_training.registrations.rule_words import CREDENTIALS, PLACES
from kstthc_training.registrations.words import step_words
from kstthc_training.web.locale import moment


def headline_words(state: RegistrationState) -> str:
    """How somebody stands, as the title of the page of his registration."""
    return {
        RegistrationState.PENDING: _("Đăng ký đang chờ duyệt"),
        RegistrationState.CONFIRMED: _("Đã đăng ký dự họp"),
        RegistrationState.WAITING: _("Trong danh sách chờ"),
        RegistrationState.OFFERED: _("Có một chỗ đang được giữ"),
        RegistrationState.REFUSED: _("Đăng ký không được duyệt"),
        RegistrationState.CANCELLED: _("Đã hủy đăng ký"),
    }[state]


def standing_words(
    registration: Registration, place: int | None, steps: Sequence[StepRow], *, has_begun: bool, by_mail: bool = True
) -> str:
    """What his standing means for him, by his place in the queue; who is gone reads in the last of the steps why. Whom no
    letter reaches is told to look at the page again; nobody waits for anything once the event `has_begun`."""
    state = registration.state
    if state in (RegistrationState.PENDING, RegistrationState.WAITING):
        if has_begun:
            return _too_late_words(place)
        return _awaiting_words(place) if by_mail else _unreached_words(place)
    if registration.offer_ends_at is not None:
        return _(
            "Đã đến lượt trong danh sách chờ. Chỗ được giữ đến %(when)s; quá giờ đó thì chuyển cho người kế tiếp.",
            when=moment(registration.offer_ends_at),
        )
    if state is RegistrationState.CONFIRMED:
        return _("Đưa mã vé ở cửa phòng họp.")
    return gone_words(steps[-1]) if steps else headline_words(state)


def _too_late_words(place: int | None) -> str:
    if place is None:
        return _("Đăng ký chưa được duyệt khi cuộc họp bắt đầu.")
    return _("Chưa đến lượt có chỗ khi cuộc họp bắt đầu; danh sách chờ đã dừng.")


def _awaiting_words(place: int | None) -> str:
    if place is None:
        return _("Ban tổ chức đã nhận đăng ký và sẽ báo kết quả duyệt qua email.")
    return _(
        "Đang đứng thứ %(place)s trong danh sách chờ. Có chỗ sẽ báo ngay qua email; chỗ trao theo đúng thứ tự này.",
        place=place,
    )


def _unreached_words(place: int | None) -> str:
    if place is None:
        return _("Ban tổ chức đã nhận đăng ký. Mở lại trang này để xem kết quả duyệt.")
    return _(
        "Đang đứng thứ %(place)s trong danh sách chờ, chỗ trao theo đúng thứ tự này. Mở lại trang này để xem có chỗ chưa.",
        place=place,
    )


def gone_words(last: StepRow) -> str:
    """Why somebody is not on the list any more."""
    if last.rule == StepRule.REFUSED:
        return _("Lý do: %(reason)s", reason=last.reason) if last.reason else _("Ban tổ chức không bố trí được chỗ.")
    return step_words(last)


def place_said(registration: Registration) -> str:
    """Where somebody takes part, '' where there is one place alone."""
    return str(PLACES[registration.place]) if registration.place else ""


def papers_said(registration: Registration) -> str:
    """What a journalist showed, with its number; '' when nothing."""
    if registration.credential is None:
        return ""
    return _("%(kind)s số %(number)s", kind=CREDENTIALS[registration.credential], number=registration.credential_number)
