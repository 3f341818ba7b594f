"""Điều hành: what waits, and every event."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.desk.attention import tasks_waiting
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.rows import DeskPage, DeskRow, Group, desk_page
from kstthc_training.desk.words import Tag, standing_tag
from kstthc_training.events.enums import EventMode
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers, runs_events
from kstthc_training.text import clean_line
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.pages import page


@bp.get("/dieu-hanh")
@access(runs_events)
def index() -> ResponseReturnValue:
    """What needs the organizer, and the list, narrowed by `trang-thai`, `q` and `trang`."""
    now = clock.now()
    group, words = _group(), clean_line(request.args.get("q", ""))[:100]
    listed = desk_page(group=group, words=words, number=_number(), now=now)
    return page(
        "desk/index.html",
        fragments=("cac_cuoc_hop",),
        tasks=tasks_waiting(letters_href=_letters_href(), now=now),
        rows=[(row, row_tag(row, now)) for row in listed.rows],
        groups=_groups(listed, group, words),
        group=group,
        words=words,
        pager=_pager(listed, group, words),
        place=place_words,
    )


def row_tag(row: DeskRow, now: datetime) -> Tag:
    """The state of a row: while registration is open, whether there is room."""
    standing = standing_of(row, now)
    if standing is Standing.UPCOMING and row.takes_registrations(now):
        return Tag(_("Hết chỗ"), "warn") if row.is_full else Tag(_("Đang mở đăng ký"), "ok")
    return standing_tag(standing)


def place_words(row: DeskRow) -> str:
    """Where, in a cell."""
    if row.mode is EventMode.ONLINE:
        return _("Trực tuyến")
    if row.mode is EventMode.BOTH:
        return _("%(room)s và trực tuyến", room=row.venue) if row.venue else _("Kết hợp")
    return row.venue or ""


def _letters_href() -> str:
    query: dict[str, Any] = {"trang-thai": "failed"}
    return url_for("administration.letters", **query) if administers(me()) else ""


def _group() -> Group:
    wanted = request.args.get("trang-thai", "")
    return Group(wanted) if wanted in set(Group) else Group.UPCOMING


def _number() -> int:
    return asked_number("trang") or 1


def _groups(listed: DeskPage, current: Group, words: str) -> list[dict[str, Any]]:
    labels = {Group.DRAFT: _("Dự thảo"), Group.UPCOMING: _("Sắp tới"), Group.FINISHED: _("Đã kết thúc")}
    return [
        {"label": label, "href": _address(group, words), "current": group is current, "count": listed.counts[group]}
        for group, label in labels.items()
    ]


def _pager(listed: DeskPage, group: Group, words: str) -> dict[str, Any]:
    before, after = listed.number > 1, listed.last < listed.total
    return {
        "first": listed.first,
        "last": listed.last,
        "total": listed.total,
        "previous_href": _address(group, words, listed.number - 1) if before else None,
        "next_href": _address(group, words, listed.number + 1) if after else None,
    }


def _address(group: Group, words: str, number: int = 1) -> str:
    query: dict[str, Any] = {"trang-thai": group.value, "q": words or None, "trang": number if number > 1 else None}
    return url_for("desk.index", **query)
