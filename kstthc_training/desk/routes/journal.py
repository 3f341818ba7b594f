"""Nhật ký: every act on one event."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.desk.journal import Theme, log_page
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import access
from kstthc_training.web.paging import asked_page, pager


@bp.get("/hop/<event_code:code>/quan-ly/nhat-ky")
@access(runs_events)
def log(code: str) -> ResponseReturnValue:
    """The event's log, narrowed by `viec`."""
    event, theme = workspace_event(code), _theme()
    shown = log_page(event, theme=theme, number=asked_page())
    return workspace_page(
        "desk/log.html",
        event,
        "log",
        fragments=("nhat_ky",),
        rows=shown.rows,
        themes=_themes(code, theme),
        pager=pager(shown=len(shown.rows), total=shown.total, number=shown.number),
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


def _address(code: str, theme: Theme) -> str:
    return url_for("desk.log", code=code, viec=None if theme is Theme.ALL else theme.value)
