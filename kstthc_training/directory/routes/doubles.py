"""Rows that may be one person: listed, told apart for good, or looked at to be united."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory import queries
from kstthc_training.directory.queries import DoubleRow
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.people.errors import TooManyApart
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.people.service.doubles import doubt_again, tell_apart
from kstthc_training.people.words import clue_words
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access
from kstthc_training.web.addresses import given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import asked_page, pager

GROUPS = 20


@bp.get("/nguoi/trung")
@access(keeps_directory)
def doubles() -> ResponseReturnValue:
    """Rows that may be one person, those of whom most is shared first, twenty groups on a page."""
    note_reading("people.read", subject_type="directory")
    rows, total = queries.doubles_found(limit=GROUPS, offset=(asked_page() - 1) * GROUPS)
    return page(
        "directory/doubles.html",
        groups=[_shown(each) for each in rows],
        pager=pager(shown=len(rows), total=total, rows=GROUPS),
        total=total,
    )


@bp.post("/nguoi/trung/khong-phai")
@access(keeps_directory)
def not_one_person() -> ResponseReturnValue:
    """Those chosen are different people: they are not asked about again."""
    person_ids = sorted(set(given_numbers("nguoi")))
    try:
        with unit_of_work():
            tell_apart(actor=me(), person_ids=person_ids, now=clock.now())
    except TooManyApart as refusal:
        note_problem(_too_many(refusal))
    else:
        note_success(
            _("Đã ghi: không phải một người. Sẽ không hỏi lại."),
            undo_action=url_for("directory.maybe_one_person", nguoi=person_ids),
        )
    return see_other(url_for("directory.doubles"))


@bp.post("/nguoi/trung/xem-lai")
@access(keeps_directory)
def maybe_one_person() -> ResponseReturnValue:
    """Ask about those chosen again."""
    try:
        with unit_of_work():
            doubt_again(actor=me(), person_ids=set(given_numbers("nguoi")), now=clock.now())
    except TooManyApart as refusal:
        note_problem(_too_many(refusal))
    else:
        note_success(_("Đã trả lại danh sách có thể trùng."))
    return see_other(url_for("directory.doubles"))


def _too_many(refusal: TooManyApart) -> str:
    return _(
        "Mỗi lần phân biệt nhiều nhất %(most)s dòng nên chưa ghi gì. Hãy mở từng dòng để gộp những dòng là một người trước.",
        most=refusal.facts["most"],
    )


def _shown(group: DoubleRow) -> dict[str, object]:
    return {
        "ids": group.ids,
        "clues": clue_words(group.clues),
        "people": [(person, shown_phone(person.phone), known) for person, known in group.people],
    }
