"""Programs that follow calendars: how each is told of one, and how late it looks again."""

from enum import StrEnum

from flask_babel import gettext as _


class Client(StrEnum):
    """Which kind of program somebody uses."""

    IPHONE = "iphone"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    OTHER = "khac"


_DEVICES = (("iphone", Client.IPHONE), ("ipad", Client.IPHONE), ("android", Client.GOOGLE), ("windows", Client.OUTLOOK))
_PROGRAMS = (
    ("google-calendar", "Google Lịch"),
    ("googlebot", "Google Lịch"),
    ("outlook", "Outlook"),
    ("microsoft", "Outlook"),
    ("exchange", "Outlook"),
    ("dataaccessd", "iPhone, iPad"),
    ("ios/", "iPhone, iPad"),
    ("calendaragent", "Lịch trên máy Mac"),
    ("macos", "Lịch trên máy Mac"),
    ("icsx5", "ICSx⁵ trên Android"),
    ("thunderbird", "Thunderbird"),
    ("evolution", "GNOME"),
    ("nextcloud", "Nextcloud"),
)


def client_of(agent: str) -> Client:
    """The kind of program that goes with the device that a browser runs on."""
    return next((client for word, client in _DEVICES if word in agent.lower()), Client.OTHER)


def program_words(agent: str) -> str:
    """The program that read a feed as people call it, else as it calls itself."""
    return next((name for word, name in _PROGRAMS if word in agent.lower()), agent) or _("Chương trình không rõ tên")


def client_words(client: Client) -> str:
    """The kind of program as its tab says it."""
    return {
        Client.IPHONE: _("iPhone, iPad"),
        Client.GOOGLE: _("Android, Google"),
        Client.OUTLOOK: _("Outlook"),
        Client.OTHER: _("Máy Mac, khác"),
    }[client]


def steps(client: Client) -> list[str]:
    """What to do there, one after the other."""
    copied = _("Sao chép địa chỉ bên dưới.")
    return {
        Client.IPHONE: [
            _("Bấm “Mở trong Lịch”; đang ở máy tính thì quét mã bằng điện thoại."),
            _("Khi điện thoại hỏi, đồng ý đăng ký lịch."),
            _("Lịch mới hiện trong danh sách lịch của máy."),
        ],
        Client.GOOGLE: [
            copied,
            _("Trên máy tính, mở calendar.google.com; ở phần lịch khác, chọn thêm lịch từ URL."),
            _("Dán địa chỉ và xác nhận. Lịch tự hiện trên điện thoại Android."),
        ],
        Client.OUTLOOK: [
            copied,
            _("Trong phần lịch của Outlook, chọn thêm lịch, rồi đăng ký từ web."),
            _("Dán địa chỉ, đặt tên và xác nhận."),
        ],
        Client.OTHER: [
            copied,
            _("Máy Mac: trong ứng dụng Lịch, chọn đăng ký lịch mới. Thunderbird: lịch mới, trên mạng."),
            _("Dán địa chỉ và xác nhận."),
        ],
    }[client]


def how_late(client: Client) -> str:
    """How soon a change is seen there, as far as is known."""
    return {
        Client.IPHONE: _("iPhone tự xem lại trong vài giờ, thường là khi đang sạc và có Wi-Fi."),
        Client.GOOGLE: _(
            "Google Lịch tự xem lại sau 8 đến 24 giờ và không đặt nhanh hơn được. Ứng dụng trên điện thoại không thêm được "
            "bằng địa chỉ, chỉ cần làm một lần trên máy tính."
        ),
        Client.OUTLOOK: _("Outlook tự xem lại trong vài giờ."),
        Client.OTHER: _("Máy Mac và Thunderbird xem lại theo nhịp đặt trong ứng dụng; chọn mỗi giờ là vừa."),
    }[client]
