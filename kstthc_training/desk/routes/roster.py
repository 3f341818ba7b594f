"""Điểm danh: everyone expected by every session, on one page, and the same as a workbook."""

from collections.abc import Callable
from functools import partial

from flask import Response, get_template_attribute, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.forms import METHOD_WORDS, STATUS_WORDS, ReopenForm, last_mark_words
from kstthc_training.attendance.queries import Roster, RosterRow, get_session, narrowed, roster_of
from kstthc_training.attendance.rules import SEEN_BEFORE_OPENING, TAKING_PLACE
from kstthc_training.attendance.service import reopen_session as reopen
from kstthc_training.db import unit_of_work
from kstthc_training.desk.mail_answers import mail_answers_of_registered
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.ids import random_uuid
from kstthc_training.people.exports import note_export
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal
from kstthc_training.sheets import Cell, CellKind, Column, Sheet, write_xlsx
from kstthc_training.text import sentence_case
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import XLSX, made
from kstthc_training.web.locale import moment
from kstthc_training.web.notes import note_success

SIGNS = {
    MarkStatus.PRESENT: "✓",
    MarkStatus.LATE: "M",
    MarkStatus.LEFT_EARLY: "S",
    MarkStatus.EXCUSED: "P",
    MarkStatus.ABSENT: "V",
    MarkStatus.NONE: "",
}
CLASSES = {
    MarkStatus.PRESENT: " slot--p",
    MarkStatus.LATE: " slot--l",
    MarkStatus.LEFT_EARLY: " slot--l",
    MarkStatus.EXCUSED: " slot--e",
    MarkStatus.ABSENT: " slot--a",
    MarkStatus.NONE: "",
}
KEYS = (
    ("Space", MarkStatus.PRESENT), ("M", MarkStatus.LATE), ("S", MarkStatus.LEFT_EARLY), ("P", MarkStatus.EXCUSED),
    ("V", MarkStatus.ABSENT),
)  # fmt: skip
SOURCES = {"dang-ky": False, "tai-cua": True}
WALKED_IN = lazy_gettext("Đến không đăng ký")
_NUMBER = "{number}"


@bp.get("/hop/<event_code:code>/quan-ly/diem-danh")
@access(runs_events)
def roster(code: str) -> ResponseReturnValue:
    """The roster, whole: a thousand people stand on one page; that somebody reads it is noted."""
    note_reading("roster.read", subject_type="event", subject_id=workspace_event(code).id)
    return _roster_page(workspace_event(code))


@bp.post("/hop/<event_code:code>/buoi/<int:session_id>/mo-lai")
@access(runs_events)
def reopen_session(code: str, session_id: int) -> ResponseReturnValue:
    """Reopen a closed session for a stated reason; a refused one keeps the reason typed."""
    get_session(workspace_event(code), session_id)
    form = ReopenForm()
    if form.validate():
        try:
            with unit_of_work():
                event = workspace_event(code)
                session = get_session(event, session_id)
                reopen(actor=me(), event=event, session=session, reason=form.reason.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã mở lại buổi. Lý do được ghi vào nhật ký."))
            return see_other(url_for(".roster", code=code))
    return _roster_page(workspace_event(code), refused=(session_id, form), status=422)


def _roster_page(event: Event, *, refused: tuple[int, ReopenForm] | None = None, status: int = 200) -> Response:
    full = roster_of(event, now=clock.now())
    shown, markable = _shown_column(full), _markable(full)
    search, wanted, source = asked_words(), _wanted_status(), request.args.get("nguon", "")
    words = _status_words()
    return workspace_page(
        "desk/roster.html",
        event,
        "roster",
        fragments=("bang",),
        status=status,
        reopening=_reopening(full, refused),
        refused=refused[1] if refused else None,
        roster=full,
        rows=narrowed(full.rows, search=search, status=wanted, column=shown, walked_in=SOURCES.get(source)),
        labels=_labels(full),
        shown=shown,
        adds_to=_adds_to(full, shown),
        search=search,
        filter=wanted or "",
        status_options=[("", _("Mọi tình trạng"))] + [(s.value, words[s]) for s in MarkStatus],
        source=source if source in SOURCES else "",
        source_options=[("", _("Mọi người")), ("dang-ky", _("Có đăng ký")), ("tai-cua", WALKED_IN)],
        walked_in=str(WALKED_IN),
        mailed=mail_answers_of_registered(event),
        nonce=random_uuid().hex,
        back=url_for(".roster", code=event.code) if refused else request.full_path.rstrip("?"),
        cells=_cells(full, shown),
        signs=SIGNS,
        classes=CLASSES,
        words=words,
        last_words=partial(last_mark_words, methods={method: str(words) for method, words in METHOD_WORDS.items()}),
        is_single=len(full.columns) == 1,
        markable=markable,
        shows_other=bool(markable) and not full.columns[shown].takes_marks,
        why_not=_why_not(event),
        keys=KEYS,
        legend=tuple(MarkStatus),
    )


def _status_words() -> dict[MarkStatus, str]:
    """What each status is called where it stands alone."""
    return {status: sentence_case(str(words)) for status, words in STATUS_WORDS.items()}


def _reopening(roster: Roster, refused: tuple[int, ReopenForm] | None) -> dict[int, ReopenForm]:
    """The forms that open the closed sessions again, by session; a refused one stands there as it was sent."""
    forms = {column.session_id: ReopenForm(formdata=None) for column in roster.columns if column.may_reopen}
    forms |= dict([refused]) if refused else {}
    for session_id, form in forms.items():
        form.reason.id = f"ly-do-{session_id}"
    return forms


def _cells(roster: Roster, shown: int) -> Callable[[RosterRow], Markup]:
    """What draws the cells of a person: each is a copy of the one that its session and status have."""
    draw = get_template_attribute("desk/roster_slot.html", "slot")
    drawn = [
        {status: str(draw(column, status, _NUMBER, CLASSES[status], SIGNS[status], place == shown)) for status in MarkStatus}
        for place, column in enumerate(roster.columns)
    ]

    def cells(row: RosterRow) -> Markup:
        number = str(row.registration_id)
        copies = [drawn[place][status].replace(_NUMBER, number) for place, status in enumerate(row.statuses)]
        return Markup("".join(copies))  # noqa: S704 - drawn by a template, numbered by an integer

    return cells


def _markable(roster: Roster) -> tuple[MarkStatus, ...]:
    """What may be marked now: everything in an open session, excuses alone before, nothing when all are closed."""
    if roster.current:
        return tuple(MarkStatus)
    early = any(column.takes_excuses for column in roster.columns)
    return tuple(status for status in MarkStatus if early and status in SEEN_BEFORE_OPENING)


def _why_not(event: Event) -> str:
    """What stands where marks are chosen when there is nothing to mark."""
    if event.state in TAKING_PLACE:
        return _("Đã chốt điểm danh: xem, in và xuất Excel được. Muốn sửa, hãy mở lại và ghi lý do.")
    return _("Cuộc họp chưa phát hành, đã hoãn hoặc đã hủy nên không điểm danh.")


def _labels(roster: Roster) -> dict[int, str]:
    """What each session is called: its name, or which one it is; the only one of an event has no number."""
    if len(roster.columns) == 1:
        return {roster.columns[0].session_id: roster.columns[0].name or _("Điểm danh")}
    return {
        column.session_id: column.name or _("Buổi %(n)s", n=number) for number, column in enumerate(roster.columns, start=1)
    }


def _shown_column(roster: Roster) -> int:
    wanted = asked_number("buoi")
    places = {column.session_id: place for place, column in enumerate(roster.columns)}
    if wanted in places:
        return places[wanted]
    return places[roster.current.session_id] if roster.current else 0


def _adds_to(roster: Roster, shown: int) -> int | None:
    """The session to which somebody not on the list is added: the one shown when it is open, else the one being marked."""
    columns = [*roster.columns[shown : shown + 1], *roster.columns]
    return next((column.session_id for column in columns if column.is_open), None)


def _wanted_status() -> MarkStatus | None:
    wanted = request.args.get("loc", "")
    return MarkStatus(wanted) if wanted in set(MarkStatus) else None


@bp.get("/hop/<event_code:code>/quan-ly/diem-danh.xlsx")
@access(runs_events)
def roster_sheet(code: str) -> ResponseReturnValue:
    """The roster as a workbook; who took it is recorded."""
    event = workspace_event(code)
    full = roster_of(event, now=clock.now())
    note_export("roster.exported", subject_type="event", subject_id=event.id, form="xlsx", rows=full.expected)
    name = _("Điểm danh %(code)s.xlsx", code=code)
    return made(write_xlsx([_roster_as_sheet(full)]), name=name, media_type=XLSX)


def _roster_as_sheet(roster: Roster) -> Sheet:
    labels, words = _labels(roster), _status_words()
    sessions = [Column(f"{labels[column.session_id]} ({moment(column.starts_at)})") for column in roster.columns]
    columns = [
        Column(_("TT"), CellKind.INTEGER), Column(_("Họ và tên")), Column(_("Chức vụ")), Column(_("Đơn vị")),
        *sessions, Column(_("Số buổi có mặt"), CellKind.INTEGER), Column(_("Ghi chú")),
    ]  # fmt: skip
    walked_in = str(WALKED_IN)
    rows: list[tuple[Cell, ...]] = [
        (
            number, row.full_name, row.title, row.organisation, *(words[status] for status in row.statuses), row.present,
            walked_in if row.walked_in else _("thay %(name)s", name=row.replaces) if row.replaces else "",
        )
        for number, row in enumerate(roster.rows, start=1)
    ]  # fmt: skip
    return Sheet(str(_("Điểm danh")), columns, rows)
