"""The sentences of the digest in both languages; `%(…)s` stands for a fact."""

WORDS = {
    "vi": {
        "subject": "Tổng hợp ngày %(day)s: %(count)s điều mới",
        "subject-waiting": "Tổng hợp ngày %(day)s: %(count)s điều mới, %(waiting)s việc chờ đơn vị",
        "greeting": "Kính gửi Ông/Bà %(name)s,",
        "new": "Có %(count)s điều mới:",
        "more": "… và %(count)s điều nữa ở trang Thông báo.",
        "waits": "%(organisation)s còn chờ:",
        "answer": "trả lời giấy mời",
        "names": "gửi tên cho %(count)s chỗ",
        "until": ", trước %(at)s",
        "ways": "Đọc tất cả: %(all)s\nĐổi cách nhận thư này: %(choices)s",
        "office": "Trân trọng,\n%(office)s",
    },
    "en": {
        "subject": "Summary of %(day)s: new %(count)s",
        "subject-waiting": "Summary of %(day)s: new %(count)s, waiting for the organisation %(waiting)s",
        "greeting": "Dear %(name)s,",
        "new": "What is new (%(count)s):",
        "more": "… and %(count)s more on the page of notices.",
        "waits": "Still waiting for %(organisation)s:",
        "answer": "an answer to the invitation",
        "names": "names for places (%(count)s)",
        "until": ", before %(at)s",
        "ways": "Read everything: %(all)s\nChange how you receive this: %(choices)s",
        "office": "Yours sincerely,\n%(office)s",
    },
}
