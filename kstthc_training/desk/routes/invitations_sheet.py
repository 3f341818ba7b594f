"""Everyone invited to an event as a file; who took it is recorded."""

from collections.abc import Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.desk.answering import Answered, Timeliness, answers_of
from kstthc_training.desk.invited import asked_filters
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event
from kstthc_training.invitations.words import LETTERS, STANDINGS
from kstthc_training.people.exports import note_export
from kstthc_training.people.policy import runs_events
from kstthc_training.sheets import Cell, CellKind, Column, Sheet, write_csv, write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.downloads import CSV, XLSX, made


@bp.get("/hop/<event_code:code>/quan-ly/moi.csv")
@access(runs_events)
def invitations_csv(code: str) -> ResponseReturnValue:
    """The rows that the filters leave, as CSV."""
    return _made(code, "csv")


@bp.get("/hop/<event_code:code>/quan-ly/moi.xlsx")
@access(runs_events)
def invitations_xlsx(code: str) -> ResponseReturnValue:
    """The rows that the filters leave, as a workbook."""
    return _made(code, "xlsx")


def _made(code: str, ending: str) -> Response:
    event, filters = workspace_event(code), asked_filters(request.args)
    answered = [each for each in answers_of(event, now=clock.now()) if filters.keep(each.row)]
    sheet = Sheet(_("Giấy mời"), _columns(), _rows(answered))
    body = write_csv(sheet.columns, sheet.rows) if ending == "csv" else write_xlsx([sheet])
    note_export("invitations.exported", subject_type="event", subject_id=event.id, form=ending, rows=len(answered))
    name = _("Giấy mời %(code)s", code=code)
    return made(body, name=f"{name}.{ending}", media_type=CSV if ending == "csv" else XLSX)


def _columns() -> list[Column]:
    number, moment = CellKind.INTEGER, CellKind.DATETIME
    return [
        Column(_("TT"), number), Column(_("Nơi được mời")), Column(_("Địa bàn")), Column(_("Nơi nhận thư")),
        Column(_("Số chỗ mời"), number), Column(_("Trạng thái")), Column(_("Trả lời lúc"), moment),
        Column(_("Hạn trả lời"), moment), Column(_("Đúng hạn")), Column(_("Lý do")), Column(_("Số người đã cử"), number),
        Column(_("Người được cử")), Column(_("Giữ chỗ, chưa có tên"), number), Column(_("Thư")),
        Column(_("Gửi lúc"), moment), Column(_("Mở thư lúc"), moment), Column(_("Số lần nhắc"), number),
        Column(_("Nhắc lần cuối"), moment),
    ]  # fmt: skip


def _rows(answered: Sequence[Answered]) -> list[list[Cell]]:
    standings = {standing: str(words) for standing, words in STANDINGS.items()}
    letters = {letter: str(words) for letter, words in LETTERS.items()}
    times = {
        Timeliness.IN_TIME: _("Đúng hạn"), Timeliness.LATE: _("Muộn"), Timeliness.AWAITED: _("Chưa đến hạn"),
        Timeliness.OVERDUE: _("Quá hạn"),
    }  # fmt: skip
    return [
        [
            number, row.name, row.area, row.contact, row.places, standings[row.standing], first_at, deadline,
            "" if row.is_revoked else times[timeliness], row.reason, len(row.named), ", ".join(row.named), row.held,
            letters[row.letter], row.sent_at, row.opened_at, row.reminders, row.reminded_at,
        ]
        for number, (row, deadline, first_at, timeliness) in enumerate(answered, start=1)
    ]  # fmt: skip
