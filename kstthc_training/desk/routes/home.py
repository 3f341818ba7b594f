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
from kstthc_training.desk.words import organizer_tag
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.events.words import Tag, place_words
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.words import event_tag
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.pages import page
from kstthc_training.web.paging import asked_page, pager


@bp.get("/dieu-hanh")
@access(runs_events)
def index() -> ResponseReturnValue:
    """What needs the organizer, and the list, narrowed by `trang-thai`, `q` and `trang`."""
    now = clock.now()
    group, words = _group(), asked_words()
    listed = desk_page(group=group, words=words, number=asked_page(), now=now)
    return page(
        "desk/index.html",
        fragments=("cac_cuoc_hop",),
        tasks=tasks_waiting(actor=me(), now=now),
        rows=[(row, row_tag(row, now), place_words(row.mode, row.venue)) for row in listed.rows],
        groups=_groups(listed, group, words),
        group=group,
        words=words,
        pager=pager(shown=len(listed.rows), total=listed.total, number=listed.number),
    )


def row_tag(row: DeskRow, now: datetime) -> Tag:
    """The state of a row: while registration is open, whether there is room."""
    standing = standing_of(row, now)
    return event_tag(row, row.seats, now) if standing is Standing.UPCOMING else organizer_tag(standing)


def _group() -> Group:
    wanted = request.args.get("trang-thai", "")
    return Group(wanted) if wanted in set(Group) else Group.UPCOMING


def _groups(listed: DeskPage, current: Group, words: str) -> list[dict[str, Any]]:
    labels = {Group.DRAFT: _("Dự thảo"), Group.UPCOMING: _("Sắp tới"), Group.FINISHED: _("Đã kết thúc")}
    return [
        {"label": label, "href": _address(group, words), "current": group is current, "count": listed.counts[group]}
        for group, label in labels.items()
    ]


def _address(group: Group, words: str) -> str:
    query: dict[str, Any] = {"trang-thai": group.value, "q": words or None}
    return url_for("desk.index", **query)
