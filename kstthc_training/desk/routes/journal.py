"""Nhật ký: every act on one event."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.desk.journal import LogPage, Theme, log_page
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number


@bp.get("/hop/<event_code:code>/quan-ly/nhat-ky")
@access(runs_events)
def log(code: str) -> ResponseReturnValue:
    """The event's log, narrowed by `viec`."""
    event, theme = workspace_event(code), _theme()
    shown = log_page(event, theme=theme, number=asked_number("trang") or 1)
    return workspace_page(
        "desk/log.html",
        event,
        "log",
        fragments=("nhat_ky",),
        rows=shown.rows,
        themes=_themes(code, theme),
        pager=_pager(code, theme, shown),
    )


def _theme() -> Theme:
    wanted = request.args.get("viec", "")
    return Theme(wanted) if wanted in set(Theme) else Theme.ALL


def _themes(code: str, current: Theme) -> list[dict[str, Any]]:
    labels = {
        Theme.ALL: _("Tất cả"),
        Theme.CONTENT: _("Thông tin"),
        Theme.REGISTRATIONS: _("Đăng ký"),
        Theme.ATTENDANCE: _("Điểm danh"),
        Theme.MATERIALS: _("Tài liệu"),
    }
    return [
        {"label": label, "href": _address(code, theme), "current": theme is current, "count": None}
        for theme, label in labels.items()
    ]


def _pager(code: str, theme: Theme, shown: LogPage) -> dict[str, Any]:
    return {
        "first": shown.first,
        "last": shown.last,
        "total": shown.total,
        "previous_href": _address(code, theme, shown.number - 1) if shown.number > 1 else None,
        "next_href": _address(code, theme, shown.number + 1) if shown.last < shown.total else None,
    }


def _address(code: str, theme: Theme, number: int = 1) -> str:
    wanted = None if theme is Theme.ALL else theme.value
    return url_for("desk.log", code=code, viec=wanted, trang=number if number > 1 else None)
