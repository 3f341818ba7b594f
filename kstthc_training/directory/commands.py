"""Lists taken into the directory at the command line, by the same rules as on the page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import ImportRefused
from kstthc_training.directory.importing.plans import Effect, ImportPlan, Problem
from kstthc_training.directory.service import import_organisations, import_people
from kstthc_training.directory.wording import FIELD_WORDS, FIELDS_OF, problem_words
from kstthc_training.people.actors import SYSTEM
from kstthc_training.sheets import SheetRefused, Table, read_table
from kstthc_training.web.sheet_words import sheet_words

directory = AppGroup("directory", help="Danh bạ: nhập danh sách nơi và người từ tệp.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LANGUAGE = "vi"


@directory.command("import-organisations")
@click.argument("file", type=_FILE)
@click.option("--sheet", help="Tên trang của tệp Excel; mặc định trang đầu.")
def organisations(file: Path, sheet: str | None) -> None:
    """Nhập danh sách nơi từ FILE (.csv, .xlsx, .xls, .ods): tất cả, hoặc không gì cả nếu có lỗi."""
    table = _table(file, sheet, ImportKind.ORGANISATIONS)
    try:
        with unit_of_work():
            plan = import_organisations(actor=SYSTEM, table=table, now=clock.now())
    except ImportRefused as refusal:
        raise _refused(refusal.facts["problems"], ImportKind.ORGANISATIONS) from refusal
    click.echo(_done(plan))


@directory.command("import-people")
@click.argument("file", type=_FILE)
@click.option("--sheet", help="Tên trang của tệp Excel; mặc định trang đầu.")
@click.option("--send-links", is_flag=True, help="Mở tài khoản cho đầu mối và gửi liên kết qua thư.")
def people(file: Path, sheet: str | None, send_links: bool) -> None:
    """Nhập danh sách người từ FILE (.csv, .xlsx, .xls, .ods): tất cả, hoặc không gì cả nếu có lỗi."""
    table = _table(file, sheet, ImportKind.PEOPLE)
    try:
        with unit_of_work():
            done = import_people(actor=SYSTEM, table=table, send_links=send_links, now=clock.now())
    except ImportRefused as refusal:
        raise _refused(refusal.facts["problems"], ImportKind.PEOPLE) from refusal
    click.echo(_done(done.plan))
    if send_links:
        click.echo(f"Đầu mối: gửi {done.invited} liên kết, thêm vai trò cho {done.granted} tài khoản.")


def _table(file: Path, sheet: str | None, kind: ImportKind) -> Table:
    try:
        return read_table(file.name, file.read_bytes(), fields=FIELDS_OF[kind], sheet=sheet)
    except SheetRefused as refusal:
        with force_locale(_LANGUAGE):
            raise click.ClickException(sheet_words(refusal)) from refusal


def _refused(problems: Sequence[Problem], kind: ImportKind) -> click.ClickException:
    with force_locale(_LANGUAGE):
        for problem in problems:
            column = problem.column or FIELD_WORDS[kind][problem.field]
            click.echo(
                f"Dòng {problem.line}, {column}, {problem.value!r}: {' '.join(problem_words(problem, kind))}", err=True
            )
    return click.ClickException(f"{len(problems)} lỗi, chưa nhập dòng nào.")


def _done(plan: ImportPlan[Any]) -> str:
    counts = [plan.count(effect) for effect in (Effect.NEW, Effect.CHANGED, Effect.UNCHANGED)]
    return "Thêm mới {}, cập nhật {}, không đổi {}.".format(*counts)
