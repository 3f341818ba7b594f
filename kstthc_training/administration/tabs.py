"""The sections of Quản trị."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.privacy.queries import count_requests


def tabs() -> list[dict[str, Any]]:
    """Each section with its address, and whether the present page stands in it; with how many requests of erasure wait."""
    asked = count_requests(clock.local_date(clock.now())).open
    sections = (
        (_("Tài khoản"), url_for("administration.accounts"), 0),
        (_("Hộp thư đi"), url_for("mailroom.outgoing"), 0),
        (_("Mẫu thư"), url_for("administration.texts"), 0),
        (_("Dữ liệu cá nhân"), url_for("administration.data_requests"), asked),
        (_("Việc nền"), url_for("administration.jobs"), 0),
        (_("Nhật ký hệ thống"), url_for("administration.log"), 0),
        (_("Cài đặt"), url_for("administration.settings"), 0),
    )
    return [
        {"label": label, "href": href, "current": request.path.startswith(href), "count": count}
        for label, href, count in sections
    ]
