"""The people of a mandatory training as a sheet."""

from collections.abc import Sequence

from flask_babel import gettext as _

from kstthc_training.mandates.models import Mandate
from kstthc_training.mandates.queries import ListedPerson
from kstthc_training.mandates.words import STANDINGS
from kstthc_training.sheets import CellKind, Column, Sheet


def people_sheet(mandate: Mandate, people: Sequence[ListedPerson]) -> Sheet:
    """One line for each person: who, how he stands, by which event on which day, by which document he is exempt."""
    columns = (
        Column(_("TT"), CellKind.INTEGER), Column(_("Họ và tên")), Column(_("Chức vụ")), Column(_("Đơn vị")),
        Column(_("Khóa bắt buộc")), Column(_("Hạn"), CellKind.DATE), Column(_("Tình trạng")),
        Column(_("Ngày dự"), CellKind.DATE), Column(_("Cuộc đã dự")), Column(_("Văn bản cho miễn")),
    )  # fmt: skip
    rows = [
        (number, each.full_name, each.title, each.organisation, mandate.name, mandate.due_on,
         str(STANDINGS[each.standing]), each.done_on, each.event_title, each.exempt_document)
        for number, each in enumerate(people, start=1)
    ]  # fmt: skip
    return Sheet(_("Danh sách"), columns, rows)
