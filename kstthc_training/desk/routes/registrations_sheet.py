"""The list of those registered as a file; who took it is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.desk.registrants import asked_filters, listed
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event
from kstthc_training.people.exports import note_export
from kstthc_training.people.identity import me
from kstthc_training.people.phones import phone_for
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.enums import QuestionKind, RegistrationSource
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.queries import Registrant, Registrants
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.rule_words import CREDENTIALS
from kstthc_training.registrations.words import GUEST, SOURCES, STATES
from kstthc_training.sheets import Cell, CellKind, Column, Sheet, write_csv, write_xlsx
from kstthc_training.web.access import access
from kstthc_training.web.downloads import CSV, XLSX, made

_KINDS = {QuestionKind.NUMBER: CellKind.INTEGER, QuestionKind.DAY: CellKind.DATE}


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky.csv")
@access(runs_events)
def registrations_csv(code: str) -> ResponseReturnValue:
    """The rows that the filters leave, as CSV."""
    return _made(code, "csv")


@bp.get("/hop/<event_code:code>/quan-ly/dang-ky.xlsx")
@access(runs_events)
def registrations_xlsx(code: str) -> ResponseReturnValue:
    """The rows that the filters leave, as a workbook."""
    return _made(code, "xlsx")


def _made(code: str, ending: str) -> Response:
    event, filters = workspace_event(code), asked_filters(request.args)
    found = listed(event, filters, full_names=True)
    name = _("Đăng ký %(code)s", code=code)
    asked = questions_of(event.id)
    sheet = Sheet(_("Đăng ký"), [*_columns(), *_asked(asked)], _rows(found, asked, answers_at(event.id)))
    body = write_csv(sheet.columns, sheet.rows) if ending == "csv" else write_xlsx([sheet])
    note_export(
        "registrations.exported", subject_type="event", subject_id=event.id, form=ending, rows=len(found.rows)
    )  # fmt: skip
    return made(body, name=f"{name}.{ending}", media_type=CSV if ending == "csv" else XLSX)


def _columns() -> list[Column]:
    return [
        Column(_("TT"), CellKind.INTEGER), Column(_("Họ và tên")), Column(_("Chức vụ")), Column(_("Đơn vị")),
        Column(_("Điện thoại")), Column(_("Email")), Column(_("Trạng thái")), Column(_("Thứ tự chờ"), CellKind.INTEGER),
        Column(_("Hình thức đăng ký")), Column(_("Người đăng ký")), Column(_("Lúc"), CellKind.DATETIME),
        Column(_("Mã dự họp")), Column(_("Giấy tờ báo chí")), Column(_("Số giấy tờ")),
    ]  # fmt: skip


def _asked(questions: Sequence[Question]) -> list[Column]:
    """A column for each question; numbers and days are such in the file too."""
    return [Column(question.label, _KINDS.get(question.kind, CellKind.TEXT)) for question in questions]


def _answer(question: Question, value: str, ticket_code: str) -> Cell:
    if not value:
        return None
    if question.kind is QuestionKind.FILE:  # the name, and where whoever may open it does
        return f"{value} {current_app.config['SETTINGS'].public_url}/ve/{ticket_code}/tep/{question.id}"
    if question.kind is QuestionKind.NUMBER:
        return int(value)
    return date.fromisoformat(value) if question.kind is QuestionKind.DAY else value


def _source(row: Registrant, sources: Mapping[RegistrationSource, str]) -> str:
    """How somebody came on the list, a guest without an account told from those who have one."""
    return str(GUEST) if row.came_by_link else sources[row.source]


def _rows(found: Registrants, questions: Sequence[Question], answers: Mapping[int, Mapping[int, str]]) -> list[list[Cell]]:
    states = {state: str(words) for state, words in STATES.items()}
    sources = {source: str(words) for source, words in SOURCES.items()}
    return [
        [
            number, r.full_name, r.title, r.organisation, phone_for(me(), r.phone), r.email, states[r.state],
            found.places.get(r.id), _source(r, sources), r.registered_by, r.registered_at, r.ticket_code,
            str(CREDENTIALS[r.credential]) if r.credential else "", r.credential_number,
            *(_answer(q, answers.get(r.id, {}).get(q.id, ""), r.ticket_code) for q in questions),
        ]
        for number, r in enumerate(found.rows, start=1)
    ]  # fmt: skip
