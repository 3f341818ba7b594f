"""What letters say of calendars, in both languages; a name in braces stands for a fact.

These are the product's own words: an office may word each letter otherwise under Quản trị.
"""

from kstthc_training.messages.texts.filling import LetterText, Text

CHANGES = {
    "vi": {
        "changed": "%(what)s: %(before)s → %(after)s",
        "edited": "%(what)s được chỉnh sửa",
        "none": "chưa có",
        "title": "Tên cuộc họp",
        "session": "Buổi",
        "starts": "Bắt đầu",
        "ends": "Kết thúc",
        "place": "Địa điểm",
        "mode": "Hình thức",
        "online": "Địa chỉ trực tuyến",
        "chair": "Chủ trì",
        "contact": "Đầu mối liên hệ",
        "audience": "Thành phần",
        "description": "Nội dung",
        "kind": "Loại cuộc họp",
        "host": "Đơn vị chủ trì",
    },
    "en": {
        "changed": "%(what)s: %(before)s → %(after)s",
        "edited": "%(what)s was edited",
        "none": "none yet",
        "title": "Title",
        "session": "Session",
        "starts": "Begins",
        "ends": "Ends",
        "place": "Place",
        "mode": "Way of taking part",
        "online": "Online address",
        "chair": "Chair",
        "contact": "Contact",
        "audience": "For",
        "description": "Description",
        "kind": "Kind of event",
        "host": "Host",
    },
}
WAYS = {
    "vi": {"in_person": "trực tiếp", "online": "trực tuyến", "both": "trực tiếp và trực tuyến"},
    "en": {"in_person": "in person", "online": "online", "both": "in person and online"},
}

WORDS = {
    "vi": {"online": "Trực tuyến", "undecided": "sẽ thông báo sau", "session": "buổi %s", "changes": "Thay đổi: %s."},
    "en": {"online": "Online", "undecided": "to be announced", "session": "session %s", "changes": "Changed: %s."},
}

_GREETING = {"vi": "Kính gửi Ông/Bà {ho_ten},", "en": "Dear {ho_ten},"}
_SESSION = {
    "vi": "{cuoc_hop}\nThời gian: {thoi_gian}\nĐịa điểm: {dia_diem}",
    "en": "{cuoc_hop}\nTime: {thoi_gian}\nPlace: {dia_diem}",
}
_CHANGES = {"vi": "Thay đổi: {thay_doi}.", "en": "Changed: {thay_doi}."}
_FOOT = {
    "vi": "Đầu mối liên hệ: {dau_moi}\n\nTrân trọng,\n{co_quan}",
    "en": "Contact: {dau_moi}\n\nYours sincerely,\n{co_quan}",
}


def _text(name: str, vi: tuple[str, str], en: tuple[str, str]) -> LetterText:
    words = {
        locale: Text(subject, "\n\n".join((_GREETING[locale], said, _SESSION[locale], _CHANGES[locale], _FOOT[locale])))
        for locale, (subject, said) in {"vi": vi, "en": en}.items()
    }
    return LetterText(name=name, kind=name, words=words, needed=("cuoc_hop", "thoi_gian"))


REQUEST, UPDATE, CANCEL, POSTPONE = "calendar-request", "calendar-update", "calendar-cancel", "calendar-postpone"
HOUR_STAYS = "calendar-hour-stays"
LETTERS = {
    REQUEST: _text(
        REQUEST,
        ("Lịch: {cuoc_hop}", "Thư này đưa buổi dưới đây vào lịch của Ông/Bà:"),
        ("Calendar: {cuoc_hop}", "This letter puts the following session into your calendar:"),
    ),
    UPDATE: _text(
        UPDATE,
        ("Cập nhật lịch: {cuoc_hop}", "Buổi dưới đây trong lịch của Ông/Bà có thay đổi:"),
        ("Calendar update: {cuoc_hop}", "A session in your calendar has changed:"),
    ),
    CANCEL: _text(
        CANCEL,
        ("Hủy lịch: {cuoc_hop}", "Buổi dưới đây không còn trong lịch của Ông/Bà:"),
        ("Taken out of the calendar: {cuoc_hop}", "The following session is no longer in your calendar:"),
    ),
    HOUR_STAYS: _text(
        HOUR_STAYS,
        ("Giờ họp giữ nguyên: {cuoc_hop}", "Giờ Ông/Bà đề nghị chưa sắp xếp được; buổi dưới đây vẫn như đã định:"),
        ("The time stays: {cuoc_hop}", "The time that you proposed could not be arranged; the session stays as it was:"),
    ),
    POSTPONE: _text(
        POSTPONE,
        ("Hoãn: {cuoc_hop}", "Buổi dưới đây được hoãn; khi có thời gian mới, lịch của Ông/Bà sẽ được cập nhật:"),
        ("Postponed: {cuoc_hop}", "The following session is postponed; your calendar will be told its new time:"),
    ),
}
TEXTS = tuple(LETTERS.values())
