"""What those registered are told, a whole text for each letter in both languages; a name in braces stands for a fact.

These are the product's own words: an office may word each letter otherwise under Quản trị.
"""

from kstthc_training.messages.texts.filling import LetterText, Text

WORDS = {
    "vi": {
        "online": "Trực tuyến",
        "undecided": "sẽ thông báo sau",
        "seat-given-back": "một người đã đăng ký trước không dự được",
        "capacity-raised": "số chỗ của cuộc họp đã tăng",
        "today": "hôm nay",
        "tomorrow": "ngày mai",
        "on": "%(weekday)s %(day)s",
    },
    "en": {
        "online": "Online",
        "undecided": "to be announced",
        "seat-given-back": "somebody who had registered before cannot come",
        "capacity-raised": "the event has more seats now",
        "today": "today",
        "tomorrow": "tomorrow",
        "on": "on %(weekday)s %(day)s",
    },
}

EVENT = {
    "vi": "{cuoc_hop}\nThời gian: {thoi_gian}\nĐịa điểm: {dia_diem}",
    "en": "{cuoc_hop}\nTime: {thoi_gian}\nPlace: {dia_diem}",
}
BEFORE = {"vi": "Trước đây: {truoc_do}", "en": "Before: {truoc_do}"}
REASON = {"vi": "Lý do: {ly_do}", "en": "Reason: {ly_do}"}
FOOT = {
    "vi": "Đầu mối liên hệ: {dau_moi}\n\nTrân trọng,\n{co_quan}",
    "en": "Contact: {dau_moi}\n\nYours sincerely,\n{co_quan}",
}
_GREETING = {"vi": "Kính gửi Ông/Bà {ho_ten},", "en": "Dear {ho_ten},"}
_LINK = {"vi": "Xem đăng ký: {lien_ket}", "en": "See your registration: {lien_ket}"}
_VACANCY = {"vi": "Lý do có chỗ: {ly_do}.", "en": "Why there is a seat: {ly_do}."}
_TICKET = {
    "vi": (
        "Mã dự họp: {ma_du_hop}\nVé có mã QR: {lien_ket}\n\nXin đưa mã QR hoặc đọc mã dự họp ở cửa. "
        "Nếu không dự được, xin hủy đăng ký để người khác có chỗ."
    ),
    "en": (
        "Ticket code: {ma_du_hop}\nTicket with QR code: {lien_ket}\n\nPlease show the QR code or say the code at the door. "
        "If you cannot come, please cancel your registration, so that somebody else has a seat."
    ),
}
_TELLS_EVENT = ("cuoc_hop", "thoi_gian", "dia_diem", "dau_moi", "co_quan", "ho_ten")


def _text(
    name: str, vi: tuple[str, str], en: tuple[str, str], *parts: dict[str, str], kind: str = "", needed: tuple[str, ...] = ()
) -> LetterText:
    """A letter that greets, says its sentence, and tells the event with `parts` after it."""
    words = {
        locale: Text(subject, "\n\n".join((_GREETING[locale], said, *(part[locale] for part in parts), FOOT[locale])))
        for locale, (subject, said) in {"vi": vi, "en": en}.items()
    }
    return LetterText(name=name, kind=kind or name, words=words, also=_TELLS_EVENT, needed=("cuoc_hop", *needed))


CONFIRMED = _text(
    "registration-confirmed",
    ("Đã đăng ký dự: {cuoc_hop}", "Ông/Bà đã có chỗ dự:"),
    ("Registered: {cuoc_hop}", "You have a seat at:"),
    EVENT, _TICKET, needed=("lien_ket",),
)  # fmt: skip
WAITING = _text(
    "registration-waiting",
    (
        "Trong danh sách chờ: {cuoc_hop}",
        "Cuộc họp dưới đây hiện đã hết chỗ. Ông/Bà đứng thứ {thu_tu} trong danh sách chờ. "
        "Khi có chỗ trống, người đứng đầu danh sách được nhận chỗ trước và được báo bằng thư.",
    ),
    (
        "On the waiting list: {cuoc_hop}",
        "The event below is full at present. You are number {thu_tu} on the waiting list. "
        "When a seat becomes free, it goes to the first on the list, who is told by email.",
    ),
    EVENT, _LINK, needed=("lien_ket",),
)  # fmt: skip
PENDING = _text(
    "registration-pending",
    (
        "Đã nhận đăng ký, chờ duyệt: {cuoc_hop}",
        "Ban tổ chức đã nhận đăng ký của Ông/Bà và sẽ báo kết quả duyệt bằng thư. Cuộc họp đăng ký dự:",
    ),
    (
        "Registration received, to be approved: {cuoc_hop}",
        "The organizer has received your registration and will tell you the decision by email. The event:",
    ),
    EVENT, _LINK, needed=("lien_ket",),
)  # fmt: skip
REOPENED = _text(
    "registration-reopened",
    (
        "Đăng ký được xem xét lại: {cuoc_hop}",
        "Ban tổ chức xem xét lại đăng ký của Ông/Bà và sẽ báo kết quả bằng thư; thư đã gửi báo được duyệt không còn "
        "giá trị. Cuộc họp:",
    ),
    (
        "Registration considered once more: {cuoc_hop}",
        "The organizer considers your registration once more and will tell you the decision by email; the letter that told "
        "of its approval holds no longer. The event:",
    ),
    EVENT, _LINK, needed=("lien_ket",),
)  # fmt: skip
KNOWN = _text(
    "registration-known",
    (
        "Đã có đăng ký: {cuoc_hop}",
        "Có người vừa gửi biểu mẫu đăng ký với họ tên và liên hệ của Ông/Bà. Đăng ký trước đó vẫn giữ nguyên, không có gì "
        "thay đổi; liên kết dưới đây mở đăng ký ấy. Nếu không phải Ông/Bà gửi, xin bỏ qua thư này. Cuộc họp:",
    ),
    (
        "Registered already: {cuoc_hop}",
        "Somebody has just sent the form for registering with your name and address. Your registration stands as it was; "
        "the link below opens it. If it was not you, please ignore this letter. The event:",
    ),
    EVENT, _LINK, needed=("lien_ket",),
)  # fmt: skip
OFFERED = _text(
    "registration-offered",
    (
        "Có chỗ dành cho Ông/Bà: {cuoc_hop}",
        "Đã đến lượt Ông/Bà trong danh sách chờ. Một chỗ được giữ cho Ông/Bà đến {han}; "
        "xin bấm liên kết dưới đây để nhận chỗ. Quá hạn, chỗ được chuyển cho người kế tiếp.",
    ),
    (
        "A seat is kept for you: {cuoc_hop}",
        "It is your turn on the waiting list. A seat is kept for you until {han}; please use the link below to take "
        "it. After that it goes to the next on the list.",
    ),
    _VACANCY, EVENT, _LINK, needed=("lien_ket", "han"),
)  # fmt: skip
OFFER_OVER = _text(
    "registration-offer-over",
    (
        "Hết hạn nhận chỗ: {cuoc_hop}",
        "Chỗ giữ cho Ông/Bà đã hết hạn nhận và được chuyển cho người kế tiếp trong danh sách chờ.",
    ),
    (
        "The offer of a seat has ended: {cuoc_hop}",
        "The offer of a seat has ended, and the seat went to the next on the waiting list.",
    ),
    EVENT,
)  # fmt: skip
REFUSED = _text(
    "registration-refused",
    ("Đăng ký không được duyệt: {cuoc_hop}", "Ban tổ chức không bố trí được Ông/Bà dự:"),
    ("Registration not approved: {cuoc_hop}", "The organizer could not admit you to:"),
    REASON, EVENT, _LINK,
)  # fmt: skip
PROMOTED = _text(
    "registration-promoted",
    (
        "Đã có chỗ dự: {cuoc_hop}",
        "Ông/Bà đã được chuyển từ danh sách chờ thành có chỗ dự, theo thứ tự đăng ký.",
    ),
    ("You have a seat: {cuoc_hop}", "You have moved from the waiting list to a seat, by the order of registration."),
    _VACANCY, EVENT, _TICKET, needed=("lien_ket",),
)  # fmt: skip

REMINDER = _text(
    "event-reminder",
    ("Nhắc lịch họp {khi_nao}: {cuoc_hop}", "Xin nhắc Ông/Bà cuộc họp diễn ra {khi_nao}:"),
    ("Reminder, {khi_nao}: {cuoc_hop}", "This is a reminder of the event {khi_nao}:"),
    EVENT, _TICKET, needed=("lien_ket", "thoi_gian"),
)  # fmt: skip


def _taken_back(by: str, vi: str, en: str) -> LetterText:
    subjects = ("Đã hủy đăng ký dự: {cuoc_hop}", "Registration cancelled: {cuoc_hop}")
    name = "registration-taken-back"
    return _text(f"{name}-{by}", (subjects[0], vi), (subjects[1], en), REASON, EVENT, kind=name)


TAKEN_BACK = {
    "by-organizer": _taken_back(
        "by-organizer",
        "Ban tổ chức đã hủy đăng ký của Ông/Bà dự:",
        "The organizer has cancelled your registration for:",
    ),
    "substituted": _taken_back(
        "substituted",
        "Đơn vị đã cử người khác dự thay Ông/Bà tại:",
        "Your organisation has named somebody else in your place at:",
    ),
    "by-focal-point": _taken_back(
        "by-focal-point",
        "Đầu mối của đơn vị đã rút tên Ông/Bà khỏi danh sách dự:",
        "The focal point of your organisation has withdrawn your name from:",
    ),
}
EVENT_CANCELLED = _text(
    "event-cancelled",
    ("HỦY: {cuoc_hop}", "Cuộc họp mà Ông/Bà đã đăng ký dự bị hủy."),
    ("CANCELLED: {cuoc_hop}", "The event that you registered for has been cancelled."),
    REASON, EVENT,
)  # fmt: skip
EVENT_POSTPONED = _text(
    "event-postponed",
    (
        "HOÃN: {cuoc_hop}",
        "Cuộc họp mà Ông/Bà đã đăng ký dự được hoãn lại. Thời gian mới sẽ được thông báo sau; "
        "đăng ký của Ông/Bà vẫn được giữ.",
    ),
    (
        "POSTPONED: {cuoc_hop}",
        "The event that you registered for has been postponed. The new time will be announced; your registration stays.",
    ),
    REASON, EVENT, BEFORE,
)  # fmt: skip
EVENT_CHANGED = _text(
    "event-changed",
    ("Thay đổi: {cuoc_hop}", "Cuộc họp mà Ông/Bà đã đăng ký dự có thay đổi về thời gian hoặc địa điểm."),
    ("Changed: {cuoc_hop}", "The time or place of the event that you registered for has changed."),
    EVENT, BEFORE, _LINK,
    needed=("lien_ket", "thoi_gian", "dia_diem"),
)  # fmt: skip

TEXTS = (
    CONFIRMED, WAITING, PENDING, REOPENED, KNOWN, OFFERED, OFFER_OVER, REFUSED, PROMOTED, *TAKEN_BACK.values(),
    EVENT_CANCELLED, EVENT_POSTPONED, EVENT_CHANGED, REMINDER,
)  # fmt: skip
