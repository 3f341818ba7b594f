"""The sentences of the letters about invitations in both languages; `%(…)s` stands for a fact."""

_VIETNAMESE = {
    "subject-invitation": "Giấy mời: %(title)s",
    "subject-invitation-reminder": "Nhắc trả lời giấy mời: %(title)s",
    "subject-invitation-changed": "Thay đổi giấy mời: %(title)s",
    "subject-invitation-revoked": "Thu hồi giấy mời: %(title)s",
    "subject-invitation-overdue": "Chưa trả lời giấy mời: %(title)s",
    "to-organisation": "Kính gửi %(invitee)s,",
    "to-leader": "Kính gửi Lãnh đạo %(invitee)s,",
    "invitation-overdue-organisation": "Đến hết hạn, %(office)s chưa nhận được trả lời của quý cơ quan về giấy mời dự:",
    "was-due": "Hạn trả lời: %(deadline)s",
    "ask-office": "Kính đề nghị Lãnh đạo cơ quan chỉ đạo việc trả lời; do đã hết hạn, xin báo cho đầu mối dưới đây.",
    "to-person": "Kính gửi Ông/Bà %(invitee)s,",
    "invitation-organisation": "%(office)s trân trọng kính mời %(invitee)s cử người dự:",
    "invitation-person": "%(office)s trân trọng kính mời Ông/Bà dự:",
    "invitation-reminder-organisation": "%(office)s chưa nhận được trả lời của quý cơ quan về giấy mời dự:",
    "invitation-reminder-person": "%(office)s chưa nhận được trả lời của Ông/Bà về giấy mời dự:",
    "invitation-changed-organisation": "Giấy mời gửi quý cơ quan có thay đổi về số chỗ hoặc hạn trả lời.",
    "invitation-changed-person": "Giấy mời gửi Ông/Bà có thay đổi về hạn trả lời.",
    "invitation-revoked-organisation": "%(office)s xin thu hồi giấy mời đã gửi quý cơ quan dự:",
    "invitation-revoked-person": "%(office)s xin thu hồi giấy mời đã gửi Ông/Bà dự:",
    "event": "%(title)s\nThời gian: %(when)s\nĐịa điểm: %(where)s",
    "places": "Số chỗ: %(places)s",
    "deadline": "Xin trả lời trước: %(deadline)s",
    "answer-organisation": (
        "Cử người, nhận chỗ hoặc báo không dự được: %(link)s\n"
        "Liên kết này dành riêng cho cơ quan, không cần đăng nhập; xin chỉ chuyển cho người được giao cử người dự."
    ),
    "answer-person": "Báo dự hoặc không dự được: %(link)s\nLiên kết này dành riêng cho Ông/Bà, không cần đăng nhập.",
    "recording": (
        "Cuộc họp có thể được ghi âm, ghi hình. Thông tin người dự chỉ dùng để xếp chỗ, điểm danh và tổng hợp báo cáo; "
        "cách bảo vệ dữ liệu cá nhân có ở cuối trang trả lời."
    ),
    "reason": "Lý do: %(reason)s",
    "contact": "Đầu mối liên hệ: %(contact)s",
    "office": "Trân trọng,\n%(office)s",
}

_ENGLISH = {
    "subject-invitation": "Invitation: %(title)s",
    "subject-invitation-reminder": "Please answer the invitation: %(title)s",
    "subject-invitation-changed": "Changed invitation: %(title)s",
    "subject-invitation-revoked": "Invitation withdrawn: %(title)s",
    "subject-invitation-overdue": "Invitation not answered: %(title)s",
    "to-organisation": "Dear %(invitee)s,",
    "to-leader": "To the head of %(invitee)s,",
    "invitation-overdue-organisation": "%(office)s has had no answer in time from your organisation to the invitation to:",
    "was-due": "Answer was due: %(deadline)s",
    "ask-office": "Please see to it that people are named; as the deadline has passed, please tell the contact below.",
    "to-person": "Dear %(invitee)s,",
    "invitation-organisation": "%(office)s has the honour to invite %(invitee)s to send representatives to:",
    "invitation-person": "%(office)s has the honour to invite you to:",
    "invitation-reminder-organisation": "%(office)s has not yet received your organisation's answer to the invitation to:",
    "invitation-reminder-person": "%(office)s has not yet received your answer to the invitation to:",
    "invitation-changed-organisation": "The places or the deadline of your organisation's invitation have changed.",
    "invitation-changed-person": "The deadline of your invitation has changed.",
    "invitation-revoked-organisation": "%(office)s withdraws the invitation sent to your organisation for:",
    "invitation-revoked-person": "%(office)s withdraws the invitation sent to you for:",
    "event": "%(title)s\nTime: %(when)s\nPlace: %(where)s",
    "places": "Places: %(places)s",
    "deadline": "Please answer before: %(deadline)s",
    "answer-organisation": (
        "Name people, take places, or say that nobody can come: %(link)s\n"
        "The link is your organisation's own and needs no sign-in; please pass it on only to whoever names people."
    ),
    "answer-person": "Say whether you come: %(link)s\nThe link is your own and needs no sign-in.",
    "recording": (
        "The event may be recorded in sound and pictures. What you tell of those who come serves seating, attendance and "
        "reports alone; how personal data is protected stands at the foot of the page for your answer."
    ),
    "reason": "Reason: %(reason)s",
    "contact": "Contact: %(contact)s",
    "office": "Yours sincerely,\n%(office)s",
}

WORDS = {"vi": _VIETNAMESE, "en": _ENGLISH}
