"""The sentences of the letters by which invitees learn what became of the event; `%(…)s` stands for a fact."""

_VIETNAMESE = {
    "subject-event-cancelled": "HỦY: %(title)s",
    "subject-event-postponed": "HOÃN: %(title)s",
    "subject-event-changed": "Thay đổi: %(title)s",
    "to": "Kính gửi %(invitees)s,",
    "person": "Ông/Bà %(name)s",
    "event-cancelled": "%(office)s xin thông báo: cuộc họp đã gửi giấy mời dưới đây bị hủy, giấy mời không còn hiệu lực.",
    "event-postponed": (
        "%(office)s xin thông báo: cuộc họp đã gửi giấy mời dưới đây được hoãn lại. Thời gian mới sẽ được báo sau; "
        "trả lời và số chỗ đã nhận vẫn được giữ."
    ),
    "event-changed": (
        "%(office)s xin thông báo: cuộc họp đã gửi giấy mời dưới đây có thay đổi về thời gian hoặc địa điểm; "
        "trả lời và số chỗ đã nhận vẫn được giữ."
    ),
    "answer": "Xem giấy mời và trả lời: %(link)s",
}

_ENGLISH = {
    "subject-event-cancelled": "CANCELLED: %(title)s",
    "subject-event-postponed": "POSTPONED: %(title)s",
    "subject-event-changed": "Changed: %(title)s",
    "to": "Dear %(invitees)s,",
    "person": "%(name)s",
    "event-cancelled": "%(office)s regrets to say that the event below has been cancelled; the invitation is void.",
    "event-postponed": (
        "%(office)s regrets to say that the event below, to which you are invited, has been postponed. The new time will "
        "be announced; your answer and the places you took stay."
    ),
    "event-changed": (
        "The time or place of the event below, to which %(office)s invited you, has changed; your answer and the places "
        "you took stay."
    ),
    "answer": "See the invitation and answer: %(link)s",
}

WORDS = {"vi": _VIETNAMESE, "en": _ENGLISH}
