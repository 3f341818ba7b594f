"""What invitees are told when the event is called off or moved: whole texts, in which names in braces stand for facts."""

from kstthc_training.messages.texts.filling import LetterText, Text
from kstthc_training.registrations.wording import BEFORE, EVENT, FOOT, REASON

PERSON = {"vi": "Ông/Bà {ho_ten}", "en": "{ho_ten}"}  # how a letter to several invitees names a person
_TO = {"vi": "Kính gửi {kinh_gui},", "en": "Dear {kinh_gui},"}
_ANSWER = {"vi": "Xem giấy mời và trả lời: {lien_ket}", "en": "See the invitation and answer: {lien_ket}"}
_TELLS = ("cuoc_hop", "thoi_gian", "dia_diem", "dau_moi", "co_quan", "kinh_gui")


def _text(
    kind: str, subject: dict[str, str], said: dict[str, str], *parts: dict[str, str], needed: tuple[str, ...] = ()
) -> LetterText:
    words = {
        locale: Text(
            subject[locale],
            "\n\n".join((_TO[locale], said[locale], EVENT[locale], *(part[locale] for part in parts), FOOT[locale])),
        )
        for locale in ("vi", "en")
    }
    return LetterText(name=f"{kind}-invited", kind=kind, words=words, also=_TELLS, needed=("cuoc_hop", *needed))


EVENT_TEXTS = {
    "event-cancelled": _text(
        "event-cancelled",
        {"vi": "HỦY: {cuoc_hop}", "en": "CANCELLED: {cuoc_hop}"},
        {
            "vi": "{co_quan} xin thông báo: cuộc họp đã gửi giấy mời dưới đây bị hủy, giấy mời không còn hiệu lực.",
            "en": "{co_quan} regrets to say that the event below has been cancelled; the invitation is void.",
        },
        REASON,
    ),
    "event-postponed": _text(
        "event-postponed",
        {"vi": "HOÃN: {cuoc_hop}", "en": "POSTPONED: {cuoc_hop}"},
        {
            "vi": (
                "{co_quan} xin thông báo: cuộc họp đã gửi giấy mời dưới đây được hoãn lại. Thời gian mới sẽ được báo sau; "
                "trả lời và số chỗ đã nhận vẫn được giữ."
            ),
            "en": (
                "{co_quan} regrets to say that the event below, to which you are invited, has been postponed. The new time "
                "will be announced; your answer and the places you took stay."
            ),
        },
        BEFORE, REASON,
    ),
    "event-changed": _text(
        "event-changed",
        {"vi": "Thay đổi: {cuoc_hop}", "en": "Changed: {cuoc_hop}"},
        {
            "vi": (
                "{co_quan} xin thông báo: cuộc họp đã gửi giấy mời dưới đây có thay đổi về thời gian hoặc địa điểm; "
                "trả lời và số chỗ đã nhận vẫn được giữ."
            ),
            "en": (
                "The time or place of the event below, to which {co_quan} invited you, has changed; your answer and the "
                "places you took stay."
            ),
        },
        BEFORE, _ANSWER,
        needed=("lien_ket", "thoi_gian", "dia_diem"),
    ),
}  # fmt: skip
