"""What stands against undoing an act, in words; each thing once."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.changes import TABLES, Change
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration

_AT_EVENTS = ("invitations", "registrations", "seat_pools", "seat_reservations")


def contradiction_words(contradictions: Sequence[Change | Registration]) -> list[str]:
    """What came after an act and stands against undoing it, a sentence each, in the order found."""
    return list(dict.fromkeys(_words(each) for each in contradictions))


def _words(each: Change | Registration) -> str:
    if isinstance(each, Registration):
        return _("“%(title)s”: đơn vị mới đã cử thêm người.", title=_title(each.event_id))
    if each.table == "people":
        name = db.session.scalar(select(Person.full_name).filter_by(**each.key)) or ""
        return _("%(name)s đã chuyển nơi công tác sau khi sáp nhập.", name=name)
    if each.table in _AT_EVENTS:
        model = TABLES[each.table]
        event_id = db.session.scalar(select(model.event_id).filter_by(**each.key))  # type: ignore[attr-defined]
        return _("“%(title)s”: lời mời, chỗ hoặc đăng ký đã thay đổi.", title=_title(event_id))
    return _OTHERS[each.table]()


def _title(event_id: int | None) -> str:
    return db.session.scalar(select(Event.title).where(Event.id == event_id)) or ""


_OTHERS = {
    "events": lambda: _("Một cuộc họp đã đổi đơn vị chủ trì."),
    "role_grants": lambda: _("Đầu mối đã được giao hoặc thu lại sau khi sáp nhập."),
    "accounts": lambda: _("Tài khoản đã thay đổi."),
    "invitee_group_members": lambda: _("Một nhóm mời đã thay đổi."),
    "organisations": lambda: _("Ngày hết hiệu lực của nơi cũ đã được sửa."),
    "organisation_successions": lambda: _("Nơi kế tục đã được sửa."),
    "attendance_results": lambda: _("Kết quả điểm danh đã thay đổi."),
}
