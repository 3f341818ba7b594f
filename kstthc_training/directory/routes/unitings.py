"""Rows of one person are chosen, looked at side by side, united in one act, and parted with one press."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.attendance.forms import STATUS_WORDS
from kstthc_training.db import unit_of_work
from kstthc_training.directory import queries
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.errors import AlreadyUndone, RowChanged, TooLateToUndo, TwoAccounts, UndoContradicted
from kstthc_training.directory.forms import UnitingForm
from kstthc_training.directory.queries import History
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.service import unitings
from kstthc_training.directory.service.acts import MAY_BE_UNDONE, is_open
from kstthc_training.directory.uniting.drafts import FIELDS, Uniting
from kstthc_training.directory.uniting.plan import plan_uniting
from kstthc_training.directory.uniting_preview import UnitingPreview, preview_of
from kstthc_training.directory.uniting_words import against_words
from kstthc_training.people.finding import PersonRow, Sought, people_by_id, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers, keeps_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import NotAllowed, Refusal, Unknown
from kstthc_training.text import shown_phone, whole_number
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words, given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

MOST_PEOPLE = 10
MOST_FOUND = 10


@bp.get("/nguoi/gop")
@access(keeps_directory)
def uniting() -> ResponseReturnValue:
    """Which rows are one person, found by words; and what uniting them would do."""
    note_reading("people.read", subject_type="directory")
    return _shown(UnitingForm(formdata=None), status=200)


@bp.post("/nguoi/gop")
@access(keeps_directory)
def unite() -> ResponseReturnValue:
    """Unite the rows as they were looked at, or show why not."""
    form, chosen = UnitingForm(), _chosen()
    if form.validate():
        try:
            with unit_of_work():
                act = unitings.unite(
                    actor=me(), uniting=_uniting(chosen, queries.histories(chosen), seen=True), now=clock.now()
                )
                act_id, kept_id = act.id, act.facts["person_ids"][0]  # type: ignore[index]
        except (Unknown, NotAllowed):
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã gộp thành một người."), undo_action=url_for("directory.part", act_id=act_id))
            return see_other(url_for("directory.person", person_id=kept_id))
    return _shown(form, status=422)


@bp.get("/nguoi/gop/da-gop")
@access(keeps_directory)
def unitings_list() -> ResponseReturnValue:
    """Rows that were united, the latest first."""
    rows, total = queries.acts_found(ActKind.PERSONS, limit=ROWS, offset=rows_before())
    may = partial(is_open, now=clock.now())
    return page("directory/unitings.html", rows=rows, pager=pager(shown=len(rows), total=total), may_be_undone=may)


@bp.get("/nguoi/gop/<int:act_id>")
@access(keeps_directory)
def united(act_id: int) -> ResponseReturnValue:
    """What one uniting did, and until when it can be undone."""
    return _act_page(act_id)


@bp.post("/nguoi/gop/<int:act_id>/hoan-tac")
@access(keeps_directory)
def part(act_id: int) -> ResponseReturnValue:
    """Take a uniting back whole, or say what came after it."""
    against: list[str] = []
    try:
        with unit_of_work():
            unitings.undo(actor=me(), act_id=act_id, now=clock.now())
    except AlreadyUndone:
        note_success(_("Lần gộp này đã được hoàn tác."))
    except TooLateToUndo:
        note_problem(_("Đã quá 30 ngày nên không hoàn tác được. Hãy thêm lại người và sửa từng mục."))
    except TwoAccounts:
        note_problem(
            _("Lần gộp này đã đóng một tài khoản, chỉ người quản trị mở lại được. Hãy nhờ người quản trị hoàn tác.")
        )
    except UndoContradicted as refusal:
        against = against_words(refusal.facts["contradictions"])
    except RowChanged:
        note_problem(_("Danh bạ vừa thay đổi nên chưa hoàn tác gì. Xem lại rồi bấm lần nữa."))
    else:
        note_success(_("Đã hoàn tác: mọi dòng như trước khi gộp."))
    if against:
        return _act_page(act_id, against=against, status=422)
    return see_other(url_for("directory.united", act_id=act_id))


def _act_page(act_id: int, *, against: Any = (), status: int = 200) -> Response:
    act, author = queries.get_act(act_id, ActKind.PERSONS)
    return page(
        "directory/united.html", act=act, facts=act.facts, author=author, against=against,
        until=act.done_at + MAY_BE_UNDONE, is_open=is_open(act, clock.now()), status=status,
    )  # fmt: skip


def _chosen() -> list[int]:
    """The rows of the address or form, in the order of choosing, without the one just taken off."""
    off = asked_number("bo")
    chosen = dict.fromkeys([*given_numbers("nguoi"), *given_numbers("them")])
    return [each for each in chosen if each != off][:MOST_PEOPLE]


def _uniting(chosen: list[int], known: dict[int, History], *, seen: bool = False) -> Uniting:
    values = request.values
    kept = whole_number(values.get("giu", ""))
    kept_id = kept if kept in chosen else queries.likeliest_to_stay(chosen, known) if chosen else 0
    assert kept_id is not None  # noqa: S101 - one of those chosen
    taken = {name: number for name in FIELDS if (number := whole_number(values.get(f"lay-{name}", "")))}
    return Uniting(
        kept_id=kept_id,
        other_ids=tuple(each for each in chosen if each != kept_id),
        taken=taken,
        marks=_numbered(values, "buoi-"),
        seen=_numbered(values, "phien-") if seen else None,
    )


def _numbered(values: Mapping[str, str], prefix: str) -> dict[int, int]:
    found = (
        (whole_number(name.removeprefix(prefix)), whole_number(values[name])) for name in values if name.startswith(prefix)
    )
    return {number: value for number, value in found if number and value}


def _shown(form: UnitingForm, *, status: int) -> Response:
    """The rows side by side with what would happen; without it, and with why, when it may not."""
    chosen = _chosen()
    people, known = _people(chosen)
    wanted = _uniting([person.id for person in people], known)
    preview: UnitingPreview | None = None
    if len(people) > 1:
        try:
            now = clock.now()
            preview = preview_of(plan_uniting(wanted, now=now), STATUS_WORDS, now=now)
        except Unknown:
            raise
        except Refusal as refusal:
            if not form.form_errors:
                form.refuse(refusal)
    search = asked_words()
    found = people_found(Sought(search=search), limit=MOST_FOUND).rows if search else []
    return page(
        "directory/uniting.html",
        fragments=("gop",),
        form=form,
        people=[(person, shown_phone(person.phone), known[person.id]) for person in people],
        kept_id=wanted.kept_id,
        preview=preview,
        search=search,
        found=[person for person in found if person.id not in chosen],
        needs_administrator=preview is not None and bool(preview.closed_accounts) and not administers(me()),
        status=422 if form.errors else status,
    )


def _people(chosen: list[int]) -> tuple[list[PersonRow], dict[int, History]]:
    rows = {row.id: row for row in people_by_id(chosen)}
    if set(chosen) - set(rows):
        raise Unknown(person_ids=chosen)
    return [rows[each] for each in chosen], queries.histories(chosen)
