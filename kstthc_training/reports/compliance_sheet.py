"""The figures of organisations that are invited as a sheet, and how one answered in words."""

from collections.abc import Sequence

from flask_babel import gettext as _

from kstthc_training.compliance.enums import ComplianceFigure
from kstthc_training.compliance.queries import AskedInvitation, Compliance
from kstthc_training.compliance.words import FIGURES
from kstthc_training.events.words import Tag
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.sheets import Cell, CellKind, Column, Sheet
from kstthc_training.web.locale import named


def compliance_sheet(rows: Sequence[Compliance]) -> Sheet:
    """One line for each organisation, in the order given."""
    columns = (
        Column(_("TT"), CellKind.INTEGER), Column(_("Nhóm")), Column(_("Cơ quan, đơn vị")),
        *(Column(str(FIGURES[each]), CellKind.INTEGER) for each in ComplianceFigure),
    )  # fmt: skip
    lines: list[Sequence[Cell]] = [
        (number, named(row), row.name, *(row.figure(each) for each in ComplianceFigure))
        for number, row in enumerate(rows, start=1)
    ]
    return Sheet(_("Đơn vị được mời"), columns, lines)


def answer_words(row: AskedInvitation) -> Tag:
    """What was answered: no answer, a refusal, a yes; and whether in time."""
    if row.answered_at is None:
        return Tag(_("Không trả lời"), "bad")
    if row.answer is InvitationAnswer.DECLINED:
        return Tag(_("Báo không dự"))
    return Tag(_("Trả lời muộn"), "warn") if row.answered_at > row.deadline else Tag(_("Đúng hạn"), "ok")
