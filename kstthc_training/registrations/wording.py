"""The sentences of the letters in both languages; `%(…)s` stands for a fact, `%(link)s` for the link to the ticket."""

WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

_VIETNAMESE = {
    "subject-registration-confirmed": "Đã đăng ký dự: %(title)s",
    "subject-registration-waiting": "Trong danh sách chờ: %(title)s",
    "subject-registration-pending": "Đã nhận đăng ký, chờ duyệt: %(title)s",
    "subject-registration-reopened": "Đăng ký được xem xét lại: %(title)s",
    "subject-registration-known": "Đã có đăng ký: %(title)s",
    "subject-registration-offered": "Có chỗ dành cho Ông/Bà: %(title)s",
    "subject-registration-offer-over": "Hết hạn nhận chỗ: %(title)s",
    "subject-registration-refused": "Đăng ký không được duyệt: %(title)s",
    "subject-registration-promoted": "Đã có chỗ dự: %(title)s",
    "subject-registration-taken-back": "Đã hủy đăng ký dự: %(title)s",
    "subject-event-cancelled": "HỦY: %(title)s",
    "subject-event-postponed": "HOÃN: %(title)s",
    "subject-event-changed": "Thay đổi: %(title)s",
    "greeting": "Kính gửi Ông/Bà %(name)s,",
    "confirmed": "Ông/Bà đã có chỗ dự:",
    "waiting": (
        "Cuộc họp dưới đây hiện đã hết chỗ. Ông/Bà đứng thứ %(place)s trong danh sách chờ. "
        "Khi có chỗ trống, người đứng đầu danh sách được nhận chỗ trước và được báo bằng thư."
    ),
    "pending": "Ban tổ chức đã nhận đăng ký của Ông/Bà và sẽ báo kết quả duyệt bằng thư. Cuộc họp đăng ký dự:",
    "reopened": (
        "Ban tổ chức xem xét lại đăng ký của Ông/Bà và sẽ báo kết quả bằng thư; thư đã gửi báo được duyệt không còn "
        "giá trị. Cuộc họp:"
    ),
    "known": (
        "Có người vừa gửi biểu mẫu đăng ký với họ tên và liên hệ của Ông/Bà. Đăng ký trước đó vẫn giữ nguyên, không có gì "
        "thay đổi; liên kết dưới đây mở đăng ký ấy. Nếu không phải Ông/Bà gửi, xin bỏ qua thư này. Cuộc họp:"
    ),
    "offered": (
        "Đã đến lượt Ông/Bà trong danh sách chờ. Một chỗ được giữ cho Ông/Bà đến %(until)s; "
        "xin bấm liên kết dưới đây để nhận chỗ. Quá hạn, chỗ được chuyển cho người kế tiếp."
    ),
    "offer-over": "Chỗ giữ cho Ông/Bà đã hết hạn nhận và được chuyển cho người kế tiếp trong danh sách chờ.",
    "refused": "Ban tổ chức không bố trí được Ông/Bà dự:",
    "promoted": "Ông/Bà đã được chuyển từ danh sách chờ thành có chỗ dự, theo thứ tự đăng ký.",
    "promoted-seat-given-back": "Lý do có chỗ: một người đã đăng ký trước không dự được.",
    "promoted-capacity-raised": "Lý do có chỗ: số chỗ của cuộc họp đã tăng.",
    "taken-back-by-organizer": "Ban tổ chức đã hủy đăng ký của Ông/Bà dự:",
    "taken-back-substituted": "Đơn vị đã cử người khác dự thay Ông/Bà tại:",
    "taken-back-by-focal-point": "Đầu mối của đơn vị đã rút tên Ông/Bà khỏi danh sách dự:",
    "event-cancelled": "Cuộc họp mà Ông/Bà đã đăng ký dự bị hủy.",
    "event-postponed": (
        "Cuộc họp mà Ông/Bà đã đăng ký dự được hoãn lại. Thời gian mới sẽ được thông báo sau; "
        "đăng ký của Ông/Bà vẫn được giữ."
    ),
    "event-changed": "Cuộc họp mà Ông/Bà đã đăng ký dự có thay đổi về thời gian hoặc địa điểm.",
    "reason": "Lý do: %(reason)s",
    "event": "%(title)s\nThời gian: %(when)s\nĐịa điểm: %(where)s",
    "event-without-time": "%(title)s\nThời gian: sẽ thông báo sau\nĐịa điểm: %(where)s",
    "before": "Trước đây: %(when_before)s, %(where_before)s",
    "ticket": (
        "Mã dự họp: %(code)s\nVé có mã QR: %(link)s\n\nXin đưa mã QR hoặc đọc mã dự họp ở cửa. "
        "Nếu không dự được, xin hủy đăng ký để người khác có chỗ."
    ),
    "link": "Xem đăng ký: %(link)s",
    "contact": "Đầu mối liên hệ: %(contact)s",
    "office": "Trân trọng,\n%(office)s",
    "online": "Trực tuyến",
    "undecided": "sẽ thông báo sau",
}

_ENGLISH = {
    "subject-registration-confirmed": "Registered: %(title)s",
    "subject-registration-waiting": "On the waiting list: %(title)s",
    "subject-registration-pending": "Registration received, to be approved: %(title)s",
    "subject-registration-reopened": "Registration considered once more: %(title)s",
    "subject-registration-known": "Registered already: %(title)s",
    "subject-registration-offered": "A seat is kept for you: %(title)s",
    "subject-registration-offer-over": "The offer of a seat has ended: %(title)s",
    "subject-registration-refused": "Registration not approved: %(title)s",
    "subject-registration-promoted": "You have a seat: %(title)s",
    "subject-registration-taken-back": "Registration cancelled: %(title)s",
    "subject-event-cancelled": "CANCELLED: %(title)s",
    "subject-event-postponed": "POSTPONED: %(title)s",
    "subject-event-changed": "Changed: %(title)s",
    "greeting": "Dear %(name)s,",
    "confirmed": "You have a seat at:",
    "waiting": (
        "The event below is full at present. You are number %(place)s on the waiting list. "
        "When a seat becomes free, it goes to the first on the list, who is told by email."
    ),
    "pending": "The organizer has received your registration and will tell you the decision by email. The event:",
    "reopened": (
        "The organizer considers your registration once more and will tell you the decision by email; the letter that told "
        "of its approval holds no longer. The event:"
    ),
    "known": (
        "Somebody has just sent the form for registering with your name and address. Your registration stands as it was; "
        "the link below opens it. If it was not you, please ignore this letter. The event:"
    ),
    "offered": (
        "It is your turn on the waiting list. A seat is kept for you until %(until)s; please use the link below to take "
        "it. After that it goes to the next on the list."
    ),
    "offer-over": "The offer of a seat has ended, and the seat went to the next on the waiting list.",
    "refused": "The organizer could not admit you to:",
    "promoted": "You have moved from the waiting list to a seat, by the order of registration.",
    "promoted-seat-given-back": "Why there is a seat: somebody who had registered before cannot come.",
    "promoted-capacity-raised": "Why there is a seat: the event has more seats now.",
    "taken-back-by-organizer": "The organizer has cancelled your registration for:",
    "taken-back-substituted": "Your organisation has named somebody else in your place at:",
    "taken-back-by-focal-point": "The focal point of your organisation has withdrawn your name from:",
    "event-cancelled": "The event that you registered for has been cancelled.",
    "event-postponed": (
        "The event that you registered for has been postponed. The new time will be announced; your registration stays."
    ),
    "event-changed": "The time or place of the event that you registered for has changed.",
    "reason": "Reason: %(reason)s",
    "event": "%(title)s\nTime: %(when)s\nPlace: %(where)s",
    "event-without-time": "%(title)s\nTime: to be announced\nPlace: %(where)s",
    "before": "Before: %(when_before)s, %(where_before)s",
    "ticket": (
        "Ticket code: %(code)s\nTicket with QR code: %(link)s\n\nPlease show the QR code or say the code at the door. "
        "If you cannot come, please cancel your registration, so that somebody else has a seat."
    ),
    "link": "See your registration: %(link)s",
    "contact": "Contact: %(contact)s",
    "office": "Yours sincerely,\n%(office)s",
    "online": "Online",
    "undecided": "to be announced",
}

WORDS = {"vi": _VIETNAMESE, "en": _ENGLISH}
