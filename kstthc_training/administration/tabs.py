"""The sections of Quản trị."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _


def tabs() -> list[dict[str, Any]]:
    """Each section with its address, and whether the present page stands in it."""
    sections = (
        (_("Tài khoản"), url_for("administration.accounts")),
        (_("Thư"), url_for("administration.letters")),
        (_("Nhật ký hệ thống"), url_for("administration.log")),
        (_("Cài đặt"), url_for("administration.settings")),
    )
    return [{"label": label, "href": href, "current": request.path.startswith(href)} for label, href in sections]
