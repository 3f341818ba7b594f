"""Thông báo: what one was told, on the pages themselves, and how one wants to be told."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.messages import service
from kstthc_training.messages.addresses import CHOICES_PATH
from kstthc_training.messages.forms import ChoicesForm
from kstthc_training.messages.kinds import CHOSEN
from kstthc_training.messages.models import Notice
from kstthc_training.messages.queries import notices_of, unread_count, ways_of
from kstthc_training.messages.words import GROUPS
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point
from kstthc_training.web.access import access, anyone, signed_in, unattended
from kstthc_training.web.addresses import asked_number, posted_number
from kstthc_training.web.answers import own_path, see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

bp = Blueprint("messages", __name__)

_UNREAD = "chua-doc"


@bp.get("/thong-bao")
@access(signed_in)
def index() -> ResponseReturnValue:
    """One's notices, the newest first, day by day; all or those not read yet."""
    unread_only = request.args.get("loc") == _UNREAD
    rows, total = notices_of(me().account_id or 0, unread_only=unread_only, skip=rows_before(), limit=ROWS)
    return page(
        "messages/index.html",
        days=list(_by_day(rows)),
        today=clock.local_date(clock.now()),
        last_id=max((row.id for row in rows), default=0),
        unread_only=unread_only,
        pager=pager(shown=len(rows), total=total),
        kept_days=service.KEPT.days,
    )


@bp.post("/thong-bao/<int:notice_id>/mo")
@access(signed_in)
def open_page(notice_id: int) -> ResponseReturnValue:
    """Note that a notice was read, and go on to the page that it is about."""
    with unit_of_work():
        path = service.read(actor=me(), notice_id=notice_id, now=clock.now())
    return see_other(own_path(path) or url_for(".index"))


@bp.post("/thong-bao/<int:notice_id>/da-doc")
@access(signed_in)
def read(notice_id: int) -> ResponseReturnValue:
    """Note that a notice was read, and stay."""
    with unit_of_work():
        service.read(actor=me(), notice_id=notice_id, now=clock.now())
    note_success(_("Đã đánh dấu đã đọc."), undo_action=url_for(".unread", notice_id=notice_id))
    return _back()


@bp.post("/thong-bao/<int:notice_id>/chua-doc")
@access(signed_in)
def unread(notice_id: int) -> ResponseReturnValue:
    """Let a notice be unread again."""
    with unit_of_work():
        service.unread(actor=me(), notice_id=notice_id)
    return _back()


@bp.post("/thong-bao/da-doc-het")
@access(signed_in)
def read_all() -> ResponseReturnValue:
    """Note that everything up to what was shown was read."""
    now = clock.now()
    with unit_of_work():
        count = service.read_all(actor=me(), last_id=posted_number("den") or 0, now=now)
    words = ngettext("Đã đánh dấu %(num)d thông báo là đã đọc.", "Đã đánh dấu %(num)d thông báo là đã đọc.", count)
    note_success(words, undo_action=url_for(".unread_all", luc=now.isoformat()) if count else None)
    return _back()


@bp.post("/thong-bao/chua-doc-lai")
@access(signed_in)
def unread_all() -> ResponseReturnValue:
    """Take back that everything was read at one instant."""
    if (at := _asked_instant()) is not None:
        with unit_of_work():
            service.unread_again(actor=me(), read_at=at)
    return _back()


@bp.get("/thong-bao/chuong")
@access(anyone)
@unattended
def bell() -> ResponseReturnValue:
    """The bell of the top bar when another number of notices is unread than the page knows; else, and for whoever is
    signed in no longer, nothing."""
    known = asked_number("biet") or 0
    count = unread_count(me().account_id) if me().is_authenticated else known
    if count == known:
        return make_response("", 204)
    return page("messages/bell.html", unread_notices=lambda: count)


@bp.get(CHOICES_PATH)
@access(signed_in)
def choices() -> ResponseReturnValue:
    """How one is told of what, and what always comes by mail."""
    ways = ways_of(me().account_id or 0)
    return _choices_page(ChoicesForm(formdata=None, data={group.value: ways[group].value for group in CHOSEN}))


@bp.post(CHOICES_PATH)
@access(signed_in)
def choose() -> ResponseReturnValue:
    """Be told otherwise from now on."""
    form = ChoicesForm()
    if not form.validate():
        return _choices_page(form, status=422)
    with unit_of_work():
        service.choose(actor=me(), ways=form.ways(), now=clock.now())
    note_success(_("Đã lưu cách nhận. Áp dụng cho thư và thông báo từ bây giờ."))
    return see_other(url_for(".choices"))


def _choices_page(form: ChoicesForm, status: int = 200) -> Response:
    return page(
        "messages/choices.html",
        form=form,
        questions=[(form[group.value], GROUPS[group].what) for group in CHOSEN],
        locked=[about for group, about in GROUPS.items() if group not in CHOSEN],
        is_focal_point=is_focal_point(me()),
        status=status,
    )


def _by_day(rows: Sequence[Notice]) -> Iterable[tuple[date, list[Notice]]]:
    for day, notices in groupby(rows, key=lambda row: clock.local_date(row.created_at)):
        yield day, list(notices)


def _back() -> Response:
    """To the list as it was filtered."""
    return see_other(url_for(".index", loc=_UNREAD if request.form.get("loc") == _UNREAD else None))


def _asked_instant() -> datetime | None:
    try:
        at = datetime.fromisoformat(request.args.get("luc", ""))
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):  # the first and the last day of all cannot be told in every zone
        return None
