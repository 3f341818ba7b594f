"""What invitees are told about their invitation, a whole text for each letter in both languages; names in braces are facts.

These are the product's own words: an office may word each letter otherwise under Quản trị.
"""

from kstthc_training.messages.texts.filling import LetterText, Text
from kstthc_training.registrations.wording import EVENT, FOOT, REASON

Both = dict[str, str]

_TO = {
    "organisation": {"vi": "Kính gửi {don_vi},", "en": "Dear {don_vi},"},
    "person": {"vi": "Kính gửi Ông/Bà {ho_ten},", "en": "Dear {ho_ten},"},
}
_TO_LEADER = {"vi": "Kính gửi Lãnh đạo {don_vi},", "en": "To the head of {don_vi},"}
_ASKED = {
    "organisation": {
        "vi": "Số chỗ: {so_cho}\n\nXin trả lời trước: {han}",
        "en": "Places: {so_cho}\n\nPlease answer before: {han}",
    },
    "person": {"vi": "Xin trả lời trước: {han}", "en": "Please answer before: {han}"},
}
_ANSWER = {
    "organisation": {
        "vi": (
            "Cử người, nhận chỗ hoặc báo không dự được: {lien_ket}\n"
            "Liên kết này dành riêng cho cơ quan, không cần đăng nhập; xin chỉ chuyển cho người được giao cử người dự."
        ),
        "en": (
            "Name people, take places, or say that nobody can come: {lien_ket}\n"
            "The link is your organisation's own and needs no sign-in; please pass it on only to whoever names people."
        ),
    },
    "person": {
        "vi": (
            "Báo dự hoặc không dự được: {lien_ket}\nLiên kết này dành riêng cho Ông/Bà, không cần đăng nhập."
        ),
        "en": "Say whether you come: {lien_ket}\nThe link is your own and needs no sign-in.",
    },
}  # fmt: skip
_RECORDING = {
    "vi": (
        "Cuộc họp có thể được ghi âm, ghi hình. Thông tin người dự chỉ dùng để xếp chỗ, điểm danh và tổng hợp báo cáo; "
        "cách bảo vệ dữ liệu cá nhân có ở cuối trang trả lời."
    ),
    "en": (
        "The event may be recorded in sound and pictures. What you tell of those who come serves seating, attendance and "
        "reports alone; how personal data is protected stands at the foot of the page for your answer."
    ),
}
_OVERDUE = {
    "vi": (
        "Số chỗ: {so_cho}\n\nHạn trả lời: {han}\n\n"
        "Kính đề nghị Lãnh đạo cơ quan chỉ đạo việc trả lời; do đã hết hạn, xin báo cho đầu mối dưới đây."
    ),
    "en": (
        "Places: {so_cho}\n\nAnswer was due: {han}\n\n"
        "Please see to it that people are named; as the deadline has passed, please tell the contact below."
    ),
}
_TELLS = ("cuoc_hop", "thoi_gian", "dia_diem", "dau_moi", "co_quan")
_NAMED = {"organisation": ("don_vi", "so_cho"), "person": ("ho_ten",)}


def _text(
    kind: str, whom: str, subject: Both, said: Both, *parts: Both, to: Both | None = None, needed: tuple[str, ...] = ()
) -> LetterText:
    words = {
        locale: Text(
            subject[locale],
            "\n\n".join(
                ((to or _TO[whom])[locale], said[locale], EVENT[locale], *(part[locale] for part in parts), FOOT[locale])
            ),
        )
        for locale in ("vi", "en")
    }
    also = (*_TELLS, *_NAMED[whom])
    return LetterText(name=f"{kind}-{whom}", kind=kind, words=words, also=also, needed=("cuoc_hop", *needed))


def _asking(kind: str, subject: Both, organisation: Both, person: Both, *more: Both) -> dict[str, LetterText]:
    """A letter that asks for an answer, to an organisation and to a person."""
    return {
        whom: _text(kind, whom, subject, said, _ASKED[whom], _ANSWER[whom], *more, needed=("lien_ket",))
        for whom, said in (("organisation", organisation), ("person", person))
    }


INVITATION = _asking(
    "invitation",
    {"vi": "Giấy mời: {cuoc_hop}", "en": "Invitation: {cuoc_hop}"},
    {
        "vi": "{co_quan} trân trọng kính mời {don_vi} cử người dự:",
        "en": "{co_quan} has the honour to invite {don_vi} to send representatives to:",
    },
    {"vi": "{co_quan} trân trọng kính mời Ông/Bà dự:", "en": "{co_quan} has the honour to invite you to:"},
    _RECORDING,
)
REMINDER = _asking(
    "invitation-reminder",
    {"vi": "Nhắc trả lời giấy mời: {cuoc_hop}", "en": "Please answer the invitation: {cuoc_hop}"},
    {
        "vi": "{co_quan} chưa nhận được trả lời của quý cơ quan về giấy mời dự:",
        "en": "{co_quan} has not yet received your organisation's answer to the invitation to:",
    },
    {
        "vi": "{co_quan} chưa nhận được trả lời của Ông/Bà về giấy mời dự:",
        "en": "{co_quan} has not yet received your answer to the invitation to:",
    },
)
CHANGED = _asking(
    "invitation-changed",
    {"vi": "Thay đổi giấy mời: {cuoc_hop}", "en": "Changed invitation: {cuoc_hop}"},
    {
        "vi": "Giấy mời gửi quý cơ quan có thay đổi về số chỗ hoặc hạn trả lời.",
        "en": "The places or the deadline of your organisation's invitation have changed.",
    },
    {
        "vi": "Giấy mời gửi Ông/Bà có thay đổi về hạn trả lời.",
        "en": "The deadline of your invitation has changed.",
    },
)
_REVOKED_SUBJECT = {"vi": "Thu hồi giấy mời: {cuoc_hop}", "en": "Invitation withdrawn: {cuoc_hop}"}
REVOKED = {
    "organisation": _text(
        "invitation-revoked", "organisation", _REVOKED_SUBJECT,
        {
            "vi": "{co_quan} xin thu hồi giấy mời đã gửi quý cơ quan dự:",
            "en": "{co_quan} withdraws the invitation sent to your organisation for:",
        },
        REASON,
    ),
    "person": _text(
        "invitation-revoked", "person", _REVOKED_SUBJECT,
        {
            "vi": "{co_quan} xin thu hồi giấy mời đã gửi Ông/Bà dự:",
            "en": "{co_quan} withdraws the invitation sent to you for:",
        },
        REASON,
    ),
}  # fmt: skip
OVERDUE = {
    "organisation": _text(
        "invitation-overdue", "organisation",
        {"vi": "Chưa trả lời giấy mời: {cuoc_hop}", "en": "Invitation not answered: {cuoc_hop}"},
        {
            "vi": "Đến hết hạn, {co_quan} chưa nhận được trả lời của quý cơ quan về giấy mời dự:",
            "en": "{co_quan} has had no answer in time from your organisation to the invitation to:",
        },
        _OVERDUE, to=_TO_LEADER,
    )
}  # fmt: skip
NAMES = {
    "organisation": _text(
        "names-reminder", "organisation",
        {"vi": "Nhắc gửi tên người dự: {cuoc_hop}", "en": "Please name those who come: {cuoc_hop}"},
        {
            "vi": "Quý cơ quan còn {so_cho} chỗ đã nhận mà chưa gửi tên người dự. Chỗ chưa có tên được thu hồi lúc {han}.",
            "en": "Your organisation has not named who comes to {so_cho} of its places. Places without a name end at {han}.",
        },
        _ANSWER["organisation"], needed=("lien_ket", "han"),
    )
}  # fmt: skip

LETTERS = {
    "invitation": INVITATION,
    "invitation-reminder": REMINDER,
    "invitation-changed": CHANGED,
    "invitation-revoked": REVOKED,
    "invitation-overdue": OVERDUE,
    "names-reminder": NAMES,
}
TEXTS = tuple(text for texts in LETTERS.values() for text in texts.values())
