"""The letters that an office may word itself, as the pages of Quản trị group and explain them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from kstthc_training.invitations.event_wording import EVENT_TEXTS
from kstthc_training.invitations.wording import TEXTS as INVITATION_TEXTS
from kstthc_training.messages.texts.filling import LetterText
from kstthc_training.registrations.wording import TEXTS as REGISTRATION_TEXTS
from kstthc_training.scheduling.wording import TEXTS as CALENDAR_TEXTS

LANGUAGES = {"vi": _("Tiếng Việt"), "en": _("Tiếng Anh")}
IN_LANGUAGE = {"vi": _("bằng tiếng Việt"), "en": _("bằng tiếng Anh")}

# What may stand in braces: what it says, and how it reads in a letter made up to be looked at.
PLACEHOLDERS: dict[str, tuple[Any, dict[str, str]]] = {
    "ho_ten": (_("Họ và tên người nhận"), {"vi": "Nguyễn Mẫu An", "en": "Nguyễn Mẫu An"}),
    "don_vi": (_("Tên đơn vị được mời"), {"vi": "UBND xã Giồng Riềng", "en": "UBND xã Giồng Riềng"}),
    "kinh_gui": (
        _("Đơn vị, người được mời mà thư này gửi tới"),
        {"vi": "UBND xã Giồng Riềng", "en": "UBND xã Giồng Riềng"},
    ),
    "cuoc_hop": (_("Tên cuộc họp"), {"vi": "Tập huấn nghiệp vụ kiểm soát thủ tục", "en": "Training on procedure control"}),
    "thoi_gian": (
        _("Ngày giờ họp"),
        {"vi": "07:30 – 11:00, Thứ Năm 12/11/2026", "en": "07:30 – 11:00, Thursday 12/11/2026"},
    ),
    "dia_diem": (_("Phòng họp, địa chỉ, liên kết họp trực tuyến"), {"vi": "Hội trường tầng 2", "en": "Hall, second floor"}),
    "truoc_do": (
        _("Thời gian, địa điểm trước khi đổi"),
        {"vi": "07:30 – 11:00, Thứ Tư 11/11/2026, Phòng họp số 1", "en": "07:30 – 11:00, Wednesday 11/11/2026, Room 1"},
    ),
    "thay_doi": (_("Điều gì đã đổi"), {"vi": "Đổi ngày họp và phòng họp.", "en": "The day and the room have changed."}),
    "khi_nao": (
        _("Hôm nay, ngày mai, hoặc thứ và ngày"),
        {"vi": "Thứ Năm 12/11", "en": "on Thursday 12/11"},
    ),
    "ly_do": (_("Lý do ban tổ chức ghi"), {"vi": "trùng lịch họp của tỉnh", "en": "another meeting at the same time"}),
    "lien_ket": (_("Liên kết riêng của người nhận"), {"vi": "", "en": ""}),  # the page knows its own address
    "ma_du_hop": (_("Mã dự họp"), {"vi": "7K4M 2Q9P", "en": "7K4M 2Q9P"}),
    "thu_tu": (_("Thứ tự trong danh sách chờ"), {"vi": "3", "en": "3"}),
    "han": (_("Hạn trả lời, hạn nhận chỗ"), {"vi": "17:00 08/11/2026", "en": "17:00 08/11/2026"}),
    "so_cho": (_("Số chỗ"), {"vi": "5", "en": "5"}),
    "dau_moi": (
        _("Tên, điện thoại đầu mối liên hệ"),
        {"vi": "Trần Mẫu Bình, 0900 000 002", "en": "Trần Mẫu Bình, 0900 000 002"},
    ),
    "co_quan": (_("Tên văn phòng"), {"vi": "", "en": ""}),  # the office's own name of today
}


@dataclass(frozen=True)
class Described:
    """A letter with what it is called and when it goes out."""

    letter: LetterText
    title: Any
    when: Any


_WORDS: dict[str, tuple[Any, Any]] = {
    "registration-confirmed": (_("Đã có chỗ dự"), _("Khi người đăng ký có chỗ: đăng ký trực tiếp, được duyệt, được thêm.")),
    "registration-waiting": (_("Vào danh sách chờ"), _("Khi đăng ký lúc đã hết chỗ.")),
    "registration-pending": (_("Đã nhận đăng ký, chờ duyệt"), _("Khi cuộc họp duyệt từng người.")),
    "registration-reopened": (_("Xem xét lại đăng ký"), _("Khi ban tổ chức hoàn tác việc đã duyệt.")),
    "registration-known": (_("Đã có đăng ký"), _("Khi khách gửi biểu mẫu lần nữa.")),
    "registration-offered": (_("Giữ chỗ chờ người nhận"), _("Khi đến lượt người chờ và cuộc họp giữ chỗ chờ trả lời.")),
    "registration-offer-over": (_("Hết hạn nhận chỗ"), _("Khi người được giữ chỗ không trả lời kịp.")),
    "registration-refused": (_("Không được duyệt"), _("Khi ban tổ chức không nhận đăng ký.")),
    "registration-promoted": (_("Từ danh sách chờ thành có chỗ"), _("Khi có chỗ trống và đến lượt người chờ.")),
    "registration-taken-back-by-organizer": (_("Ban tổ chức hủy đăng ký"), _("Khi ban tổ chức rút tên một người.")),
    "registration-taken-back-substituted": (_("Có người dự thay"), _("Gửi người được thay, khi đơn vị đổi người.")),
    "registration-taken-back-by-focal-point": (_("Đầu mối rút tên"), _("Khi đầu mối của đơn vị rút tên một người.")),
    "event-cancelled": (
        _("Cuộc họp bị hủy, gửi người đã đăng ký"),
        _("Khi hủy cuộc họp; đi ngay."),
    ),
    "event-postponed": (_("Cuộc họp được hoãn, gửi người đã đăng ký"), _("Khi hoãn cuộc họp.")),
    "event-changed": (_("Cuộc họp thay đổi, gửi người đã đăng ký"), _("Khi đổi thời gian hoặc địa điểm.")),
    "event-cancelled-invited": (_("Cuộc họp bị hủy, gửi nơi được mời"), _("Khi hủy cuộc họp; nơi đã từ chối không nhận.")),
    "event-postponed-invited": (_("Cuộc họp được hoãn, gửi nơi được mời"), _("Khi hoãn cuộc họp.")),
    "event-changed-invited": (_("Cuộc họp thay đổi, gửi nơi được mời"), _("Khi đổi thời gian hoặc địa điểm.")),
    "invitation-organisation": (_("Giấy mời gửi đơn vị"), _("Khi mời, hoặc khi phát hành cuộc họp.")),
    "invitation-person": (_("Giấy mời gửi cá nhân"), _("Khi mời, hoặc khi phát hành cuộc họp.")),
    "invitation-reminder-organisation": (_("Nhắc đơn vị trả lời"), _("Trước hạn trả lời, và khi bấm Nhắc.")),
    "invitation-reminder-person": (_("Nhắc cá nhân trả lời"), _("Trước hạn trả lời, và khi bấm Nhắc.")),
    "invitation-changed-organisation": (_("Đổi số chỗ hoặc hạn, gửi đơn vị"), _("Khi sửa giấy mời đã gửi.")),
    "invitation-changed-person": (_("Đổi hạn trả lời, gửi cá nhân"), _("Khi gia hạn cho người được mời.")),
    "invitation-revoked-organisation": (_("Thu hồi giấy mời đơn vị"), _("Khi thu hồi giấy mời.")),
    "invitation-revoked-person": (_("Thu hồi giấy mời cá nhân"), _("Khi thu hồi giấy mời.")),
    "event-reminder": (_("Nhắc người có chỗ"), _("Trước giờ họp, theo lịch nhắc của cuộc họp.")),
    "names-reminder-organisation": (_("Nhắc đầu mối gửi tên"), _("Trước hạn gửi tên, khi đơn vị còn chỗ chưa có tên.")),
    "calendar-request": (_("Đưa một buổi vào lịch"), _("Khi cuộc họp có nhiều buổi: mỗi buổi sau buổi đầu một thư.")),
    "calendar-update": (_("Cập nhật lịch"), _("Khi một buổi đã đưa vào lịch có thay đổi.")),
    "calendar-cancel": (_("Đưa một buổi ra khỏi lịch"), _("Khi buổi họp bị bỏ, hoặc người nhận không dự nữa.")),
    "calendar-hour-stays": (_("Giờ họp giữ nguyên"), _("Khi người dự đề nghị giờ khác và ban tổ chức không đổi.")),
    "calendar-postpone": (_("Hoãn một buổi trong lịch"), _("Khi cuộc họp được hoãn mà chưa có ngày mới.")),
    "invitation-overdue-organisation": (
        _("Báo lãnh đạo đơn vị chưa trả lời"),
        _("Khi qua hạn trả lời, nếu cuộc họp đặt như vậy."),
    ),
}


def _described(letters: tuple[LetterText, ...]) -> tuple[Described, ...]:
    return tuple(Described(letter, *_WORDS[letter.name]) for letter in letters)


_REGISTRATIONS = tuple(letter for letter in REGISTRATION_TEXTS if letter.name.startswith("registration-"))
_REMINDERS = tuple(
    letter for letter in (*REGISTRATION_TEXTS, *INVITATION_TEXTS) if letter.kind.endswith(("-reminder", "-overdue"))
)
_INVITATIONS = tuple(letter for letter in INVITATION_TEXTS if letter not in _REMINDERS)
_EVENTS = tuple(letter for letter in REGISTRATION_TEXTS if letter not in (*_REGISTRATIONS, *_REMINDERS))
GROUPS: tuple[tuple[Any, tuple[Described, ...]], ...] = (
    (_("Đăng ký"), _described(_REGISTRATIONS)),
    (_("Mời"), _described(_INVITATIONS)),
    (_("Nhắc"), _described(_REMINDERS)),
    (_("Lịch"), _described(CALENDAR_TEXTS)),
    (_("Cuộc họp hủy, hoãn, thay đổi"), _described((*_EVENTS, *EVENT_TEXTS.values()))),
)
TITLES = {name: title for name, (title, _when) in _WORDS.items()}
_BY_NAME = {each.letter.name: each for _label, group in GROUPS for each in group}


def find_text(name: str) -> Described | None:
    """The letter of that name."""
    return _BY_NAME.get(name)


def sample_values(locale: str, *, link: str, office: str) -> dict[str, str]:
    """What the placeholders say in a letter made up to be looked at."""
    return {name: said[locale] for name, (_words, said) in PLACEHOLDERS.items()} | {"lien_ket": link, "co_quan": office}
